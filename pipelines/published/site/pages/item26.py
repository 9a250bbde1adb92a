"""Item 26 of the declaration of 2018: five subjects, a sentence and a number each, and needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import duckdb

from pipelines.published.site import context, rendering
from pipelines.published.site.context import Row
from pipelines.published.site.facts.sentences import HAPPENED, Sentences, read_sentences
from pipelines.warehouse.sentences import AMERICAS
from pipelines.words.language import Language, spans

_PARTS: Final = 3
"""The number of tables of needs, side by side where there is room."""
_SHADES: Final = 5
"""The number of shades: each stands for two numbers of indicators, the last for all above."""


class Subject(NamedTuple):
    """A row of the page.

    Attributes:
        code: the subject, in lower case; its anchor and the end of the code of its name.
        number: the number that says most, in words.
        unit: what the number counts.
        sentence: the sentence; two where the subject has two halves.
        where: text and address of each page that it comes from.
    """

    code: str
    number: str
    unit: str
    sentence: str
    where: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Facts:
    """The facts of the page.

    Attributes:
        subjects: rows of published.subject.
        sentences: what the warehouse says in words.
        indicators: number of core indicators by state and step of the needs.
        states: number of states by step.
    """

    subjects: Sequence[Row]
    sentences: Sentences
    indicators: Mapping[tuple[str, str], int]
    states: Mapping[str, int]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the subjects, the sentences on the Americas and the counts of needs."""
    subjects = context.query(connection, "subject").astype(object)
    counts = context.query(connection, "need_count").to_dict("records")
    return Facts(
        subjects=subjects.where(subjects.notna(), None).to_dict("records"),
        sentences=read_sentences(connection),
        indicators={(row["area"], row["need_step"]): row["indicators"] for row in counts},
        states={row["need_step"]: row["states"] for row in counts if row["area"] == AMERICAS},
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page."""
    areas = site.states[language.code]
    each = -(-(len(areas) + 1) // _PARTS)  # the last table has one more row, the states concerned
    happened = facts.sentences.get((AMERICAS, HAPPENED, language.code))
    yield rendering.page(
        site,
        "item26",
        "item26.html",
        language,
        about=happened.text if happened else language.say("item26_title"),
        subjects=[_subject(site, facts, row, language) for row in facts.subjects],
        steps=language.names["need_step"],
        tables=[areas[at : at + each] for at in range(0, len(areas), each)],
        indicators=facts.indicators,
        states=facts.states,
        shade=_shade,
    )


def _shade(indicators: int) -> int:
    """Return the shade of a number of indicators, from 1."""
    return min(indicators // 2 + 1, _SHADES)


def _subject(site: context.Site, facts: Facts, row: Row, language: Language) -> Subject:
    number, unit = language.number(row["part"]), "needs"
    if row["whole"] is not None:
        number = language.say("part_of_whole", part=number, whole=language.number(row["whole"]))
        unit = "states"
    said = [facts.sentences[AMERICAS, each, language.code].text for each in row["questions"]]
    return Subject(
        row["subject"].lower(),
        number,
        language.say(f"item26_unit_{unit}"),
        " ".join(said) or _own_words(row, language),
        _where(site, row, language),
    )


def _own_words(row: Row, language: Language) -> str:
    """Return the sentence on a subject of which no answer is."""
    if row["form"] == "NONE":
        return language.say("item26_none")
    values = {"part": language.number(row["part"])}
    if row["indicator"]:
        values |= {
            "whole": language.number(row["whole"]),
            "count": language.number(len(row["areas"])),
            "indicator": language.name("indicator", row["indicator"]),
            "phrase": language.say(f"phrase_{row['indicator'].lower()}"),
            "areas": ", ".join(language.name("area", each) for each in row["areas"]),
            "years": spans(range(int(row["first_year"]), int(row["last_year"]) + 1)),
        }
    if row["subject"] == "ASSISTANCE":
        return language.say("item26_assistance_known", **values)
    if row["form"] == "KNOWN":
        return language.say("item26_known", **values)
    return language.say(f"item26_{row['subject'].lower()}_nearest", **values)


def _where(site: context.Site, row: Row, language: Language) -> list[tuple[str, str]]:
    """Return text and address of the pages that a row comes from."""
    if row["form"] == "NONE":
        return []
    match row["subject"]:
        case "COMPARABLE":
            code = row["indicator"]
            return [
                (language.name("indicator", code), site.indicator_path(code)),
                (language.say("standard_on_item26"), context.standard_path("index")),
            ]
        case "TRENDS":
            return [(language.say("menu_home"), "index.html")]
        case "ASSISTANCE":
            return [(language.say("item26_needs_below"), "item26.html#needs")]
        case _:
            return [(site.short_name(each), f"data.html#{each}") for each in row["sources"]]
