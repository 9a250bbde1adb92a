"""The tab on citizenship: a table of the newest year, nationals first, then by name."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipelines.published.charts.table import Table
from pipelines.published.series import Point, Series
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State, at
from pipelines.published.site.wording import cells, parts, phrases
from pipelines.words.language import Language, spans

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
    year = _year(split.parts)
    rows = [(part.indicator, at(part, year)) for part in split.parts]
    known = in_order([row for row in rows if row[1].is_known], state.area, language)
    name = language.say("state_citizenship_measure", year=total.period(year))
    measure = phrases.measured(name, total, language)
    return common.figure(
        state,
        "citizenship",
        [(total.source, split.releases)],
        measure=measure,
        limit=phrases.limit(total, language),
        headline=headline(known, total, state.area, language),
        calm=[language.say("state_citizenship_calm"), phrases.limit(total, language)],
        about=about.of_parts(
            state,
            total,
            split.parts,
            lambda code: name_of(code, language),
            [*about.exceeding(state, total, "citizenship"), *_unread(state, total)],
        ),
        table=_table(known[:_IN_SIGHT], measure, language),
        more=_more(known[_IN_SIGHT:], language),
    )


def _year(parts: Sequence[Series]) -> int:
    """Return the newest year with at least half as many citizenships as the year with the most."""
    rows = Counter(point.year for part in parts for point in part.known)
    most = max(rows.values())
    return max(year for year, count in rows.items() if 2 * count >= most)


def headline(rows: list[_Row], total: Total, area: str, language: Language) -> str:
    """Return the figure of nationals, and the number of other citizenships with a figure.

    Nationals who are more than the total of the year are named as such.
    """
    nationals = [point for code, point in rows if code in (_NATIONALS, area)]
    others = sum(
        code in language.names["area"] and code != area and not code.startswith("_")
        for code, _ in rows
    )
    whole, year = at(total.series, rows[0][1].year), total.period(rows[0][1].year)
    if not nationals or not phrases.is_certain(nationals[0]):
        return language.say("state_citizenship_foreign", year=year, count=others)
    figure = phrases.amount(nationals[0], language)
    if phrases.is_certain(whole) and nationals[0].most > whole.most:
        limit = phrases.amount(whole, language)
        return language.say("state_citizenship_exceeds", year=year, figure=figure, total=limit)
    text = "nationals" if others else "only"
    text = phrases.own_text(f"state_citizenship_{text}", total, language)
    return language.say(text, year=year, figure=figure, count=others)


def in_order(rows: list[_Row], area: str, language: Language) -> list[_Row]:
    """Return nationals first, then the other citizenships in their order."""
    known = dict(rows)
    ordered = parts.in_order([Series(code) for code in known], language)
    ordered.sort(key=lambda each: each.indicator not in (_NATIONALS, area))
    return [(each.indicator, known[each.indicator]) for each in ordered]


def name_of(code: str, language: Language) -> str:
    """Return the name of a citizenship."""
    if code == _NATIONALS:
        return language.say("state_citizenship_own")
    return parts.citizenship(code, language)


def _unread(state: State, total: Total) -> list[str]:
    """Return the sentence on years in which a citizenship is empty or illegible."""
    years = spans(state.facts.cautions.unread_citizenships(total.key))
    return [state.language.say("figures_note_unread", years=years)] if years else []


def _more(rows: list[_Row], language: Language) -> list[Table]:
    if not rows:
        return []
    return [_table(rows, language.say("state_rows_more", count=len(rows)), language)]


def _table(rows: list[_Row], caption: str, language: Language) -> Table:
    return Table(
        caption=caption,
        row_heading=language.say("citizenship"),
        columns=[language.name("indicator", VICTIMS)],
        rows=[(name_of(code, language), [cells.of_point(point, language)]) for code, point in rows],
    )
