"""The pictures of the page on item 26: one of all subjects, and one for each of the five."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipelines.published.charts import groups
from pipelines.published.charts.drawing import Chart
from pipelines.published.charts.region import every_year
from pipelines.published.charts.standings import SIGNS, named
from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context
from pipelines.published.site.block import Block
from pipelines.published.site.facts.assessed import ASKED, CREDITED, Assessed
from pipelines.published.site.facts.region import Panel
from pipelines.published.site.pages import knowledge
from pipelines.published.site.wording import assessed as wording
from pipelines.published.site.wording.sources import short_line
from pipelines.words.language import Language
from schemas import codelists

_MOST: Final = 10
"""Number of codes in a picture; the pages of assessments have all."""


class Overview(NamedTuple):
    """A grid of states and codes.

    Attributes:
        caption: what it shows.
        codes: names of the codes.
        states: the name of each state, and its standing under each code.
        key: pairs of a sign and its meaning.
        source: the source line.
    """

    caption: str
    codes: Sequence[str]
    states: Sequence[tuple[str, Sequence[str]]]
    key: Sequence[tuple[str, str]]
    source: str


def picture(
    site: context.Site,
    assessed: Assessed,
    panel: Panel | None,
    subject: str,
    language: Language,
) -> Block:
    """Return the block of a subject, with its picture but without question and sentence."""
    match subject:
        case "COMPARABLE":
            found = knowledge.by_year_block(site, assessed, ["DATA"], language, "comparable")
        case "DEMAND":
            codes = ["DEMAND", "LABOUR_INSPECTION"]
            found = knowledge.by_year_block(site, assessed, codes, language, "demand")
        case "TRENDS":
            found = _same_states(site, panel, language) if panel else None
        case "PRACTICES":
            found = _counted(site, assessed, CREDITED, "PRACTICES", language)
        case _:
            found = _counted(site, assessed, ASKED, "", language)
    return found or Block(subject.lower(), "", "")


def _same_states(site: context.Site, panel: Panel, language: Language) -> Block:
    """Return the sum of detected victims of the states that have every year."""
    count = len(panel.areas)
    origins = [(source, str(site.sources[source]["release"])) for source in panel.sources]
    return Block(
        "trends",
        "",
        "",
        source=short_line(origins, site.sources, language),
        unit=language.say("home_same_unit", count=count),
        chart=every_year(
            panel.sums,
            language,
            name=language.say("home_panel_sum", count=count),
            caption=language.say("home_panel_caption"),
        ),
        file=f"tipstat-item26-trends-{language.code}",
    )


def overview(site: context.Site, assessed: Assessed, language: Language) -> Overview | None:
    """Return what the last reports say of each state under the codes of most states.

    The code of data comes first and those of demand last. None without a report.
    """
    practices = {code for code, _ in assessed.most((*ASKED, *CREDITED), "PRACTICES")[:_MOST]}
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
            wording.starred(assessed, area, language),
            [assessed.recent[area, code] for code in codes],
        )
        for area in site.states[language.code]
    ]
    used = {standing for _, standings in states for standing in standings}
    return Overview(
        language.say("item26_overview_caption", **_years(assessed)),
        [language.name("assessment_code", code) for code in codes],
        states,
        [(sign, named(code, language)) for code, sign in SIGNS.items() if code in used],
        knowledge.source_line(site, assessed.source, language),
    )


def _counted(
    site: context.Site,
    assessed: Assessed,
    standings: Sequence[str],
    subject: str,
    language: Language,
) -> Block | None:
    """Return to how many states each code was recommended, or how many were credited under it."""
    is_asked = standings is ASKED
    found = assessed.most(standings, subject)
    others = dict(assessed.most(CREDITED if is_asked else ASKED, subject))
    if not found:
        return None
    anchor = "assistance" if is_asked else "practices"
    bars = [
        groups.Bar(
            language.name("assessment_code", code),
            language.number(count),
            100 * count / assessed.others,
            look="first" if count == found[0][1] else "other",
        )
        for code, count in found[:_MOST]
    ]
    columns = ("asked", "credited") if is_asked else ("credited", "asked")
    table = Table(
        language.say(f"item26_{anchor}_caption", **_years(assessed)),
        language.say("knowledge_subject"),
        [language.say(f"knowledge_{column}") for column in columns],
        [
            (
                language.name("assessment_code", code),
                [Cell(language.number(each), value=each) for each in (count, others.get(code, 0))],
            )
            for code, count in found
        ],
    )
    heading = language.say(f"item26_{anchor}_heading")
    return Block(
        anchor,
        "",
        "",
        source=knowledge.source_line(site, assessed.source, language),
        unit=language.say(f"item26_{anchor}_unit", **_years(assessed)),
        chart=Chart(groups.drawn([(heading, bars)], language), table, native="bar"),
        file=f"tipstat-item26-{anchor}-{language.code}",
    )


def _years(assessed: Assessed) -> dict[str, int]:
    return {"first": assessed.first, "last": assessed.last}
