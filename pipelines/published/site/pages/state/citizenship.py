"""The tab on citizenship: a table of the newest year, nationals first, then by name."""

import unicodedata
from typing import Final

from pipelines.published.i18n.language import Language
from pipelines.published.series.series import Point
from pipelines.published.site.figure import Figure, Table
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State, at
from pipelines.published.site.wording import phrases

_NATIONALS: Final = "NAT"
_IN_SIGHT: Final = 12
"""Rows above the fold."""

_Row = tuple[str, Point]
"""A citizenship and its figure."""


def figure(state: State) -> Figure | None:
    """Return the figure of the source to cite; None without figures by citizenship."""
    total, language = state.cited(), state.language
    split = state.splits().get("citizenship")
    if total is None or split is None:
        return None
    year = split.last_year
    rows = [(part.indicator, at(part, year)) for part in split.parts]
    known = in_order([row for row in rows if row[1].is_known], state.area, language)
    measure = language.say("state_citizenship_measure", year=year)
    found = about.contradictions_of(state, total)
    exceeding = about.exceeding(found.exceeding.get("citizenship", []), language)
    return common.figure(
        state,
        "citizenship",
        [(total.source, split.releases)],
        measure=measure,
        headline=headline(known, state.area, language),
        calm=" ".join([language.say("state_citizenship_calm"), language.say("footer")]),
        about=about.of_parts(state, total, split.parts, exceeding),
        table=_table(known[:_IN_SIGHT], measure, language),
        more=_more(known[_IN_SIGHT:], language),
    )


def headline(rows: list[_Row], area: str, language: Language) -> str:
    """Return the figure of nationals, and the number of other citizenships with a figure."""
    nationals = [point for code, point in rows if code in (_NATIONALS, area)]
    others = sum(code in language.names["area"] and code != area for code, _ in rows)
    year = rows[0][1].year
    if not nationals or not phrases.is_certain(nationals[0]):
        return language.say("state_citizenship_foreign", year=year, count=others)
    figure = phrases.amount(nationals[0], language)
    text = "nationals" if others else "only"
    return language.say(f"state_citizenship_{text}", year=year, figure=figure, count=others)


def in_order(rows: list[_Row], area: str, language: Language) -> list[_Row]:
    """Return nationals first, then countries by name, then what names no country."""

    def place(row: _Row) -> tuple[int, str]:
        code = row[0]
        if code in (_NATIONALS, area):
            return (0 if code == _NATIONALS else 1, "")
        return (2 if code in language.names["area"] else 3, _plain(name_of(code, language)))

    return sorted(rows, key=place)


def name_of(code: str, language: Language) -> str:
    """Return the name of a citizenship."""
    if code == _NATIONALS:
        return language.say("state_citizenship_own")
    return language.names["area"].get(code) or language.name("citizenship", code)


def _plain(name: str) -> str:
    """Return a name as it is sorted: small letters without accents."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _more(rows: list[_Row], language: Language) -> Table | None:
    if not rows:
        return None
    return _table(rows, language.say("state_rows_more", count=len(rows)), language)


def _table(rows: list[_Row], caption: str, language: Language) -> Table:
    return Table(
        caption=caption,
        row_heading=language.say("state_citizenship"),
        columns=[language.name("indicator", "VIC_DETECT")],
        rows=[(name_of(code, language), [common.cell(point, language)]) for code, point in rows],
    )
