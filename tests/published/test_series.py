"""Series and footnotes, from which charts, tables and sentences are made."""

import math

import pytest

from pipelines.published.series import NoteKind, Point, Series, notes, read_series
from pipelines.words.disclosure import Kind

YEARS = range(2008, 2023)
COLUMNS = (
    "indicator", "year", "value", "upper", "obs_status", "conf_status", "time_basis",
    "break_reason", "previous_release", "previous_value", "previous_value_raw", "rule",
)  # fmt: skip


def figure_row(indicator: str, year: int, value: float | None, **more: object) -> dict:
    """A row of `published.headline`; a suppressed one has no value and upper 4."""
    suppressed = more.get("obs_status") == "Q"
    row = dict.fromkeys(COLUMNS) | {
        "indicator": indicator,
        "year": year,
        "value": value,
        "upper": 4.0 if suppressed else value,
        "obs_status": "A",
        "conf_status": "A" if suppressed else "F",
        "time_basis": "CY",
    }
    return row | more


def rows(indicator: str = "VIC_DETECT", **changes: dict) -> list[dict]:
    """A series with everything in it; `y2012={...}` changes the row of 2012."""
    few = {"obs_status": "Q"}
    usual = [
        figure_row(indicator, 2008, 120),
        figure_row(indicator, 2009, 0),
        figure_row(indicator, 2010, 1521),
        # 2011 is missing
        figure_row(indicator, 2012, 60),
        figure_row(indicator, 2013, None, **few),
        figure_row(indicator, 2014, 70, previous_release="2023-05-30", previous_value=83.0),
        figure_row(indicator, 2015, 35, obs_status="B", break_reason="BRA_LAW_13344_2016"),
        figure_row(indicator, 2016, 50),
        figure_row(indicator, 2017, 55),
        {**figure_row(indicator, 2018, None), "rule": "V6"},
        figure_row(indicator, 2019, 20),
        # 2020 is missing
        figure_row(indicator, 2021, 30),
        figure_row(indicator, 2022, 40, obs_status="P"),
    ]
    return [row | changes.get(f"y{row['year']}", {}) for row in usual]


def test_footnotes_are_numbered_in_the_order_of_the_years():
    numbered = notes(read_series(rows(), ["VIC_DETECT"], YEARS))
    assert [(n.number, n.point.year, n.kind) for n in numbered] == [
        (1, 2014, NoteKind.REVISED),
        (2, 2015, NoteKind.BREAK),
        (3, 2018, NoteKind.WITHHELD),
    ]


def test_a_published_figure_wins_over_a_withheld_one_of_the_same_year():
    data = [*rows(), *rows(y2017={"rule": "V6"})]
    point = next(p for p in read_series(data, ["VIC_DETECT"], YEARS)[0].points if p.year == 2017)
    assert point.kind is Kind.FIGURE


def test_rows_of_the_view_itself_can_be_drawn():
    seen = [{name: row[name] for name in COLUMNS if name != "rule"} for row in rows()[:3]]
    [series] = read_series(seen, ["VIC_DETECT"], YEARS)
    assert [(point.year, point.value) for point in series.known] == [
        (2008, 120),
        (2009, 0),
        (2010, 1521),
    ]


@pytest.mark.parametrize(
    ("whole", "is_above"),
    [
        (Point(2020, Kind.FIGURE, 0), True),
        (Point(2020, Kind.SUPPRESSED, top=4), True),
        (Point(2020, Kind.SUPPRESSED, top=5), False),
        (Point(2020, Kind.SUPPRESSED, top=math.inf), False),
        (Point(2020), False),
        (Point(2021, Kind.FIGURE, 0), False),
    ],
)
def test_a_part_exceeds_a_whole_that_is_zero_or_surely_smaller(
    whole: Point, is_above: bool
) -> None:
    part = Series("F", (Point(2020, Kind.FIGURE, 5),))
    assert part.years_above(Series("_T", (whole,))) == [2020] * is_above
