"""Who the victims are: bars of groups on one scale, in per cent of the year's victims.

Bars and no stacks: a suppressed part has no length to stack, a victim may suffer several forms,
and the rest of a stack would give a hidden part away. `published.victim_group` has the figures, and
decides the year of each way of dividing and which of them is a picture of the victims.
"""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import duckdb

from pipelines.published.charts import labels
from pipelines.published.charts.drawing import LEFT, PALETTE, Chart, Figure, Sheet
from pipelines.published.charts.table import Cell, Table, printed
from pipelines.warehouse.rows import rows_by
from pipelines.words.disclosure import Kind, bounds
from pipelines.words.language import Language
from pipelines.words.years import printed_year

Row = Mapping[str, Any]
"""A row of `published.victim_group`."""

MOST: Final = {"person": 5, "person_other": 3, "form": 3, "citizenship": 4}
"""Ways of dividing in their order, and how many bars each has at most; the table has all."""

_PERSONS: Final = {
    "F Y_GE18": "group_women",
    "M Y_GE18": "group_men",
    "F Y0T17": "group_girls",
    "M Y0T17": "group_boys",
    "F _T": "group_female",
    "M _T": "group_male",
    "_T Y0T17": "group_children",
    "_T Y_GE18": "group_adults",
    "_O _T": "group_other",
    "_O Y0T17": "group_other_children",
    "_O Y_GE18": "group_other_adults",
}
"""Short texts of groups; others have the names of their codes."""

_UNCROSSED: Final = {"SEX": "group_heading_sex", "AGE": "group_heading_age"}
"""Texts of the headings of sex or age alone, by `split`."""

_ROW: Final = 22  # pixels
_NAME: Final = 23
"""Letters of a name in one line beside a bar; a longer one has two."""
_TWO_LINES: Final = 1.6
"""Height of a row whose name has two lines."""
_RIGHT: Final = 36
"""Pixels beside the axis, for the end of a figure."""
_AWAY: Final = 6
"""Pixels from the end of a bar to its figure."""

_LOOKS: Final = {
    "first": ("accent", "accent"),
    "other": ("band", "edge"),
    "hidden": ("paper", "grey"),
}
"""Colours of a bar and its edge: of the largest group, of the others, and of a suppressed one."""


class Bar(NamedTuple):
    """A bar: name, figure, length and share in per cent, and `first`, `other` or `hidden`."""

    name: str
    figure: str
    length: float
    share: str = ""
    look: str = "hidden"

    @property
    def written(self) -> str:
        """Return the text at the end of the bar: figure and share."""
        return f"{self.figure}  {self.share}".rstrip()


def read_groups(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Sequence[Row]]:
    """Return the rows of `published.victim_group` by state, the largest group first."""
    sql = (
        "from published.victim_group order by ref_area, facet, "
        "list_position(['FIRST', 'BESIDE', 'BELOW'], shown_at), place"
    )
    return rows_by(connection, sql, "ref_area")


def bars(rows: Sequence[Row], language: Language, caption: str) -> Chart | None:
    """Return the chart of the groups of a state's victims; None if nothing can be drawn.

    Args:
        rows: rows of `published.victim_group` of one state.
        language: the reader's.
        caption: what the table shows.
    """
    known: dict[tuple[str, str], list[Row]] = {}
    for facet in MOST:
        for row in rows:
            if row["facet"] == facet and row["shown"] == "DRAWN":
                known.setdefault((facet, row["source"]), []).append(row)
    panels = [(facet, own) for (facet, _), own in known.items() if own[0]["shown_at"] != "BELOW"]
    if not panels:
        return None
    figure = drawn(
        [
            (
                _heading(own[0], language),
                [_bar(row, language, is_first=row is own[0]) for row in own[: MOST[facet]]],
            )
            for facet, own in panels
        ],
        language,
    )
    is_hidden = any(row["value"] is None for _, own in panels for row in own)
    key = [("▯", language.say("chart_key_suppressed"))] if is_hidden else []
    every = [row for own in known.values() for row in own]
    return Chart(figure, _table(every, language, caption), key, native="bar")


