"""Item 26 of the declaration of 2018: five subjects, each with a picture, and needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import duckdb

from pipelines.published.charts import assessed as charts
from pipelines.published.charts import region
from pipelines.published.charts.assessed import ASKED, CREDITED, codes_on
from pipelines.published.charts.region import Panel, read_panel
from pipelines.published.charts.standings import SIGNS, named
from pipelines.published.site import context, rendering
from pipelines.published.site.block import Block
from pipelines.published.site.context import Row
from pipelines.published.site.facts.assessed import Assessed, read_assessed
from pipelines.published.site.facts.sentences import HAPPENED, Sentences, read_sentences
from pipelines.published.site.pages import knowledge
from pipelines.published.site.wording import assessed as wording
from pipelines.published.site.wording.sources import short_line
from pipelines.warehouse.sentences import AMERICAS
from pipelines.words.language import Language, spans
from schemas import codelists

_PARTS: Final = 3
"""The number of tables of needs, side by side where there is room."""
_SHADES: Final = 5
"""The number of shades: each stands for two numbers of indicators, the last for all above."""


_UNITS: Final = {"COMPARABLE": "comparable", "TRENDS": "trends"}
"""What the states have that the number of a subject counts; of others the sentence says it."""


class Subject(NamedTuple):
    """A subject of the page.

    Attributes:
        code: the subject, in lower case; its anchor and the end of the code of its name.
        number: the number that says most, in words.
        unit: what the number counts.
        where: text and address of each page that it comes from.
        block: its sentence and its picture.
    """

    code: str
    number: str
    unit: str
    where: Sequence[tuple[str, str]]
    block: Block


@dataclass(frozen=True)
class Item26Facts:
    """The facts of the page.

    Attributes:
        subjects: rows of published.subject.
        sentences: what the warehouse says in words.
        indicators: number of core indicators by state and step of the needs.
        states: number of states by step.
        assessed: what the United States' reports say of states.
        panel: the sums of the states that have every year; None if there is none.
    """

    subjects: Sequence[Row]
    sentences: Sentences
    indicators: Mapping[tuple[str, str], int]
    states: Mapping[str, int]
    assessed: Assessed
    panel: Panel | None


def read(connection: duckdb.DuckDBPyConnection) -> Item26Facts:
    """Return the subjects, the sentences on the Americas, the counts of needs, the assessments."""
    subjects = context.query(connection, "subject").astype(object)
    counts = context.query(connection, "need_count").to_dict("records")
    return Item26Facts(
        subjects=subjects.where(subjects.notna(), None).to_dict("records"),
        sentences=read_sentences(connection),
        indicators={(row["area"], row["need_step"]): row["indicators"] for row in counts},
        states={row["need_step"]: row["states"] for row in counts if row["area"] == AMERICAS},
        assessed=read_assessed(connection),
        panel=read_panel(connection),
    )


def files(site: context.Site, facts: Item26Facts, language: Language) -> Iterator[context.File]:
    """Yield the page."""
    areas = site.states[language.code]
    each = -(-(len(areas) + 1) // _PARTS)  # the last table has one more row, the states concerned
    happened = facts.sentences.get((AMERICAS, HAPPENED, language.code))
    subjects = [_subject(site, facts, row, language) for row in facts.subjects]
    yield rendering.page(
        site,
        "item26",
        "item26.html",
        language,
        about=happened.text if happened else language.say("item26_title"),
        subjects=subjects,
        overview=_overview(site, facts.assessed, language),
        signs=SIGNS,
        notes=_notes(facts.assessed, language),
        blocks=[subject.block for subject in subjects],
        steps=language.names["need_step"],
        tables=[areas[at : at + each] for at in range(0, len(areas), each)],
        indicators=facts.indicators,
        states=facts.states,
        shade=_shade,
    )


def _notes(assessed: Assessed, language: Language) -> str:
    """Return how the statements of the reports are to be read, said once for the page."""
    whole = next((row for row in assessed.agreement if row["of_code"] == "_T"), None)
    alpha, most = (
        wording.agreement(each, language) for each in (whole["alpha"] if whole else None, 1)
    )
    texts = [
        language.say("knowledge_view_other"),
        wording.star(language),
        language.say("knowledge_silence"),
        language.say("item26_agreement", alpha=alpha, most=most),
    ]
    return " ".join(texts) if assessed.reports else ""


def _shade(indicators: int) -> int:
    """Return the shade of a number of indicators, from 1."""
    return min(indicators // 2 + 1, _SHADES)


def _subject(site: context.Site, facts: Item26Facts, row: Row, language: Language) -> Subject:
    part, whole, unit = row["part"], row["whole"], _UNITS.get(row["subject"], "states")
    if row["form"] != "KNOWN" and facts.assessed.reports and whole is not None:
        credited = facts.assessed.states(codes_on(row["subject"]), CREDITED)
        part, whole = len(credited), facts.assessed.others
        unit = "credited_demand" if row["subject"] == "DEMAND" else "credited"
    number = language.number(part)
    if whole is None:
        unit = "needs"
    else:
        number = language.say("part_of_whole", part=number, whole=language.number(whole))
    said = [facts.sentences[AMERICAS, each, language.code].text for each in row["questions"]]
    own, *more = said or [_own_words(row, language)]
    reported = _reported(facts.assessed, row, language)
    sentence, *calm = _ordered(row["subject"], own, reported)
    if row["subject"] == "ASSISTANCE":
        calm = [language.say("item26_assistance_unasked")]
    if row["subject"] == "PRACTICES" and reported:
        calm = [language.say("item26_practices_not"), *calm]
    found = _picture(site, facts, row["subject"], language)
    return Subject(
        row["subject"].lower(),
        number,
        language.say(f"item26_unit_{unit}"),
        _where(site, row, language, has_reports=bool(facts.assessed.reports)),
        replace(
            found,
            question=language.say(f"item26_{row['subject'].lower()}"),
            sentence=sentence,
            calm=[*more, *calm, *found.calm],
        ),
    )


def _picture(site: context.Site, facts: Item26Facts, subject: str, language: Language) -> Block:
    """Return the block of a subject, with its picture but without question and sentence."""
    assessed, panel, anchor = facts.assessed, facts.panel, subject.lower()
    if code := {"COMPARABLE": "DATA", "DEMAND": charts.DEMAND}.get(subject):
        found = knowledge.pictured(site, assessed, code, language, anchor)
        return found or Block(anchor, "", "")
    if subject == "TRENDS":
        chart = region.same_states(panel, AMERICAS, {}, language)
        sources = panel.sources if panel else ()
    else:
        draw = charts.practices if subject == "PRACTICES" else charts.assistance
        chart, sources = draw(assessed, AMERICAS, {}, language), [assessed.source]
    if chart is None:
        return Block(anchor, "", "")
    origins = [(source, str(site.sources[source]["release"])) for source in sources]
    return Block(
        anchor,
        "",
        "",
        source=short_line(origins, site.sources, language),
        chart=chart,
        file=f"tipstat-item26-{anchor}-{language.code}",
    )


def _overview(site: context.Site, assessed: Assessed, language: Language) -> dict[str, Any] | None:
    """Return what the last reports say of each state under the codes of most states.

    The code of data comes first and those of demand last. None without a report.
    """
    practices = {code for code, _ in assessed.most((*ASKED, *CREDITED), "PRACTICES")[: charts.MOST]}
    if not practices:
        return None
    subjects = codelists.column("assessment_code", "subject")
    codes = sorted(
        (
            code
            for code in subjects
            if code in practices or subjects[code] in ("COMPARABLE", "DEMAND")
        ),
        key=lambda code: knowledge.SUBJECTS.index(subjects[code]),
    )
    states = [
        (
            assessed.starred(area, language),
            [assessed.recent[area, code] for code in codes],
        )
        for area in site.states[language.code]
    ]
    used = {standing for _, standings in states for standing in standings}
    return {
        "caption": language.say(
            "item26_overview_caption", first=assessed.first, last=assessed.last
        ),
        "codes": [language.name("assessment_code", code) for code in codes],
        "states": states,
        "key": [(sign, named(code, language)) for code, sign in SIGNS.items() if code in used],
        "source": knowledge.source_line(site, assessed.source, language),
    }


def _ordered(subject: str, own: str, reported: str) -> list[str]:
    """Return the sentence of a subject, and what is said below the picture.

    Of practices and demand the reports say more than the figures that there are.
    """
    if not reported:
        return [own]
    match subject:
        case "PRACTICES" | "DEMAND":
            return [reported, own]
        case "ASSISTANCE":
            return [f"{own} {reported}"]
        case _:
            return [own, reported]


def _reported(assessed: Assessed, row: Row, language: Language) -> str:
    """Return what the reports of the last years say on a subject; "" where they say nothing."""
    if not assessed.reports or row["subject"] == "TRENDS":
        return ""
    subject, codes = row["subject"].lower(), codes_on(row["subject"])
    standings, of = (ASKED, "") if subject == "assistance" else (CREDITED, "PRACTICES")
    return language.say(
        f"item26_{subject}_reported",
        first=assessed.first,
        last=assessed.last,
        part=language.number(len(assessed.states(codes, CREDITED))),
        whole=language.number(assessed.others),
        asked=language.number(len(assessed.states(codes, ASKED))),
        most=wording.most(assessed.most(standings, of), language),
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


def _where(
    site: context.Site, row: Row, language: Language, *, has_reports: bool
) -> list[tuple[str, str]]:
    """Return text and address of the pages that a row comes from."""
    own = [] if row["form"] == "NONE" else _where_figures(site, row, language)
    if not has_reports or row["subject"] == "TRENDS":
        return own
    page = {"COMPARABLE": "data", "DEMAND": "demand"}.get(row["subject"], "index")
    return [(language.say("menu_knowledge"), f"knowledge/{page}.html"), *own]


def _where_figures(site: context.Site, row: Row, language: Language) -> list[tuple[str, str]]:
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
