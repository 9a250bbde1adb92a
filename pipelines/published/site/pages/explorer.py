"""The explorer: a figure of the reader's choice, drawn in the browser from files of series.

The page has the names and texts in one language; the series, in codes and numbers, are in one file
per indicator that all languages share. They are scripts, since a page opened from disk may not
fetch anything else.
"""

from collections.abc import Iterator
from typing import Any, Final

import orjson

from pipelines.published.charts import explorer_look
from pipelines.published.charts.drawing import as_tokens
from pipelines.published.series import RESERVATIONS
from pipelines.published.site import context, dataset, rendering
from pipelines.published.site.facts.explorer import Explored, read_explored
from pipelines.published.site.wording import sources
from pipelines.words.language import Language

_CODELISTS: Final = {"sex": "sex", "age": "age", "form": "exploitation"}
_COMMON: Final = (
    "break_mark", "embed_back", "files_failed", "files_saved", "footer", "in_year",
    "key_suppressed", "key_suppressed_within", "no_figure", "provenance_newest_repeated",
    "state_rates_calm", "year",
)  # fmt: skip
"""Texts of other pages that the explorer uses."""

SCRIPTS: Final = (
    "explorer_points.js", "explorer_chart.js", "explorer_files.js", "explorer_rules.js",
    "explorer_words.js", "explorer.js",
)  # fmt: skip
"""The scripts that only this page loads, in order."""

_MARKS: Final = ("suppressed", "no_rate", "uncertain", "break", "interval")
"""The marks that an image explains, codes of texts after `image_`."""

read = read_explored


def files(site: context.Site, facts: Explored, language: Language) -> Iterator[context.File]:
    """Yield the page and, with the first language, the series of each indicator."""
    if language.code == site.languages[0].code:
        for indicator, series in facts.series.items():
            code, data = (orjson.dumps(each).decode() for each in (indicator, as_tokens(series)))
            yield f"explorer/{indicator}.js", f"tipstat.receive({code}, {data});\n"
    yield rendering.page(
        site,
        "explorer",
        "explorer.html",
        language,
        scripts=SCRIPTS,
        has_charts=True,
        domains=context.grouped(
            facts.series, lambda code: language.name("domain", facts.domains[code])
        ),
        world=rendering.as_json(_world(site, facts, language)),
        dataset=dataset.described(
            f"{language.code}/explorer.html",
            language.say("explorer_title"),
            f"{language.say('explorer_lead')} {language.say('footer')}",
            sorted({source for source, _ in facts.bases.values()}),
            site,
            language,
            files=dataset.WHOLE,
        ),
    )


def _world(site: context.Site, facts: Explored, language: Language) -> dict[str, Any]:
    """Return the names and texts that the scripts need.

    The explorer's own texts stand there without their prefix.
    """
    own = {
        code.removeprefix("explorer_"): text
        for code, text in language.words.items()
        if code.startswith(("explorer_", "break_short_", "break_counts_"))
    }
    return {
        "locale": language.locale.replace("_", "-"),
        "colon": language.colon,
        "decimal": language.decimal,
        "thousands": language.thousands,
        "first": language.first,
        "embedSize": rendering.embed_size(),
        "chart": explorer_look.layout(),
        "texts": own | {code: language.words[code] for code in _COMMON},
        "marks": {mark: language.say(f"image_{mark}") for mark in _MARKS},
        "reservations": {letter: language.say(code) for letter, code in RESERVATIONS.items()},
        "csv": language.say("csv_columns").split("|"),
        "indicators": {
            code: {
                "name": language.name("indicator", code),
                "definition": language.words.get(f"definition_{code.lower()}", ""),
                "isRate": code in facts.rates,
                "sources": facts.ids[code],
                "states": facts.usual[code],
            }
            for code in facts.series
        },
        "sources": {name: _source(name, site, facts, language) for name in facts.bases},
        "states": [
            [code, language.name("area", code), site.iso2[code]]
            for code in site.states[language.code]
        ],
        "parts": {
            split: [[code, language.name(_CODELISTS[split], code)] for code in codes]
            for split, codes in facts.parts.items()
        },
        "reasons": language.names["remark"],
        "population": [
            language.say(
                "explorer_population",
                publisher=each["publisher"],
                title=each["title"],
                released=sources.release_text(each, [each["release"]], language),
                licence=each["licence"],
            )
            for each in site.population.values()
        ],
    }


def _source(name: str, site: context.Site, facts: Explored, language: Language) -> dict[str, Any]:
    """Return what names a series: publisher, kind of year, source line and release."""
    source, basis = facts.bases[name]
    own = site.sources[source]
    kind = language.name("time_basis", basis)
    short = own["short_name"]
    return {
        "name": short if basis == "CY" else f"{short} ({kind})",
        "short": short,
        "kind": kind,
        "line": sources.source_form(own, "{released}", language),
        "released": {
            read: [sources.release_form(own, read, several, language) for several in (False, True)]
            for read in sorted({*own["read_in"].values()})
        },
        "readIn": {day: read for day, read in own["read_in"].items() if read != "OWN"},
        "csv": site.may_redistribute(source),
    }
