"""The pictures of the page on item 26: one for each of its five subjects."""

from typing import Final

from pipelines.published.charts import groups
from pipelines.published.charts.drawing import Chart
from pipelines.published.charts.region import every_year
from pipelines.published.charts.standings import standings
from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context
from pipelines.published.site.block import Block
from pipelines.published.site.facts.assessed import ASKED, CREDITED, Assessed
from pipelines.published.site.facts.region import Panel
from pipelines.published.site.pages import knowledge
from pipelines.published.site.wording.sources import short_line
from pipelines.words.language import Language

_MOST: Final = 10
"""Number of codes in a picture; the pages of assessments have all."""
_LONGEST: Final = 20
"""Letters of the longest name beside a bar."""


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
            found = _practices(site, assessed, language)
        case _:
            found = _asked_most(site, assessed, language)
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


def _practices(site: context.Site, assessed: Assessed, language: Language) -> Block | None:
    """Return what the last reports say of each state under the codes of most states."""
    codes = [code for code, _ in assessed.most((*ASKED, *CREDITED), "PRACTICES")[:_MOST]]
    if not codes:
        return None
    order = [code for code in language.names["assessment_code"] if code in codes]
    chart = standings(
        [
            (
                "",
                [
                    (language.name("area", area), [assessed.recent[area, code] for code in order])
                    for area in site.states[language.code]
                ],
            )
        ],
        [language.name("assessment_code", code) for code in order],
        language,
        caption=language.say("item26_practices_caption", **_years(assessed)),
        row_heading=language.say("state"),
    )
    return _block(site, assessed, "practices", chart, language)


def _asked_most(site: context.Site, assessed: Assessed, language: Language) -> Block | None:
    """Return to how many states each code was recommended, and how many were credited."""
    asked, credited = assessed.most(ASKED), dict(assessed.most(CREDITED))
    if not asked:
        return None
    states, heading = len(site.states[language.code]), language.say("item26_asked_heading")
    bars = [
        groups.Bar(
            _short(language.name("assessment_code", code)),
            language.number(count),
            100 * count / states,
            look="first" if count == asked[0][1] else "other",
        )
        for code, count in asked[:_MOST]
    ]
    table = Table(
        language.say("item26_asked_caption", **_years(assessed)),
        language.say("knowledge_subject"),
        [language.say("knowledge_asked"), language.say("knowledge_credited")],
        [
            (
                language.name("assessment_code", code),
                [
                    Cell(language.number(count), value=count),
                    Cell(language.number(credited.get(code, 0)), value=credited.get(code, 0)),
                ],
            )
            for code, count in asked
        ],
    )
    chart = Chart(groups.drawn([(heading, bars)], language), table, native="bar")
    return _block(site, assessed, "assistance", chart, language)


def _short(name: str) -> str:
    """Return a name that has room beside a bar; the table has it whole."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _block(
    site: context.Site,
    assessed: Assessed,
    anchor: str,
    chart: Chart | None,
    language: Language,
) -> Block:
    return Block(
        anchor,
        "",
        "",
        source=knowledge.source_line(site, assessed.source, language),
        unit=language.say(f"item26_{anchor}_unit", **_years(assessed)),
        chart=chart,
        calm=[language.say("knowledge_silence"), language.say("knowledge_view_other")],
        file=f"tipstat-item26-{anchor}-{language.code}",
    )


def _years(assessed: Assessed) -> dict[str, int]:
    return {"first": assessed.first, "last": assessed.last}
