"""Series and footnotes, from which charts, tables and sentences are made."""

import pandas as pd
from chart_rules import YEARS, drawn_figures, frame, trend_spec

from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import NoteKind, notes, read_series


def test_footnotes_are_numbered_in_the_order_of_the_years():
    numbered = notes(read_series(frame(), ["VIC_DETECT"], YEARS))
    assert [(n.number, n.point.year, n.kind) for n in numbered] == [
        (1, 2014, NoteKind.REVISED),
        (2, 2015, NoteKind.BREAK),
        (3, 2018, NoteKind.WITHHELD),
    ]


def test_a_published_figure_wins_over_a_withheld_one_of_the_same_year():
    data = pd.concat([frame(), frame(y2017={"rule": "V6"})])
    point = next(p for p in read_series(data, ["VIC_DETECT"], YEARS)[0].points if p.year == 2017)
    assert point.kind is Kind.FIGURE


def test_rows_of_the_view_itself_can_be_drawn():
    assert drawn_figures(trend_spec(frame().drop(columns="rule").iloc[:3])) == {
        2008: 120, 2009: 0, 2010: 1521,
    }  # fmt: skip
