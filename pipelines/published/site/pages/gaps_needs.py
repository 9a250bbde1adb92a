"""The figures that would close gaps, as phrases: to plan technical assistance, not to judge.

The kinds of need are those of the code list `need`. A suppressed figure is no gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.published.i18n.language import Language, spans
from pipelines.published.site.figures import context


@dataclass(frozen=True)
class Need:
    """A need of one state for one indicator.

    Attributes:
        area: code of the state.
        indicator: code of the indicator.
        code: code of the list `need`.
        years: the years that it concerns; none for BEGIN.
        rows: FIX: number of printed rows that are kept out.
        rules: FIX: the checks that keep them out.
        share: TELL_UNKNOWN: highest share of persons whose sex or age is not stated.
        states: number of states with figures of the indicator.
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
    """All needs of one kind: the need's code, and its subjects with the words for each."""

    code: str
    asked: list[tuple[str, str]]


def read_needs(connection: duckdb.DuckDBPyConnection) -> list[Need]:
    """Return every need of every state."""
    return [_need(row) for row in context.query(connection, "need").to_dict("records")]


def by_indicator(needs: Iterable[Need], language: Language) -> list[Group]:
    """Return the needs of one state by kind, then by indicator, in the order of the code lists."""
    places = list(language.names["indicator"])
    ordered = sorted(needs, key=lambda need: places.index(need.indicator))
    return _groups(((need, need.indicator, _states(need)) for need in ordered), language)


def by_state(needs: Iterable[Need], states: list[str], language: Language) -> list[Group]:
    """Return the needs for one indicator by kind, then by state in the order of `states`."""
    ordered = sorted(needs, key=lambda need: states.index(need.area))
    return _groups(((need, need.area, "") for need in ordered), language)


def _groups(needs: Iterable[tuple[Need, str, str]], language: Language) -> list[Group]:
    """Group needs by kind.

    Each of `needs` has its subject, and a remark on the subject in case it concerns every year.
    """
    found: dict[str, list[tuple[str, str]]] = {code: [] for code in language.names["need"]}
    for need, subject, remark in needs:
        words = _words(need, language)
        found[need.code].append((subject, language.colon + words if words else remark))
    return [Group(code, asked) for code, asked in found.items() if asked]


def _words(need: Need, language: Language) -> str:
    """Return the years of a need and further details; "" if it concerns every year."""
    years = spans(need.years)
    if need.code == "FIX":
        text = "needs_fix" if years else "needs_fix_undated"
        return language.say(text, years=years, rows=need.rows, rules=need.rules)
    if need.code == "TELL_UNKNOWN":
        share = language.number(round(100 * need.share))
        return language.say("needs_unknown", years=years, share=share)
    return years


def _states(need: Need) -> str:
    """Return the number of states with the indicator: one that few have may not suit all."""
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
