"""The ranked dot plot: a state's rate among those of other states, of one year and one source.

After W. S. Cleveland, The Elements of Graphing Data (1985): dots in the order of their values, on
one axis, each with its doubt.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from pipelines.published.charts.drawing import LEFT, PALETTE, Chart, Sheet
from pipelines.published.charts.table import Cell, Table
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language
from schemas import codelists, parameters

_RATES: Final = """
select
    indicator, ref_area as area, source, release, year, value, confidence_lower, confidence_upper,
    numerator, lowest, highest, is_contradicted, '' as counts
from published.compared_rate
union all by name
select distinct indicator, ref_area as area, 0 as year, break_reason.counts
from published.remark
join codelist.break_reason on break_reason.code = remark.detail
join codelist.area on area.code = ref_area and is_oas
semi join published.compared_rate using (indicator)
anti join published.compared_rate using (indicator, ref_area)
where remark = 'COUNTS_INSTEAD' and is_last
order by indicator, value desc nulls last, area
"""

_ROW: Final = 19
"""Pixels of a row."""
_SECOND_LINE: Final = 0.75
"""Height of a name's second line, in rows."""
_LONGEST: Final = 21
"""Letters of the longest name in bold that has room on one line."""
_RIGHT: Final = 52
"""Pixels for the longest number."""
_BEYOND: Final = 1.3
"""End of the axis, in highest rates: a wide interval must not flatten the others."""
_SMALLEST: Final = 0.0001
"""The smallest number that is printed: one in a thousand million residents."""


@dataclass(frozen=True)
class Rate:
    """The rate of a state per 100,000 residents, a row of `published.compared_rate`.

    Attributes:
        area: code of the state.
        source: id of the source, of all rates the same.
        release: day of its release.
        year: the year, of all rates the same.
        value: the rate; None where the state counts something else, which has no other number then.
        lower: lower limit of chance, 95 %.
        upper: upper limit.
        count: the persons or cases counted.
        lowest: least rate of the last years.
        highest: greatest rate of them.
        is_contradicted: whether another figure, or its own parts, contradict it.
        counts: code of what the state counts instead; "" where it counts the same.
    """

    area: str
    source: str = ""
    release: str = ""
    year: int = 0
    value: float | None = None
    lower: float = 0
    upper: float = 0
    count: float = 0
    lowest: float = 0
    highest: float = 0
    is_contradicted: bool = False
    counts: str = ""


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Rate]]:
    """Return the rates of each indicator, the highest first, then who counts something else."""
    found: dict[str, list[Rate]] = {}
    for indicator, *columns in connection.execute(_RATES).fetchall():
        found.setdefault(indicator, []).append(Rate(*columns))
    return found


@cache
def neighbours() -> dict[str, list[str]]:
    """Return the states to compare each state with, the nearest first."""
    rows = codelists.rows(Path(__file__).parent / "neighbours.csv")
    return {row["area"]: row["neighbours"].split() for row in rows}


def ranked(indicator: str, rates: Sequence[Rate], own: str, language: Language) -> Chart:
    """Return the rates of an indicator, the highest first.

    A state's own rate is marked, and those of its neighbours; those of them that have no rate
    have a row that says so.

    Args:
        indicator: its code.
        rates: its rates, of which one at least has a value.
        own: code of the state that the page is about; "" for none.
        language: the reader's.
    """
    shown = [*rates, *_without(rates, own)]
    known = [rate for rate in shown if rate.value is not None]
    top = _BEYOND * max(rate.value or 0 for rate in known) or 1
    sheet, at = Sheet(language), 0.0
    for rate in shown:
        lines = _lines(language.name("area", rate.area))
        height = 1 + _SECOND_LINE * (len(lines) - 1)
        at += height / 2
        look = _look(rate.area, own)
        _name(sheet, at, height, lines, look)
        if rate.value is None:
            word = _word(rate, known[0].year, language)
            sheet.text(0, at, word, "grey", xanchor="left", xshift=4)
        else:
            _draw(sheet, at, rate, look, top)
        at += height / 2
    sheet.layout = {
        "height": round(_ROW * at) + 30,
        "margin": {"l": LEFT, "r": _RIGHT, "t": 4, "b": 26},
        "xaxis": {"range": [0, top], "showgrid": True, "gridcolor": PALETTE["grid"], "nticks": 6},
        "yaxis": {"range": [at, 0], "visible": False},
    }
    return Chart(
        sheet.figure(),
        _table(indicator, shown, known[0].year, language),
        _key(known, top, bool(neighbours().get(own)), language),
        native="bar",
    )


def _without(rates: Sequence[Rate], own: str) -> list[Rate]:
    """Return a row for the state and each neighbour that has none."""
    known = {rate.area for rate in rates}
    shown = [own, *neighbours()[own]] if own else []
    return [Rate(area) for area in shown if area not in known]


def _look(area: str, own: str) -> str:
    """Return the colour of a state's marks, in the palette."""
    if area == own:
        return "accent"
    return "ink" if area in neighbours().get(own, ()) else "edge"


