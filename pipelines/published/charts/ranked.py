"""The ranked dot plot: a state's rate among those of other states, of one year and one source.

After W. S. Cleveland, The Elements of Graphing Data (1985): dots in the order of their values, on
one axis, each with its doubt.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import duckdb

from pipelines.published.charts.declared import INDICATOR, Declared
from pipelines.published.charts.drawing import LEFT, PALETTE, Chart, Sheet
from pipelines.published.charts.rates import Rate, neighbours, read_rates
from pipelines.published.charts.table import Cell, Table
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language
from schemas import parameters

_ROW: Final = 19
"""Pixels of a row."""
_SECOND_LINE: Final = 0.75
"""Height of a name's second line, in rows."""
_LONGEST: Final = 21
"""Letters of the longest name in bold that has room on one line."""
_RIGHT: Final = 52
"""Pixels for the longest number."""
_APART: Final = 2 * "\N{NO-BREAK SPACE}"
"""Keeps numbers off the edge of the axis, on both sides."""
_BEYOND: Final = 1.3
"""End of the axis, in highest rates: a wide interval must not flatten the others."""
_SMALLEST: Final = 0.0001
"""The smallest number that is printed: one in a thousand million residents."""


def read_ranked(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Rate]]:
    """Return the rates of each indicator that enough states have one of to be ranked."""
    least = parameters.whole("states_of_ranking")
    return {
        indicator: rates
        for indicator, rates in read_rates(connection).items()
        if sum(rate.value is not None for rate in rates) >= least
    }


def rates(
    ranked_rates: Mapping[str, Sequence[Rate]], code: str, _: Mapping[str, str], language: Language
) -> Chart | None:
    """Return the rates of all states, the highest first; None where too few have one.

    Its texts say from where to where they go; those that other figures contradict count apart.
    """
    if code not in ranked_rates:
        return None
    known = [rate for rate in ranked_rates[code] if rate.value is not None]
    certain = [rate.value or 0 for rate in known if not rate.is_contradicted]
    values = {
        "year": str(known[0].year),
        "states": len(certain),
        "low": exact(min(certain, default=0), language),
        "high": exact(max(certain, default=0), language),
        "contradicted": len(known) - len(certain),
    }
    return replace(ranked(code, ranked_rates[code], "", language), values=values)


def origins(rates: Iterable[Rate]) -> list[tuple[str, str]]:
    """Return source and release of each rate."""
    return [(rate.source, rate.release) for rate in rates if rate.value is not None]


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
    compared = neighbours().get(own, [])
    rated = {rate.area for rate in rates}
    without = [area for area in (own, *compared) if area and area not in rated]
    shown = [*rates, *map(Rate, without)]
    known = [rate for rate in shown if rate.value is not None]
    top = _BEYOND * max(rate.value or 0 for rate in known) or 1
    sheet, at, rows = Sheet(language), 0.0, []
    for rate in shown:
        look = "accent" if rate.area == own else "ink" if rate.area in compared else "edge"
        lines = _lines(language.name("area", rate.area))
        height = 1 + _SECOND_LINE * (len(lines) - 1)
        rows.append(_Row(rate, look, at + height / 2, "<br>".join(_bold(lines, look))))
        if look == "accent":
            sheet.shape(
                type="rect", xref="paper", x0=0, x1=1, y0=at, y1=at + height,
                fillcolor=PALETTE["grid"], line={"width": 0}, layer="below",
            )  # fmt: skip
        at += height
    _draw(sheet, rows, top, known[0].year)
    sheet.layout = {
        "height": round(_ROW * at) + 30,
        "margin": {"l": LEFT, "r": _RIGHT, "t": 4, "b": 26},
        "xaxis": {"range": [0, top], "showgrid": True, "gridcolor": PALETTE["grid"], "nticks": 4},
        "yaxis": {
            "range": [at, 0],
            "tickvals": [row.at for row in rows],
            "ticktext": [row.name for row in rows],
            "showgrid": False,
            "zeroline": False,
        },
    }
    return Chart(
        sheet.figure(),
        _table(indicator, shown, known[0].year, language),
        _key(known, top, bool(compared), language),
        native="bar",
        unit=_measure(indicator, known[0].year, language),
    )


class _Row(NamedTuple):
    """A row of the plot: its rate, the colour of its marks, its place, and the state's name."""

    rate: Rate
    look: str
    at: float
    name: str


