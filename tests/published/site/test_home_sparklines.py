"""The small charts of the region's page: a line joins only years that compare."""

import re
from itertools import pairwise

import pytest
from country_pages import facts, region_page
from parsed_page import LANGUAGES

from pipelines.published.site.pages import home
from pipelines.published.site.sparkline import WIDTH


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


def test_a_suppressed_year_is_four_units_high(region_facts):
    """Saint Lucia has nothing else, so its scale ends at 20: a fifth of the height."""
    bars = region_facts.sparks["LCA"].bars
    assert len(bars) == 4
    assert {bar.height for bar in bars} == {6.8}
    assert not region_facts.sparks["LCA"].lines


def test_states_whose_years_do_not_compare_have_no_small_chart(built, region_facts):
    assert region_facts.cited.keys() - region_facts.sparks.keys() == {"HTI", "VCT"}
    for code in LANGUAGES:
        page = region_page(built, code)
        assert page.text.count('<svg class="spark"') == 30
        below = page.between('</ul>\n<p class="calm">', "</p>")
        assert re.findall(r"country/(\w+)\.html", below) == ["hti", "vct", "dma", "grd", "kna"]