def _name(sheet: Sheet, at: float, height: float, lines: Sequence[str], look: str) -> None:
    """Write the name of a state before its row, and shade the row of the page's own."""
    name = "<br>".join(f"<b>{line}</b>" if look != "edge" else line for line in lines)
    colour = "grey" if look == "edge" else look
    sheet.text(0, at, name, colour, xref="paper", xanchor="right", xshift=-6, align="right")
    if look == "accent":
        sheet.shape(
            type="rect", xref="paper", x0=0, x1=1, y0=at - height / 2, y1=at + height / 2,
            fillcolor=PALETTE["grid"], line={"width": 0}, layer="below",
        )  # fmt: skip


def _draw(sheet: Sheet, at: float, rate: Rate, look: str, top: float) -> None:
    """Draw a rate: the band of the last years, the interval of chance, the dot, the number."""
    colour, number = PALETTE[look], _short(rate.value or 0, sheet.language)
    for first, last, tint, width, layer in (
        (rate.lowest, rate.highest, PALETTE["band"], 9, "below"),
        (rate.lower, rate.upper, colour, 1.5, "between"),
    ):
        sheet.shape(
            type="line", x0=first, x1=min(last, top), y0=at, y1=at,
            line={"color": tint, "width": width}, layer=layer,
        )  # fmt: skip
    if (end := max(rate.highest, rate.upper)) > top:
        sheet.text(
            top, at, f"→{_short(end, sheet.language)}", "ink", xanchor="right", xshift=6,
            bgcolor=PALETTE["grid" if look == "accent" else "paper"], borderpad=0,
        )  # fmt: skip
        sheet.annotations[-1]["font"]["size"] = 11
    sheet.scatter(
        x=[rate.value],
        y=[at],
        mode="markers",
        hovertemplate=f"{sheet.language.name('area', rate.area)}: {number}<extra></extra>",
        marker={
            "color": PALETTE["paper"] if rate.is_contradicted else colour,
            "size": 9,
            "line": {"color": colour, "width": 2},
        },
    )
    sheet.text(
        1, at, f"<b>{number}</b>" if look != "edge" else number,
        "grey" if look == "edge" else look, xref="paper", xanchor="right", xshift=_RIGHT - 4,
    )  # fmt: skip


def _lines(name: str) -> list[str]:
    """Return a name in one line, or in two of about the same length."""
    if len(name) <= _LONGEST:
        return [name]
    ends = [at for at, sign in enumerate(name) if sign in " -"]
    end = min(ends, key=lambda at: abs(2 * at - len(name)))
    return [name[: end + 1].rstrip(), name[end + 1 :]]


def _word(rate: Rate, year: int, language: Language) -> str:
    """Return what stands in place of a rate."""
    if rate.counts:
        return language.say(f"ranked_{rate.counts.lower()}")
    return language.say("ranked_none", year=year)


def _short(value: float, language: Language) -> str:
    """Return a rate in two digits."""
    if 0 < value < _SMALLEST:
        return f"<{language.number(_SMALLEST)}"
    return language.number(float(f"{value:.2g}"))


def exact(value: float, language: Language) -> str:
    """Return a rate as sentences print it, with two decimals or two digits: `two_digits.sql`."""
    if value < _SMALLEST:
        return _short(value, language)
    return language.number(round(value, max(2, 1 - math.floor(math.log10(value)))))


def band(year: int) -> str:
    """Return the years of the band: `2018–2022`."""
    return f"{year - int(parameters.number('years_of_rate_band')) + 1}–{year}"


def _table(indicator: str, shown: Sequence[Rate], year: int, language: Language) -> Table:
    columns = ("rate", "count", "lower", "upper", "lowest", "highest")
    return Table(
        caption=measure(indicator, year, language),
        row_heading=language.say("state"),
        columns=[language.say(f"ranked_{each}", years=band(year)) for each in columns],
        rows=[(language.name("area", each.area), _cells(each, year, language)) for each in shown],
    )


def _cells(rate: Rate, year: int, language: Language) -> list[Cell]:
    if rate.value is None:
        dash = Cell(language.say("no_figure"), Kind.MISSING)
        return [Cell(_word(rate, year, language), Kind.MISSING), *[dash] * 5]
    remarks = [language.say("ranked_contradicted")] if rate.is_contradicted else []
    return [
        Cell(exact(rate.value, language), remarks=remarks, value=rate.value),
        Cell(language.number(rate.count), value=rate.count),
        *(
            Cell(exact(value, language), value=value)
            for value in (rate.lower, rate.upper, rate.lowest, rate.highest)
        ),
    ]


def measure(indicator: str, year: int, language: Language) -> str:
    """Return what the chart shows: indicator, unit and year."""
    return language.say(
        "ranked_measure", indicator=language.name("indicator", indicator), year=year
    )


def _key(
    known: Sequence[Rate], top: float, has_neighbours: bool, language: Language
) -> list[tuple[str, str]]:
    """Return the marks that the chart has."""
    year = known[0].year
    marks = {
        "●": language.say("ranked_key_rate", year=year),
        "─": language.say("ranked_key_interval"),
        "▬": language.say("ranked_key_band", years=band(year)),
    }
    if any(rate.is_contradicted for rate in known):
        marks["○"] = language.say("ranked_contradicted")
    if any(max(rate.highest, rate.upper) > top for rate in known):
        marks["→"] = language.say("ranked_key_beyond")
    if has_neighbours:
        marks["B"] = language.say("ranked_key_neighbours")
    return list(marks.items())