def drawn(panels: Sequence[tuple[str, Sequence[Bar]]], language: Language) -> Figure:
    """Return bars in groups, each below its heading."""
    sheet, ticks, at = Sheet(language), [], 0.0
    for heading, own in panels:
        text = f"<b>{heading}</b>"
        sheet.text(0, at, text, xref="paper", xanchor="left", xshift=-LEFT, yanchor="middle")
        above = 1.0
        for bar in own:
            lines = textwrap.wrap(bar.name, _NAME, max_lines=2, placeholder="…")
            high = _TWO_LINES if len(lines) > 1 else 1.0
            at += (above + high) / 2
            above = high
            ticks.append((at, "<br>".join(lines)))
            _draw(sheet, at, bar, language)
        at += above / 2 + 0.85
    sheet.layout |= {
        "height": round(_ROW * (at + 0.4)),
        "margin": {"l": LEFT, "r": _RIGHT, "t": 2, "b": 4},
        "xaxis": {"range": [0, _widest(panels)], "visible": False},
        "yaxis": {
            "range": [at - 0.6, -0.7],
            "tickvals": [place for place, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "tickfont": {"color": PALETTE["ink"]},
            "showgrid": False,
            "zeroline": False,
        },
    }
    return sheet.figure()


def _widest(panels: Sequence[tuple[str, Sequence[Bar]]]) -> float:
    """Return the per cent at the right edge that leave each figure its room on a narrow screen."""
    room = labels.NARROWEST - LEFT - _AWAY
    axis = labels.NARROWEST - LEFT - _RIGHT
    ends = (
        bar.length * axis / max(room - labels.DIGIT * len(bar.written), axis / 4)
        for _, bars in panels
        for bar in bars
    )
    return max(100, *ends)


def name(row: Row, language: Language) -> str:
    """Return the name of a group: `Girls`, `Sexual exploitation`, a country."""
    if row["facet"] == "form":
        code = row["exploitation"]
        form = language.words.get(f"form_short_{code}") or language.name("exploitation", code)
        return f"{form[:1].upper()}{form[1:]}"
    if row["facet"] == "citizenship":
        own = row["ref_area"] if row["citizenship"] == "NAT" else row["citizenship"]
        known = language.names["area"]
        return known[own] if own in known else language.name("citizenship", own)
    if person := _PERSONS.get(f"{row['sex']} {row['age']}"):
        return language.say(person)
    codes = {"sex": row["sex"], "age": row["age"]}
    return ", ".join(language.name(part, code) for part, code in codes.items() if code != "_T")


def _heading(row: Row, language: Language) -> str:
    """Return what a group of bars divides by, its year and its total: `Form, 2023 (of 76)`."""
    year = printed_year(row["year"], row["time_basis"])
    total = row["total_value"]
    of = language.number(total) if total is not None else "–"
    text = _UNCROSSED.get(row["split"]) or f"group_heading_{row['facet']}"
    return language.say(text, year=year, total=of)


def _bar(row: Row, language: Language, *, is_first: bool) -> Bar:
    """Return the bar of a group, no longer than the least that it is; outlined if hidden."""
    of = row["total_upper"] or 1
    figure, title = printed(row, language), name(row, language)
    if row["value"] is not None:
        share = row["value"] / of
        look = "first" if is_first else "other"
        return Bar(title, figure, 100 * share, language.percent(share), look)
    bottom, top = bounds(row["lower"], row["upper"])
    is_span = bottom > 0 and top < float("inf") and bottom >= top / 2
    return Bar(title, figure, 100 * (bottom if is_span else min(top, of)) / of)


def _draw(sheet: Sheet, at: float, bar: Bar, language: Language) -> None:
    fill, edge = _LOOKS[bar.look]
    written = bar.written
    if bar.look == "first":
        written = written.replace(bar.figure, f"<b>{bar.figure}</b>", 1)
    sheet.bar(
        x=[bar.length],
        y=[at],
        orientation="h",
        width=0.68,
        text=[f"{bar.name}{language.colon}{bar.figure}"],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
        marker={"color": PALETTE[fill], "line": {"color": PALETTE[edge], "width": 1}},
    )
    sheet.text(bar.length, at, written, xanchor="left", xshift=_AWAY)


def _table(rows: Sequence[Row], language: Language, caption: str) -> Table:
    """Return a row per group: its figure, its share of the year's victims, and their number."""
    return Table(
        caption,
        language.say("group_group"),
        [language.say("chart_figure"), language.say("group_share"), language.say("group_of")],
        [
            (
                f"{_heading(row, language)}{language.colon}{name(row, language)}",
                [
                    Cell(
                        printed(row, language),
                        Kind.SUPPRESSED if row["value"] is None else Kind.FIGURE,
                        value=row["value"],
                    ),
                    _share(row, language),
                    Cell(
                        language.number(row["total_value"]) if row["total_value"] else "–",
                        value=row["total_value"],
                    ),
                ],
            )
            for row in rows
        ],
    )


def _share(row: Row, language: Language) -> Cell:
    if row["value"] is None or not row["total_value"]:
        return Cell("–", Kind.MISSING)
    return Cell(language.percent(row["value"] / row["total_value"]))
