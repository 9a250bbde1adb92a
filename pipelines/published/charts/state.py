"""The four charts of a state's page: what happened, who, the neighbours, justice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from pipelines.published.charts import groups, lines, ranked
from pipelines.published.charts.declared import STATE, Declared
from pipelines.published.charts.drawing import Chart
from pipelines.published.charts.rates import Rate, read_rates
from pipelines.words.language import Language

VICTIMS: Final = "VIC_DETECT"
PROSECUTED: Final = "PER_PROSEC"
CONVICTED: Final = "PER_CONVICT"


@dataclass(frozen=True)
class ChartFacts:
    """Facts that the charts draw.

    Attributes:
        points: rows of `published.point`, by state and indicator.
        groups: rows of `published.victim_group`, by state.
        rates: rates of detected victims, of all states.
        reported: the newest year of which any state has persons prosecuted.
    """

    points: Mapping[tuple[str, str], Sequence[lines.Row]]
    groups: Mapping[str, Sequence[groups.Row]]
    rates: Sequence[Rate]
    reported: int


def read_charts(connection: duckdb.DuckDBPyConnection) -> ChartFacts:
    """Return what the charts of all states draw."""
    points = lines.read_lines(connection)
    reported = [
        row["year"]
        for (_, indicator), rows in points.items()
        if indicator == PROSECUTED
        for row in rows
        if row["drawn_as"] == "SERIES"
    ]
    rates = read_rates(connection).get(VICTIMS, [])
    return ChartFacts(points, groups.read_groups(connection), rates, max(reported, default=0))


def happened(
    facts: ChartFacts, area: str, sources: Mapping[str, str], language: Language
) -> Chart | None:
    """Return detected victims over the years, what contradicts them, what is newer.

    None without a figure.
    """
    rows = facts.points.get((area, VICTIMS), [])
    name = language.name("indicator", VICTIMS)
    if not rows:
        return None
    caption = f"{name}, {language.name('area', area)}"
    return lines.over_years([lines.Line(name, rows)], sources, language, caption=caption)


def who(facts: ChartFacts, area: str, _: Mapping[str, str], language: Language) -> Chart | None:
    """Return the groups of its victims by sex and age, form, citizenship; None without any."""
    rows = facts.groups.get(area, [])
    return groups.bars(rows, language, _caption("WHO", area, language))


def neighbours(
    facts: ChartFacts, area: str, _: Mapping[str, str], language: Language
) -> Chart | None:
    """Return the rate of detected victims among those of the other states; None without any."""
    if not facts.rates:
        return None
    return ranked.ranked(VICTIMS, facts.rates, area, language)


def justice(
    facts: ChartFacts, area: str, sources: Mapping[str, str], language: Language
) -> Chart | None:
    """Return persons prosecuted and convicted over the years; None without a figure.

    Two lines have no room for what contradicts them or counts something else: the page of all
    figures has it.
    """
    found = []
    for text, indicator, colour, symbol in (
        ("state_prosecuted", PROSECUTED, "accent", "circle"),
        ("state_convicted", CONVICTED, "warm", "square"),
    ):
        every = facts.points.get((area, indicator), [])
        rows = [
            row
            for row in every
            if row["drawn_as"] in ("SERIES", "DOUBTED", "NEWEST", "BESIDE")
            and row["of_indicator"] == indicator
        ]
        if rows:
            found.append(lines.Line(language.say(text), rows, colour, symbol))
    if not found:
        return None
    caption = _caption("JUSTICE", area, language)
    return lines.over_years(found, sources, language, caption=caption, until=facts.reported)


def _caption(question: str, area: str, language: Language) -> str:
    return f"{language.name('question', question)}, {language.name('area', area)}"


CHARTS: Final = [
    Declared(each, STATE, read_charts) for each in (happened, who, neighbours, justice)
]