def _draw(sheet: Sheet, rows: Sequence[_Row], top: float, year: int) -> None:
    """Draw all rows: the bands, the intervals, the dots, the numbers; a trace for each colour."""
    rated = [row for row in rows if row.rate.value is not None]
    _segments(sheet, [(r.rate.lowest, min(r.rate.highest, top), r.at) for r in rated], "band", 9)
    for look in ("edge", "ink", "accent"):
        own = [row for row in rated if row.look == look]
        if not own:
            continue
        intervals = [(row.rate.lower, min(row.rate.upper, top), row.at) for row in own]
        _segments(sheet, intervals, look, 1.5)
        numbers = [_short(row.rate.value or 0, sheet.language) for row in own]
        fills = ["paper" if row.rate.is_contradicted else look for row in own]
        sheet.scatter(
            x=[row.rate.value for row in own],
            y=[row.at for row in own],
            mode="markers",
            text=[
                f"{sheet.language.name('area', row.rate.area)}{sheet.language.colon}{number}"
                for row, number in zip(own, numbers, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
            marker={
                "color": [PALETTE[fill] for fill in fills],
                "size": 9,
                "line": {"color": PALETTE[look], "width": 2},
            },
        )
        written = [f"{_APART}{number}" for number in _bold(numbers, look)]
        _words(sheet, top, zip(own, written, strict=True), look, "middle right")
    beyond = [
        (row, f"→{_short(end, sheet.language)}{_APART}")
        for row in rated
        if (end := max(row.rate.highest, row.rate.upper)) > top
    ]
    _words(sheet, top, beyond, "ink", "middle left")
    absent = [(row, _word(row.rate, year, sheet.language)) for row in rows if row not in rated]
    _words(sheet, 0, absent, "edge", "middle right")


def _segments(
    sheet: Sheet, segments: Sequence[tuple[float, float, float]], look: str, width: float
) -> None:
    """Draw level lines, each from its first to its last value at its height."""
    sheet.scatter(
        x=[end for first, last, _ in segments for end in (first, last, None)],
        y=[height for _, _, at in segments for height in (at, at, None)],
        mode="lines",
        hoverinfo="skip",
        line={"color": PALETTE[look], "width": width},
    )


def _words(
    sheet: Sheet, x: float, texts: Iterable[tuple[_Row, str]], look: str, place: str
) -> None:
    """Write a text into each of some rows, beside one place of the axis."""
    written = list(texts)
    if written:
        sheet.scatter(
            x=[x] * len(written),
            y=[row.at for row, _ in written],
            mode="text",
            text=[text for _, text in written],
            textposition=place,
            textfont={"color": PALETTE["grey" if look == "edge" else look]},
            hoverinfo="skip",
        )


def _bold(texts: Sequence[str], look: str) -> list[str]:
    """Return texts in bold, but for states that are neither the page's own nor its neighbours."""
    return [text if look == "edge" else f"<b>{text}</b>" for text in texts]


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
    """Return a row per state: its rate, the count, both limits of chance, and the band."""
    columns = ("rate", "count", "lower", "upper", "lowest", "highest")
    rows: list[tuple[str, Sequence[Cell]]] = []
    for rate in shown:
        if rate.value is None:
            dash = Cell(language.say("no_figure"), Kind.MISSING)
            cells = [Cell(_word(rate, year, language), Kind.MISSING), *[dash] * 5]
        else:
            remarks = [language.say("ranked_contradicted")] if rate.is_contradicted else []
            limits = (rate.lower, rate.upper, rate.lowest, rate.highest)
            cells = [
                Cell(exact(rate.value, language), remarks=remarks, value=rate.value),
                Cell(language.number(rate.count), value=rate.count),
                *(Cell(exact(value, language), value=value) for value in limits),
            ]
        rows.append((language.name("area", rate.area), cells))
    return Table(
        caption=_measure(indicator, year, language),
        row_heading=language.say("state"),
        columns=[language.say(f"ranked_{each}", years=band(year)) for each in columns],
        rows=rows,
    )


def _measure(indicator: str, year: int, language: Language) -> str:
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
        "●": language.say("ranked_key_rate"),
        "─": language.say("ranked_key_interval"),
        "▬": language.say("ranked_key_band", years=band(year)),
    }
    if any(rate.is_contradicted for rate in known):
        marks["○"] = language.say("ranked_key_contradicted")
    if any(max(rate.highest, rate.upper) > top for rate in known):
        marks["→"] = language.say("ranked_key_beyond")
    if has_neighbours:
        marks["B"] = language.say("ranked_key_neighbours")
    return list(marks.items())


CHARTS: Final = [
    Declared(rates, INDICATOR, read_ranked, page="indicator", origins=origins, has_rates=True)
]
