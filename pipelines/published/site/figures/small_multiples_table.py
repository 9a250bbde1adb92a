"""The table of small multiples: a row per state, a column per year, letters for qualifications."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipelines.published.charts import small_multiples
from pipelines.published.charts.caption import Figure
from pipelines.published.charts.small_multiples import Rate
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind, below
from pipelines.published.series.series import YEAR_INFERRED, Note, NoteKind, Point, Series
from pipelines.published.site.figures.view import Cell
from pipelines.published.site.figures.wording import headlines

_FLAGS: Final = {
    "provisional": "p",
    "estimated": "e",
    "doubtful": "u",
    YEAR_INFERRED: "i",
    "revised": "r",
    "withdrawn": "w",
}
"""The letters behind a figure in the table, by the code of the text with their meaning."""
_BREAK: Final = "b"
_NO_RATE: Final = "s"
_NO_FIGURE: Final = "–"


@dataclass(frozen=True)
class State:
    """A state in small multiples: its printed series, footnotes, rates, and chart if drawn."""

    area: str
    series: Series
    numbered: list[Note]
    figure: Figure | None
    rates: Mapping[int, Rate]


def row(state: State, language: Language) -> tuple[str, list[Cell]]:
    """Return a state's row of the table."""
    cells = [_cell(point, state, language) for point in state.series.points]
    return language.name("area", state.area), cells


def flags(states: list[State], language: Language) -> list[tuple[str, str]]:
    """Return the signs that the table uses, each with its meaning."""
    points = [point for state in states for point in state.series.points]
    used = {word for point in points for word in _remarks(point)}
    signs = [(letter, language.say(word)) for word, letter in _FLAGS.items() if word in used]
    if any(point.is_break for point in points):
        signs.append((_BREAK, language.name("obs_status", "B")))
    tops = {point.top for point in points if point.kind is Kind.SUPPRESSED}
    if tops and any(state.rates for state in states):
        signs.append((_NO_RATE, language.say("multiples_no_rate")))
    else:
        signs += [(below(top), language.say("suppressed")) for top in sorted(tops)]
    if any(point.kind is Kind.MISSING for point in points):
        signs.append((_NO_FIGURE, language.say("no_figure")))
    return signs


def _cell(point: Point, state: State, language: Language) -> Cell:
    """Return a cell of the table, with letters for what qualifies the figure."""
    numbers = {note.kind: note.number for note in state.numbered if note.point.year == point.year}
    remarks: list[tuple[str, int | None]] = [(_FLAGS[word], None) for word in _remarks(point)]
    if point.is_break:
        remarks.append((_BREAK, numbers[NoteKind.BREAK]))
    if point.kind is Kind.WITHHELD:
        remarks.append(("", numbers[NoteKind.WITHHELD]))
    return Cell(point.kind, _text(point, state.rates, language), remarks)


def _text(point: Point, rates: Mapping[int, Rate], language: Language) -> str:
    """Return the text of a cell: the figure, or a rate with its interval in brackets."""
    if point.kind is Kind.MISSING:
        return _NO_FIGURE
    if rates and point.kind is Kind.SUPPRESSED:
        return _NO_RATE
    text = headlines.printed(point, language)
    if point.year not in rates:
        return text
    rate = rates[point.year]
    lower, upper = (
        language.number(small_multiples.rounded(limit)) for limit in (rate.lower, rate.upper)
    )
    return f"{text} ({lower}–{upper})"


def _remarks(point: Point) -> list[str]:
    """Return the qualifications of the figure, as codes of the list `site_text`."""
    if not point.previous_release:
        return point.reservations
    return [*point.reservations, "withdrawn" if point.kind is Kind.MISSING else "revised"]
