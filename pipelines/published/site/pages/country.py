"""A page per state: the sentence to cite, five key facts, the figures in tabs, and folds."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb

from pipelines.published.site import context, rendering
from pipelines.published.site.facts.country import Facts, read_facts
from pipelines.published.site.facts.sentences import HAPPENED, Sentence
from pipelines.published.site.facts.total import VICTIMS
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
    sentence = state.facts.sentences[state.area, HAPPENED, language.code]
    return rendering.page(
        state.site,
        "country",
        path(state.area),
        language,
        figures=figures,
        area=state.area,
        subregion=language.say(f"state_subregion_{state.facts.subregions[state.area]}"),
        sentence=sentence.text,
        cite=_cite(state, sentence),
        has_why=state.cited() is not None,
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


def _cite(state: State, sentence: Sentence) -> dict[str, Any]:
    """Return the sources and releases to cite, and what the button copies."""
    language, total = state.language, state.facts.totals.shown(state.area, VICTIMS)
    is_cited = bool(sentence.origins)
    if total and not is_cited:  # a nil that authorities stated, or what only others repeat
        sentence = replace(sentence, origins=[(total.source, total.release)])
    if not sentence.origins:
        return {
            "read": language.say("state_read", count=state.site.searched),
            "copied": language.say(
                "state_copy_none", sentence=sentence.text, edition=context.EDITION
            ),
        }
    limit = phrases.limit(total, language) if total else language.say("footer")
    return {
        "is_cited": is_cited,
        "sources": [
            (
                authored(state.site.sources[source], state.area, "", language),
                common.released(state, source, [release]),
            )
            for source, release in sentence.origins
        ],
        "copied": citing.paragraph([sentence], limit, state.site, state.area, language),
    }
