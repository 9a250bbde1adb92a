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


def figure_row(year: int, value: float | None, **more: object) -> dict:
    """A row of `published.headline`."""
    usual = {"indicator": "VIC_DETECT", "year": year, "value": value, "upper": value,
             "obs_status": "A", "conf_status": "F", "time_basis": "CY"}  # fmt: skip
    return dict.fromkeys(COLUMNS) | usual | more


ROWS = [
    figure_row(2009, 0),
    figure_row(2010, 1521),
    figure_row(2013, None, upper=4.0, obs_status="Q", conf_status="A"),
    figure_row(2014, 70, previous_release="2023-05-30", previous_value=83.0),
    figure_row(2015, 35, obs_status="B", break_reason="BRA_LAW_13344_2016"),
    figure_row(2017, 55),
    figure_row(2018, None, rule="V6"),
    figure_row(2022, 40, obs_status="P"),
]


def test_footnotes_are_numbered_in_the_order_of_the_years():
    numbered = notes(read_series(ROWS, ["VIC_DETECT"], YEARS))
    assert [(n.number, n.point.year, n.kind) for n in numbered] == [
        (1, 2014, NoteKind.REVISED),
        (2, 2015, NoteKind.BREAK),
        (3, 2018, NoteKind.WITHHELD),
    ]


def test_a_published_figure_wins_over_a_withheld_one_of_the_same_year():
    [series] = read_series([*ROWS, figure_row(2017, 55, rule="V6")], ["VIC_DETECT"], YEARS)
    assert {p.year: p.kind for p in series.points}[2017] is Kind.FIGURE


def test_rows_of_the_view_itself_can_be_drawn():
    seen = [{name: row[name] for name in COLUMNS if name != "rule"} for row in ROWS[:2]]
    [series] = read_series(seen, ["VIC_DETECT"], YEARS)
    assert [(point.year, point.value) for point in series.known] == [(2009, 0), (2010, 1521)]


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
