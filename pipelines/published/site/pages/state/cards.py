"""The five key facts at the top of a state's page."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point, Series
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.facts.trends import page_verdict
from pipelines.published.site.pages.state import common, grid, sex_age
from pipelines.published.site.pages.state.common import RECORDED, State, at, newest_since
from pipelines.published.site.wording.counts import counted
from pipelines.published.site.wording.kept_out import STAND_INS
from pipelines.published.site.wording.notes import same_number
from pipelines.published.site.wording.phrases import (
    capital,
    counts_instead,
    is_certain,
    printed,
    reserved,
    within,
)

MAIN: Final = (VICTIMS, "PER_PROSEC", "PER_CONVICT")
"""The main counts, whose needs come first in each step of sql/published/need.sql."""

_UNSURE: Final = {"D2": "PER_PROSEC"}
"""The likely indicator of rows that a check keeps out since they may count persons or cases."""


class Note(NamedTuple):
    """A line of a card.

    Attributes:
        text: what it says.
        look: classes of the style sheet.
        is_of_kept_out: whether it is about rows that checks keep out, and leads to them.
    """

    text: str
    look: str = "note"
    is_of_kept_out: bool = False


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
        counted: what the figure counts, where that is not what the term says.
        is_missing: whether the card is about what is missing.
    """

    term: str
    value: str
    beside: str = ""
    notes: Sequence[Note] = ()
    verdict: str = ""
    verdict_years: str = ""
    counted: str = ""
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
    if total is None:
        return _without_total(state, indicator, is_first=is_first)
    late = _late(state, total)
    verdict = page_verdict(total.trend) if is_first or not late else ""
    return Card(
        language.name("indicator", indicator),
        printed(total.last, language),
        language.say("in_year", year=total.period(total.last.year)),
        [*late, *(_recorded(state, total) if is_first else []), *_note(state, total)],
        verdict,
        _years(total) if verdict in ("rising", "falling") else "",
        capital(counts_instead(total, language)),
    )


def _without_total(state: State, indicator: str, *, is_first: bool) -> Card:
    """Return a figure that only others repeat, a stated nil, or that there is none."""
    language, term = state.language, state.language.name("indicator", indicator)
    if shown := state.facts.totals.shown(state.area, indicator):
        return Card(
            term,
            printed(shown.last, language),
            language.say("until_year" if shown.is_nil else "in_year", year=shown.last.year),
            [Note(language.say("state_card_nil" if shown.is_nil else "state_card_repeated"))],
        )
    parts = [Note(text)] if is_first and (text := _parts(state)) else []
    return Card(
        term,
        language.say("no_figure"),
        notes=parts or _kept_out(state, indicator) or [Note(language.say("state_card_none"))],
        verdict="no_total" if is_first else "",
    )


def _kept_out(state: State, indicator: str) -> list[Note]:
    """Return how many totals checks keep out; signs in place of no answer are no totals."""
    rows = [
        row["rows"]
        for row in state.facts.kept_out.get(state.area, [])
        if row["dimensions"] == "total" and row["rule"] not in STAND_INS
        if (row["indicator"] or _UNSURE.get(row["rule"])) == indicator
    ]
    if not rows:
        return []
    count = counted("row", sum(rows), state.language)
    return [Note(state.language.say("state_card_kept_out", rows=count), is_of_kept_out=True)]


def _years(total: Total) -> str:
    return f"{total.trend.first}–{total.trend.last}" if total.trend else ""


def _note(state: State, total: Total) -> list[Note]:
    """Return what qualifies a figure: its reservations, or other figures that bear on it."""
    language, later = state.language, total.later.get(total.last.year)
    if not is_certain(total.last):
        return [Note(reserved(total.last, language))]
    has_newer = state.facts.totals.newer(total)
    found = [
        language.say("state_card_later", figure=printed(later.point, language)) if later else "",
        same_number(state.facts.totals, total, language),
        _newer(state, total),
        "" if has_newer else common.far_apart(state, total),
        _exceeding_form(state, total),
    ]
    text = language.semicolon.join(filter(None, found))
    return [Note(text)] if text else []


def _recorded(state: State, total: Total) -> list[Note]:
    """Return the newer count of victims in files, else of incidents that the police recorded."""
    for text, code in (("recorded", RECORDED), ("incidents", "INC_RECORDED")):
        if newer := newest_since(state, total, code):
            found = state.language.say(f"state_card_{text}", figure=newer.figure, year=newer.year)
            return [Note(state.language.semicolon.join(filter(None, (found, newer.without))))]
    return []


def _newer(state: State, total: Total) -> str:
    """Return a newer figure of the source that only others repeat, and that is not doubtful.

    Another source that was read itself, and has that year, makes it needless.
    """
    newest = total.known[-1]
    if newest.year <= total.last.year or newest.doubt:
        return ""
    if state.facts.totals.newer(total) >= newest.year:
        return ""
    figure = printed(newest, state.language)
    return state.language.say("state_card_newer", figure=figure, year=total.period(newest.year))


def _late(state: State, total: Total) -> list[Note]:
    """Return since when the source has no figure, and the newer one of another source."""
    language, look = state.language, "note late"
    year = total.period(total.last.year)
    if other := state.facts.totals.newer_series(total):
        since = language.say("state_late_source", source=state.publisher(total.source), year=year)
        text = language.say(
            "state_late_other",
            source=state.publisher(other.source),
            figure=printed(other.last, language),
            year=other.period(other.last.year),
        )
        return [Note(since + language.semicolon + text, look)]
    is_late = total.last.year < state.facts.newest[total.source, total.indicator]
    return [Note(language.say("state_late", year=year), look)] if is_late else []


def _exceeding_form(state: State, total: Total) -> str:
    """Return the form of exploitation that alone exceeds the total of its year, if one does."""
    found = common.exceeding_form(state, total)
    if found is None:
        return ""
    form, figure = found
    return capital(state.language.say("state_card_form", form=form, figure=figure))


def _parts(state: State) -> str:
    """Return what there is in place of a total: small parts, and of which years."""
    points = [p for _, (_, part) in grid.printed_parts(state) for p in part.known]
    most = max((point.most for point in points), default=math.inf)
    if most == math.inf:
        return ""
    years = sorted({point.year for point in points})
    return state.language.say(
        "state_card_parts",
        limit=int(most) + 1,
        count=len(years),
        years=f"{years[0]}–{years[-1]}",
    )


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
