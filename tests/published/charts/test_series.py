"""Series, footnotes, numbers and colours: what charts, tables and sentences are made of."""

from dataclasses import replace

import pandas as pd
import pytest
from chart_rules import YEARS, drawn_figures, frame, language, trend_spec

from pipelines.published.charts import theme
from pipelines.published.i18n.language import spans
from pipelines.published.series.disclosure import Kind, below
from pipelines.published.series.series import NoteKind, notes, read_series

# Series, footnotes, words -------------------------------------------------------------------


def one_note(**row: object):
    data = frame(y2014={"previous_release": None}, y2012={"previous_release": "2023-05-30", **row})
    return next(
        note
        for note in notes(read_series(data, ["VIC_DETECT"], YEARS))
        if note.kind is NoteKind.REVISED
    )  # fmt: skip


def test_footnotes_are_numbered_in_the_order_of_the_years():
    numbered = notes(read_series(frame(), ["VIC_DETECT"], YEARS))
    assert [(n.number, n.point.year, n.kind) for n in numbered] == [
        (1, 2014, NoteKind.REVISED),
        (2, 2015, NoteKind.BREAK),
        (3, 2018, NoteKind.WITHHELD),
    ]


def test_a_revision_keeps_the_previous_figure():
    assert one_note(previous_value=83.0).point.previous == 83


def test_a_previous_figure_below_five_becomes_an_interval():
    assert one_note(previous_value=3.0).point.previous == "<5"


def test_a_previous_suppressed_figure_stays_as_printed():
    assert one_note(previous_value_raw="<5").point.previous == "<5"


def test_a_previous_figure_is_not_repeated_where_the_figure_is_now_suppressed():
    note = one_note(previous_value=83.0, obs_status="Q", value=None)
    assert note.point.previous is None


def test_a_published_figure_wins_over_a_withheld_one_of_the_same_year():
    data = pd.concat([frame(), frame(y2017={"rule": "V6"})])
    point = next(p for p in read_series(data, ["VIC_DETECT"], YEARS)[0].points if p.year == 2017)
    assert point.kind is Kind.FIGURE


def test_rows_of_the_view_itself_can_be_drawn():
    assert drawn_figures(trend_spec(frame().drop(columns="rule").iloc[:3])) == {
        2008: 120, 2009: 0, 2010: 1521,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("en", "1\u202f234.5"),
        ("es", "1\u202f234.5"),
        ("pt", "1\u202f234,5"),
        ("fr", "1\u202f234,5"),
    ],
)
def test_thousands_are_parted_by_a_narrow_space_in_every_language(code, number):
    assert language(code).number(1234.5) == number
    assert language(code).separators == number[-2] + "\u202f"


@pytest.mark.parametrize(
    ("code", "country", "decimal"),
    [
        ("es", "AR", ","), ("es", "CR", ","), ("es", "MX", "."), ("es", "HT", "."),
        ("en", "AR", "."), ("pt", "AR", ","), ("fr", "CA", ","), ("fr", "JM", ","),
    ],
)  # fmt: skip
def test_the_decimal_sign_is_that_of_the_language_in_the_country(code, country, decimal):
    """Where the language is not one of the country it keeps its own sign."""
    assert replace(language(code), country=country).number(1234.5) == f"1\u202f234{decimal}5"


@pytest.mark.parametrize(
    ("code", "day"),
    [("en", "14 April 2025"), ("es", "14 de abril de 2025"), ("pt", "14 de abril de 2025"),
     ("fr", "14 avril 2025")],
)  # fmt: skip
def test_days_are_written_out(code, day):
    assert language(code).day("2025-04-14") == day


@pytest.mark.parametrize(
    ("code", "day"),
    [("en", "1 July 2021"), ("es", "1 de julio de 2021"), ("pt", "1º de julho de 2021"),
     ("fr", "1er juillet 2021")],
)  # fmt: skip
def test_the_first_of_a_month_is_an_ordinal_where_the_language_has_it_so(code, day):
    assert language(code).day("2021-07-01") == day


def test_runs_of_years_are_drawn_together():
    assert spans([2008, 2009, 2010, 2012, 2014, 2015]) == "2008–2010, 2012, 2014–2015"


def test_a_suppressed_figure_is_printed_as_the_publisher_does():
    assert below(4) == "<5"


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [theme.INK, theme.QUIET_INK, theme.LINE, theme.SUPPRESSED])
def test_everything_that_is_read_stands_out_from_the_paper(colour):
    assert contrast(colour, theme.PAPER) >= 4.5
