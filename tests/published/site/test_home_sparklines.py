"""The small charts of the region's page: a line joins only years that compare."""

import re
from itertools import pairwise

import pytest
from country_pages import facts, region_page
from parsed_page import LANGUAGES
from pipelines.published.site.sparkline import BASE, WIDTH

from pipelines.published.series import Point, Series
from pipelines.published.site import sparkline
from pipelines.published.site.pages import home
from pipelines.words.disclosure import Kind

YEARS = range(2015, 2023)


@pytest.fixture(scope="module")
def region_facts(built) -> home.Facts:
    return facts(built, home)


def test_brazil_has_no_segment_across_its_break(region_facts):
    spark = region_facts.sparks["BRA"]
    (rule,) = spark.rules
    assert [line.is_earlier for line in spark.lines] == [True, False]
    assert _places(spark.lines[0].path)[-1] < rule < _places(spark.lines[1].path)[0]


def test_no_segment_of_any_state_crosses_a_year_without_an_exact_figure(region_facts):
    for area, spark in region_facts.sparks.items():
        points = {point.year: point for point in region_facts.cited[area].series.points}
        segments = {
            (year, later)
            for line in spark.lines
            for year, later in pairwise(_years(line.path, region_facts.years))
        }
        assert segments == {
            (year, year + 1)
            for year, point in points.items()
            if _is_exact(point)
            and _is_exact(points.get(year + 1))
            and not points[year + 1].is_break
        }, area


def _is_exact(point) -> bool:
    return point is not None and point.value is not None and not point.is_uncertain


def _years(path: str, years: range) -> list[int]:
    """Return the years that a path goes through, from its places on the axis."""
    span = WIDTH - 8
    return [years[0] + round((x - 4) / span * (len(years) - 1)) for x in _places(path)]


def _places(path: str) -> list[float]:
    return [float(x) for x in re.findall(r"[ML]([\d.]+) ", path)]


@pytest.mark.parametrize(("bottom", "height"), [(0, 6.8), (1, 5.1)])
def test_a_suppressed_year_is_as_high_as_its_interval(bottom, height):
    """The scale ends at 20: 0 to 4 is a fifth of it, 1 to 4 begins above the axis."""
    hidden = [Point(year, Kind.SUPPRESSED, bottom=bottom) for year in YEARS]
    drawn = sparkline.spark(Series("VIC_DETECT", tuple(hidden)), YEARS)
    assert {bar.height for bar in drawn.bars} == {height}
    assert {round(bar.y + bar.height, 1) for bar in drawn.bars} == {BASE - 1.7 * bottom}
    assert not drawn.lines


def test_a_year_of_nobody_is_a_mark_on_the_axis():
    years = [Point(year, Kind.FIGURE, 0) for year in YEARS]
    drawn = sparkline.spark(Series("PER_CONVICT", (years[0], Point(YEARS[1]), *years[2:])), YEARS)
    assert [(dot.y, dot.look) for dot in drawn.dots] == [(BASE, "single"), (BASE, "last")]
    assert [line.path.count(f" {BASE:.1f}") for line in drawn.lines] == [len(YEARS) - 2]


def test_states_whose_years_do_not_compare_have_no_small_chart(built, region_facts):
    assert region_facts.cited.keys() - region_facts.sparks.keys() == {"HTI", "VCT"}
    for code in LANGUAGES:
        page = region_page(built, code)
        assert page.text.count('<svg class="spark"') == 30
        below = page.between('</ul>\n<p class="calm">', "</p>")
        assert re.findall(r"country/(\w+)\.html", below) == ["hti", "vct", "dma", "grd", "kna"]
