"""Series as the traces of the explorer: what is joined, hollow, an interval, a label."""

import math

import pytest

from pipelines.published.charts import explorer
from pipelines.published.series import Point, Series
from pipelines.words.disclosure import Kind


def exact(year: int, value: float, *status: str) -> Point:
    return Point(year, Kind.FIGURE, value, status=status)


def traces(drawing: dict, meta: str) -> list[dict]:
    return [trace for trace in drawing["data"] if trace["meta"] == meta]


def test_no_line_crosses_a_missing_or_suppressed_year_or_a_break():
    hidden = Point(2014, Kind.SUPPRESSED)
    points = [exact(year, year - 2000) for year in (2010, 2011, 2013, 2015, 2016, 2017)]
    drawn = explorer.drawing(Series("X", (*points[:3], hidden, *points[3:])), [2016])
    earlier, since = traces(drawn, "observed")
    assert earlier["x"] == [2010, 2011, None, 2013, None, 2015]
    assert earlier["y"] == [10, 11, None, 13, None, 15]
    assert (since["x"], since["y"]) == ([2016, 2017], [16, 17])
    assert earlier["marker"] != explorer.LOOKS["observed"]["marker"]
    assert "marker" not in since


def test_an_uncertain_figure_is_hollow_and_its_line_dashed():
    series = Series("X", (exact(2010, 1), exact(2011, 2, "P"), exact(2012, 3), exact(2014, 9, "E")))
    drawn = explorer.drawing(series)
    [hollow] = traces(drawn, "uncertain")
    assert (hollow["x"], hollow["customdata"]) == ([2011, 2014], ["P", "E"])
    assert traces(drawn, "observed")[0]["x"] == [2010, None, 2012]
    assert [trace["x"] for trace in traces(drawn, "dashed")] == [[2010, 2011, 2012]]


def test_a_suppressed_figure_is_a_bar_of_its_bounds():
    points = (
        Point(2010, Kind.SUPPRESSED),
        Point(2011, Kind.SUPPRESSED, bottom=1),
        Point(2012, Kind.SUPPRESSED, bottom=10, top=math.inf, status=("U",)),
    )
    drawn = explorer.drawing(Series("X", points))
    [bars] = traces(drawn, "suppressed")
    assert (bars["base"], bars["y"]) == ([0, 1, 10], [4, 3, None])
    assert bars["customdata"] == ["", "", "D"]
    assert drawn["top"] > 18


def test_a_rate_has_its_interval_and_a_suppressed_count_a_cross():
    points = (Point(2010, Kind.SUPPRESSED), exact(2011, 0.26), exact(2012, 0.3))
    intervals = {2011: (0.07, 1.27), 2012: (0.1, 0.5)}
    drawn = explorer.rate_drawing(Series("X", points), intervals)
    [line] = traces(drawn, "observed")
    assert line["error_y"] == {"array": [1.01, 0.2], "arrayminus": [0.19, 0.2]}
    assert traces(drawn, "no_rate")[0]["x"] == [2010]
    assert not traces(drawn, "suppressed")
    assert drawn["top"] == pytest.approx(1.13 * 0.6), "the wide interval does not flatten the line"


def test_the_label_is_the_figure_to_cite_not_a_doubtful_one():
    doubtful = exact(2023, 371, "U")
    drawn = explorer.drawing(Series("X", (exact(2021, 900), exact(2022, 539), doubtful)))
    [last] = traces(drawn, "last")
    assert (last["x"], last["y"], last["textposition"]) == ([2022], [539], "top center")
    assert traces(drawn, "highest")[0]["x"] == [2021]
    under_words_of_a_break = explorer.drawing(Series("X", (exact(2010, 9), exact(2011, 5))), [2010])
    assert not traces(under_words_of_a_break, "highest")
