"""The small charts of the region's page: a line joins only years that compare."""

import re
from itertools import pairwise

import pytest
from country_pages import facts, region_page

from pipelines.published.charts.sparkline import BASE, MARGIN, WIDTH, spark
from pipelines.published.series import Point, Series
from pipelines.published.site.facts.region import RegionFacts
from pipelines.published.site.pages import home
from pipelines.words.disclosure import Kind

YEARS = range(2015, 2023)


@pytest.fixture(scope="module")
def region_facts(built) -> RegionFacts:
    return facts(built, home)


def lines(svg: str) -> list[tuple[str, str]]:
    """Return class and path of each line."""
    return re.findall(r'<path class="(line[^"]*)" d="([^"]+)"', svg)


def test_brazil_has_no_segment_across_its_break(region_facts):
    svg = region_facts.sparks["BRA"].svg
    (rule,) = re.findall(r'class="rule" d="M([\d.]+) ', svg)
    (before, first), (after, second) = lines(svg)
    assert (before, after) == ("line earlier", "line")
    assert _places(first)[-1] < float(rule) < _places(second)[0]


def test_no_segment_of_any_state_crosses_a_year_without_an_exact_figure(region_facts):
    for area, drawn in region_facts.sparks.items():
        points = {point.year: point for point in region_facts.cited[area].series.points}
        segments = {
            each
            for _, path in lines(drawn.svg)
            for each in pairwise(_years(path, region_facts.years))
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
    span = WIDTH - 2 * MARGIN
    return [years[0] + round((x - MARGIN) / span * (len(years) - 1)) for x in _places(path)]


def _places(path: str) -> list[float]:
    return [float(x) for x in re.findall(r"[ML]([\d.]+) ", path)]


@pytest.mark.parametrize(("bottom", "height"), [(0, 8.0), (1, 6.0)])
def test_a_suppressed_year_is_as_high_as_its_interval(bottom, height):
    """The scale ends at 20: 0 to 4 is a fifth of it, 1 to 4 begins above the axis."""
    hidden = [Point(year, Kind.SUPPRESSED, bottom=bottom) for year in YEARS]
    drawn = spark(Series("VIC_DETECT", tuple(hidden)), YEARS)
    bars = re.findall(
        r'<rect class="hidden-figure" .*? y="([\d.]+)" .*?height="([\d.]+)"', drawn.svg
    )
    assert {(float(y), float(high)) for y, high in bars} == {(BASE - 2.0 * bottom - height, height)}
    assert len(bars) == len(YEARS)
    assert not lines(drawn.svg)


def test_a_doubtful_year_is_hollow_and_no_line_leads_to_it():
    points = [Point(year, Kind.FIGURE, 9) for year in YEARS]
    points[3] = Point(YEARS[3], Kind.FIGURE, 30, status=("U",))
    drawn = spark(Series("VIC_DETECT", tuple(points)), YEARS)
    assert drawn.has_uncertain
    assert drawn.svg.count('class="uncertain"') == 1
    assert [_years(path, YEARS)[-1] for _, path in lines(drawn.svg)] == [YEARS[2], YEARS[-1]]


def test_a_year_of_nobody_is_a_mark_on_the_axis():
    years = [Point(year, Kind.FIGURE, 0) for year in YEARS]
    drawn = spark(Series("PER_CONVICT", (years[0], Point(YEARS[1]), *years[2:])), YEARS)
    dots = re.findall(r'<circle class="(\w+)" cx="[\d.]+" cy="([\d.]+)"', drawn.svg)
    assert dots == [("single", f"{BASE:.1f}"), ("last", f"{BASE:.1f}")]
    assert [path.count(f" {BASE:.1f}") for _, path in lines(drawn.svg)] == [len(YEARS) - 2]


def test_states_whose_years_do_not_compare_have_no_small_chart(built, region_facts):
    assert region_facts.cited.keys() - region_facts.sparks.keys() == {"HTI", "VCT"}
    page = region_page(built)
    assert page.text.count('<svg class="spark"') == 30
    below = page.between('</ul>\n<p class="calm">', "</p>")
    assert re.findall(r"country/(\w+)\.html", below) == ["hti", "vct", "dma", "grd", "kna"]
