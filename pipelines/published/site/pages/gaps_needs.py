"""Which figures would close gaps, as phrases: for planning technical assistance, not for judging.

The words for each need are those of the code list `need`; a suppressed figure needs nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.published.i18n.language import Language, spans
from pipelines.published.site.figures import context


@dataclass(frozen=True)
class Need:
    """What one state needs for one indicator.

    Attributes:
        area: code of the state.
        indicator: code of the indicator.
        code: of the list `need`.
        years: those that it concerns; none for BEGIN.
        rows: FIX: how many printed rows are kept out.
        rules: FIX: the checks that keep them out.
        share: TELL_UNKNOWN: greatest share of persons whose sex or age is not told.
        states: how many states have figures of the indicator.
    """

    area: str
    indicator: str
    code: str
    years: list[int]
    rows: int
    rules: str
    share: float
    states: int


@dataclass(frozen=True)
class Group:
    """All that is needed in one way: the need's code, and subjects with the words for each."""

    code: str
    asked: list[tuple[str, str]]


def read(connection: duckdb.DuckDBPyConnection) -> list[Need]:
    """Every need of every state."""
    return [_need(row) for row in context.query(connection, "need").to_dict("records")]


def by_indicator(needs: Iterable[Need], language: Language) -> list[Group]:
    """The needs of one state: by kind, then by indicator, each in the order of its list."""
    places = list(language.names["indicator"])
    ordered = sorted(needs, key=lambda need: places.index(need.indicator))
    return _groups(((need, need.indicator, _states(need)) for need in ordered), language)


def by_state(needs: Iterable[Need], states: list[str], language: Language) -> list[Group]:
    """The needs for one indicator: by kind, then by state in that order."""
    ordered = sorted(needs, key=lambda need: states.index(need.area))
    return _groups(((need, need.area, "") for need in ordered), language)


def _groups(needs: Iterable[tuple[Need, str, str]], language: Language) -> list[Group]:
    """Each need with its subject, and what is said of the subject if every year is concerned."""
    found: dict[str, list[tuple[str, str]]] = {code: [] for code in language.names["need"]}
    for need, subject, aside in needs:
        words = _words(need, language)
        said = language.colon + words if words else aside
        found[need.code].append((subject, said))
    return [Group(code, asked) for code, asked in found.items() if asked]


def _words(need: Need, language: Language) -> str:
    """Years and what else must be known of a need; empty for one that concerns every year."""
    years = spans(need.years)
    if need.code == "FIX":
        text = "needs_fix" if years else "needs_fix_undated"
        return language.say(text, years=years, rows=need.rows, rules=need.rules)
    if need.code == "TELL_UNKNOWN":
        share = language.number(round(100 * need.share))
        return language.say("needs_unknown", years=years, share=share)
    return years


def _states(need: Need) -> str:
    """How common figures of the indicator are: one that few states have may not be for all."""
    return f" ({need.states})"


def _need(row: dict[Any, Any]) -> Need:
    return Need(
        area=row["ref_area"],
        indicator=row["indicator"],
        code=row["need"],
        years=[int(year) for year in row["periods"].split()],
        rows=int(row["rows"]),
        rules=row["rules"],
        share=float(row["unknown_share"]),
        states=int(row["states"]),
    )
