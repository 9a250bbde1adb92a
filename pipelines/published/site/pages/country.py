"""A page per state: the sentence to cite, five key facts, the figures in tabs, and folds."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from pipelines.published.site import context, rendering
from pipelines.published.site.facts.country import Facts, read_facts
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.facts.trends import TESTED
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import (
    cards,
    citizenship,
    common,
    compared,
    folds,
    forms,
    grid,
    justice,
    rates,
    sex_age,
    table,
    trend,
)
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import citing, phrases
from pipelines.published.site.wording import state as wording
from pipelines.published.site.wording.sources import authored
from pipelines.words.language import Language
from schemas import codelists

_TABS: Final = (
    trend.figure,
    grid.figure,
    sex_age.figure,
    forms.figure,
    citizenship.figure,
    justice.figure,
    rates.figure,
    compared.figure,
    table.figure,
)


def path(area: str) -> str:
    """Return the path of a state's page below the language's folder."""
    return f"country/{area.lower()}.html"


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts of all states."""
    return read_facts(connection)


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page of every state."""
    for area in site.states[language.code]:
        yield page(State(site, facts, area, site.within(area, language)))


def page(state: State) -> context.File:
    """Return the page of one state."""
    language, figures = state.language, tabs(state)
    shown = state.facts.totals.shown(state.area, VICTIMS)
    newer = state.facts.totals.newer_series(shown) if shown and shown.reason else None
    sentence = wording.sentence_of(state.area, state.facts.totals, language)
    return rendering.page(
        state.site,
        "country",
        path(state.area),
        language,
        figures=figures,
        area=state.area,
        subregion=language.say(f"state_subregion_{state.facts.subregions[state.area]}"),
        sentence=sentence,
        cite=_cite(state, sentence, shown, newer),
        cards=cards.cards(state),
        tabs=figures,
        is_kept_out=bool(state.facts.kept_out.get(state.area)),
        folds=folds.of(state),
        has_convicted=state.cited("PER_CONVICT") is not None,
        compared=",".join([state.area, *neighbours()[state.area]]),
        neighbours=neighbours()[state.area]
        if any(each.anchor == "rates" for each in figures)
        else [],
    )


@cache
def neighbours() -> dict[str, list[str]]:
    """Return the states to compare each state with, the nearest first."""
    rows = codelists.rows(Path(__file__).parent / "state" / "neighbours.csv")
    return {row["area"]: row["neighbours"].split() for row in rows}


def tabs(state: State) -> list[Figure]:
    """Return the figures of the state in the order of their tabs; none is empty."""
    return [figure for each in _TABS if (figure := each(state))]


def _cite(state: State, sentence: str, total: Total | None, newer: Total | None) -> dict[str, str]:
    """Return the publisher and the release to cite, and what the button copies."""
    language = state.language
    if total is None:
        return {
            "read": language.say("state_read", count=state.site.searched),
            "copied": language.say("state_copy_none", sentence=sentence, edition=context.EDITION),
        }
    totals = [total, newer] if newer else [total]
    cited = [
        citing.source(state.site.sources[each.source], each.release, state.area, language)
        for each in totals
    ]
    if phrases.stated_verdict(total) in TESTED:
        cited.append(language.say("cite_own_test"))
    copied = citing.copied(sentence, phrases.limit(total, language), cited, language)
    if not total.reason:
        release = common.released(state, total.source, total.releases)
        return {"read": f"{state.publisher(total.source)}, {release}", "copied": copied}
    return {
        "publisher": authored(state.site.sources[total.source], state.area, "", language),
        "release": common.released(state, total.source, [total.release]),
        "copied": copied,
    }
