"""The index of the search in the bar, a script per language: titles, addresses and other names.

Beside it are the groups of states, each with its names and its members' places in the index.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Final

import duckdb

from pipelines.published.charts.assessed import codes_on
from pipelines.published.site import context, rendering
from pipelines.published.site.facts.sentences import Sentences, read_sentences
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.pages import knowledge, knowledge_of_state, method
from pipelines.words import interface_text
from pipelines.words.language import Language
from schemas import codelists

_ALIASES: Final = Path(__file__).parents[3] / "words" / "area_alias.csv"
_GLOSSARY: Final = "glossary_"
_WORD: Final = "_word"
_SECTIONS: Final = ("trends", "practices", "assistance", "demand")
"""Rows of the page on item 26: anchors, and ends of the codes of their titles and words."""

_GROUPS: Final = (
    "caricom_full_member",
    "sica_member",
    "mercosur_state_party",
    "andean_member",
)
"""Groups of states: columns of the code list of areas."""

Entry = tuple[str, str, str, int, list[str]]
"""Title, second line, address below the language's folder, whether it is a state, other names."""


@dataclass(frozen=True)
class SearchFacts:
    """The sentences, of which a state's entry has the first, and the totals of indicators."""

    sentences: Sentences
    totals: Totals


def read(connection: duckdb.DuckDBPyConnection) -> SearchFacts:
    """Return the facts of the index."""
    return SearchFacts(read_sentences(connection), read_totals(connection))


def files(site: context.Site, facts: SearchFacts, language: Language) -> Iterator[context.File]:
    """Yield the index in one language."""
    # Of entries that fit what is typed alike, the first here comes first.
    entries: list[Entry] = [
        *_states(site, facts.sentences, language),
        *_indicators(site, facts.totals, language),
        *_pages(site, language),
        *_assessed(language),
        *(
            (
                source["short_name"],
                f"{language.say('find_source')} · {source['title']}",
                f"data.html#{code}",
                0,
                [code, source["publisher"], source["title"]],
            )
            for code, source in site.sources.items()
        ),
        *(
            (text, language.say(term), f"method.html#{term.replace('_', '-')}", 0, [])
            for code, text in language.words.items()
            if code.startswith(_GLOSSARY) and code.endswith(_WORD)
            for term in [code.removesuffix(_WORD)]
        ),
        *(
            (
                language.say(f"method_{each}"),
                language.say("menu_method"),
                f"method.html#{each}",
                0,
                [],
            )
            for each in (*method.SECTIONS, "lists")
        ),
        *_figures(site, language),
    ]
    found = {"index": entries, "groups": [*_groups(site.states[language.code], language)]}
    text = f"Object.assign(window.tipstat, {rendering.as_json(found)});\n"
    yield f"static/search-{language.code}.js", text


def _states(site: context.Site, sentences: Sentences, language: Language) -> Iterator[Entry]:
    for area in site.states[language.code]:
        note = sentences[area, "HAPPENED", language.code].text
        names = [codelists.labels("area", each)[area] for each in codelists.LANGUAGES]
        others = dict.fromkeys([area, site.iso2[area], *names, *_aliases()[area]])
        yield language.name("area", area), note, f"country/{area.lower()}.html", 1, list(others)


def _groups(
    states: Sequence[str], language: Language
) -> Iterator[tuple[str, list[str], list[int]]]:
    """Yield name, other names and members of each group of states."""
    for group in _GROUPS:
        text, is_member = f"find_group_{group}", codelists.column("area", group)
        names = dict.fromkeys([*_in_every_language(text), *_words_for(group)])
        members = [at for at, code in enumerate(states) if is_member[code] == "1"]
        yield language.say(text), [*names], members


def _assessed(language: Language) -> Iterator[Entry]:
    """Yield the codes of assessments, by their names in every language."""
    names = [codelists.labels("assessment_code", each) for each in codelists.LANGUAGES]
    for code in codes_on():
        others = [code, *(each[code] for each in names), *_words_for(f"assessment_{code.lower()}")]
        title = language.name("assessment_code", code)
        note = language.say("menu_knowledge")
        yield title, note, knowledge.path(code), 0, list(dict.fromkeys(others))


def _figures(site: context.Site, language: Language) -> Iterator[Entry]:
    """Yield two pages of each state: all figures with its needs, and treaties and assessments."""
    treaties = f"{language.say('find_words_treaties')}, {language.say('find_words_knowledge')}"
    for area in site.states[language.code]:
        name = language.name("area", area)
        title = language.say("figures_title", of_area=language.of_area(area))
        others = [f"{language.say('find_words_needs')}, {name}"]
        yield title, language.say("find_figures"), f"country/{area.lower()}-figures.html", 0, others
        title = f"{language.say('knowledge_of_state')}{language.colon}{name}"
        note = language.say("find_page")
        yield title, note, knowledge_of_state.path(area), 0, [f"{treaties}, {name}"]


def _indicators(site: context.Site, totals: Totals, language: Language) -> Iterator[Entry]:
    """Yield the indicators, first those that most states have."""
    english, states = (
        codelists.labels("indicator", "en"),
        Counter(map(itemgetter(1), totals.by_indicator)),
    )
    names = language.names["indicator"]
    for code, name in sorted(names.items(), key=lambda each: -states[each[0]]):
        definition = language.words.get(f"definition_{code.lower()}", "")
        others = [code, english[code], definition, *_words_for(code.lower())]
        yield name, language.say("indicator"), site.indicator_path(code), 0, others


def _pages(site: context.Site, language: Language) -> Iterator[Entry]:
    for kind, address in (*rendering.MENU, *rendering.foot_menu(site)):
        words = _words_for(kind)
        yield language.say(f"menu_{kind}"), language.say("find_page"), address, 0, words
    for row in _SECTIONS:
        title, note = language.say(f"item26_{row}"), language.say("menu_item26")
        yield title, note, f"item26.html#{row}", 0, _words_for(row)


def _words_for(code: str) -> list[str]:
    """Return the words that lead to a page, section, indicator or group, in every language."""
    texts = _in_every_language(f"find_words_{code}")
    return list(dict.fromkeys(word for text in texts for word in text.split(", ")))


def _in_every_language(text: str) -> list[str]:
    """Return a text in every language; none if there is no such text."""
    every = (interface_text.labels(each) for each in codelists.LANGUAGES)
    return [own[text] for own in every if text in own]


@cache
def _aliases() -> dict[str, list[str]]:
    """Return further names of the states, by code."""
    rows = context.grouped(codelists.rows(_ALIASES), itemgetter("code"))
    return {code: [row["alias"] for row in own] for code, own in rows.items()}
