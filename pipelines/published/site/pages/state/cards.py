"""The five key facts at the top of a state's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from pipelines.published.series import Point, Series
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.facts.trends import page_verdict
from pipelines.published.site.pages.state import sex_age
from pipelines.published.site.pages.state.common import State, at
from pipelines.published.site.wording.phrases import (
    is_certain,
    printed,
    reserved,
    within,
)
from pipelines.warehouse import remarks
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language

MAIN: Final = (VICTIMS, "PER_PROSEC", "PER_CONVICT")
"""The main counts, whose needs come first in each step of sql/published/need.sql."""

_LATE: Final = {"LATE", "NEWER_SOURCE"}
"""The remarks that the figure is older than others: its verdict makes way for them."""


class Note(NamedTuple):
    """A line of a card.

    Attributes:
        text: what it says.
        look: classes of the style sheet.
        code: the remark that it words, a code of the list `remark`; "" for none.
    """

    text: str
    look: str = "note"
    code: str = ""


@dataclass(frozen=True)
class Card:
    """A key fact.

    Attributes:
        term: what it is about.
        value: the figure as printed, or a dash.
        beside: the year, or what the figure is a part of.
        notes: what qualifies the figure.
        verdict: one of `VERDICTS` of the trend; "" to show none.
        verdict_years: the years in which it rose or fell.
        is_missing: whether the card is about what is missing.
    """

    term: str
    value: str
    beside: str = ""
    notes: Sequence[Note] = ()
    verdict: str = ""
    verdict_years: str = ""
    is_missing: bool = False


def cards(state: State) -> list[Card]:
    """Return the key facts in their order."""
    victims, *of_justice = MAIN
    return [
        _of_total(state, victims, is_first=True),
        _women_and_children(state),
        *(_of_total(state, code) for code in of_justice),
        _missing(state),
    ]


def _of_total(state: State, indicator: str, *, is_first: bool = False) -> Card:
    """Return the newest figure to cite; its verdict makes way for a late year, but on the first."""
    language, total = state.language, state.cited(indicator)
    known = remarks.shown(state.facts.remarks.get((state.area, indicator), []))
    notes = [_note(row, state) for row in known]
    if total is None:
        return _without_total(state, indicator, notes, is_first=is_first)
    is_late = any(note.look != "note" for note in notes)
    verdict = page_verdict(total.trend) if is_first or not is_late else ""
    return Card(
        language.name("indicator", indicator),
        printed(total.last, language),
        language.say("in_year", year=total.period(total.last.year)),
        notes,
        verdict,
        _years(total) if verdict in ("rising", "falling") else "",
    )


def _note(row: remarks.Row, state: State) -> Note:
    text = remarks.said(row, state.site.sources, state.language)
    look = "note late" if row["remark"] in _LATE else "note"
    return Note(text, look, code=row["remark"])


def _without_total(state: State, indicator: str, notes: Sequence[Note], *, is_first: bool) -> Card:
    """Return a figure that only others repeat, a stated nil, or that there is none."""
    language, term = state.language, state.language.name("indicator", indicator)
    if shown := state.facts.totals.shown(state.area, indicator):
        return Card(
            term,
            printed(shown.last, language),
            language.say("until_year" if shown.is_nil else "in_year", year=shown.last.year),
            notes,
        )
    return Card(
        term, language.say("no_figure"), notes=notes, verdict="no_total" if is_first else ""
    )


def _years(total: Total) -> str:
    return f"{total.trend.first}–{total.trend.last}" if total.trend else ""


def _women_and_children(state: State) -> Card:
    language, total = state.language, state.cited()
    # No line begins with the sign between the two.
    term = language.say("state_women_children").replace(" ·", "\u00a0·")
    none = Card(term, language.say("no_figure"), notes=[Note(language.say("state_card_no_parts"))])
    if total is None:
        return none
    parts = sex_age.printed_parts(state)
    women, children = sex_age.newest(parts, total.last.year)
    if not (women.is_known or children.is_known):
        return replace(none, notes=_newest_part(state, parts, total) or none.notes)
    return Card(
        term,
        f"{printed(women, language)} · {printed(children, language)}",
        language.say("in_year", year=total.period(women.year)),
        _doubts(women, children, language) or _share(women, children, total, parts, language),
    )


def _doubts(women: Point, children: Point, language: Language) -> list[Note]:
    """Return the reservations on both, naming the figure that alone has one."""
    both = {sex_age.WOMEN_AND_GIRLS: women, sex_age.CHILDREN: children}
    known = {code: each for code, each in both.items() if each.is_known}
    found = {code: reserved(each, language) for code, each in known.items() if not is_certain(each)}
    if len(found) == len(known) and len({*found.values()}) == 1:
        return [Note(text) for text in {*found.values()}]
    return [
        Note(sex_age.part_name(code, language) + language.colon + text)
        for code, text in found.items()
    ]


def _newest_part(state: State, parts: Mapping[str, Series], total: Total) -> list[Note]:
    """Return the newest figure by sex or age, an exact one before a suppressed one."""
    known = [
        (point, code)
        for code, part in parts.items()
        if not code.startswith("_")  # of unknown sex, or of all
        for point in part.known
        if point.year <= total.last.year
    ]
    if not known:
        return []
    point, code = max(known, key=lambda each: (each[0].kind is Kind.FIGURE, each[0].year))
    text = state.language.say(
        "state_card_part",
        part=within(sex_age.part_name(code, state.language)),
        figure=printed(point, state.language),
        year=total.period(point.year),
    )
    return [Note(text)]


def _share(
    women: Point, children: Point, total: Total, parts: Mapping[str, Series], language: Language
) -> list[Note]:
    """Return the share of both, or for how many the source gives the sex."""
    whole = at(total.series, women.year)
    if whole.kind is not Kind.FIGURE or not whole.value:
        return []
    of = printed(whole, language)
    recorded = sex_age.sex_recorded(parts, total, women.year)
    if recorded is not None:
        return [Note(language.say("state_sex_recorded", total=of, share=recorded))]
    both = sex_age.shares(women, children, total)
    if both is None:
        return [Note(language.say("state_of_total", total=of))]
    shares = language.say("state_shares", women=both[0], children=both[1], total=of)
    return [Note(shares)]


def _missing(state: State) -> Card:
    """Return how many core indicators have no figure, and the need that comes first."""
    language, facts = state.language, state.facts
    missing = len(facts.core) - facts.known.get(state.area, 0)
    first = next(iter(facts.needs.of(state.area)), None)
    # Those of the main counts come first in each step.
    is_main = first and first.indicator in MAIN
    need = first and language.say(
        "state_missing_first" if is_main else "state_missing_next",
        need=within(language.name("need", first.code)),
        indicator=within(language.name("indicator", first.indicator)),
    )
    return Card(
        language.say(f"state_missing_{'one' if language.is_one(missing) else 'many'}"),
        language.number(missing),
        language.say("state_missing_of", count=len(facts.core)),
        [Note(need or "")],
        is_missing=True,
    )
