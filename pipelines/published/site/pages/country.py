"""A page per state: the sentence to cite, five key facts, the figures in tabs, and folds."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from pipelines.published.i18n.language import Language
from pipelines.published.site import context, rendering
from pipelines.published.site.facts.parts import Parts, read_parts
from pipelines.published.site.facts.totals import Total, Totals, read_totals
from pipelines.published.site.pages.state import trend
from pipelines.published.site.wording import state as wording
from pipelines.published.site.wording.sources import release_text, short_name

VICTIMS = "VIC_DETECT"


@dataclass(frozen=True)
class Facts:
    """The facts of all states."""

    totals: Totals
    parts: Parts


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts of all states."""
    return Facts(read_totals(connection), read_parts(connection))


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page of every state."""
    for area in site.states[language.code]:
        yield page(site, facts, area, language)


def page(site: context.Site, facts: Facts, area: str, language: Language) -> context.File:
    """Return the page of one state."""
    language = site.within(area, language)
    cited = facts.totals.cited(area, VICTIMS)
    sentence = wording.sentence(area, cited, language)
    figures = [trend.figure(site, cited, language)] if cited else []
    return rendering.page(
        site,
        "country",
        f"country/{area.lower()}.html",
        language,
        figures=figures,
        area=area,
        sentence=sentence,
        cite=_cite(site, cited, sentence, language) if cited else None,
        tabs=figures,
    )


def _cite(
    site: context.Site, cited: Total, sentence: str, language: Language
) -> dict[str, str]:
    """Return the publisher and release to cite, and what the button copies."""
    source = site.sources[cited.source]
    return {
        "publisher": short_name(source, language),
        "release": release_text(source, [cited.release], language),
        "copy": language.say(
            "state_copy_text",
            sentence=sentence,
            citation=source["citation"].rstrip("."),
            day=language.day(cited.release),
            edition=site.edition(language),
        ),
    }
