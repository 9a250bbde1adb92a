"""What the United States' reports say of states: under a code over the years, and of how many."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import duckdb

from pipelines.published.charts import groups
from pipelines.published.charts.declared import AMERICAS, ASSESSED, Declared
from pipelines.published.charts.drawing import Chart
from pipelines.published.charts.standings import Panel, standings
from pipelines.published.charts.table import Cell, Table
from pipelines.warehouse.rows import rows
from pipelines.words.language import Language
from schemas import codelists

ASKED: Final = ("RECOMMENDED", "BOTH")
"""Standings of a code that is recommended."""

CREDITED: Final = ("CREDITED", "BOTH")
"""Standings of a code under which an effort is credited."""

DEMAND: Final = "DEMAND"
"""The code, and the subject, of measures against demand."""

MOST: Final = 10
"""Number of codes in a picture; the pages of assessments have all."""

_RECENT: Final = """
with recent as (
    select *
    from published.assessment_state
    where
        report_year > (select max(report_year) from published.assessment_state)
        - parameter.reports_of_standing()
)
select
    ref_area,
    code,
    min(report_year) as first_year,
    max(report_year) as last_year,
    case
        when bool_or(standing in ('RECOMMENDED', 'BOTH'))
            then if(bool_or(standing in ('CREDITED', 'BOTH')), 'BOTH', 'RECOMMENDED')
        when bool_or(standing in ('CREDITED', 'BOTH')) then 'CREDITED'
        when bool_and(standing in ('NOT_READ', 'READ_WEAKLY'))
            then if(bool_or(standing = 'READ_WEAKLY'), 'READ_WEAKLY', 'NOT_READ')
        when bool_and(standing in ('NO_CHAPTER', 'NOT_NAMED')) then any_value(standing)
        else 'LIST_CUT'
    end as standing
from recent
group by ref_area, code
order by ref_area, list_position((select list(code) from codelist.assessment_code), code)
"""
"""What the reports of the last years together say under each code.

Only what was read to its end in every one of these years is named in neither list.
"""
_BY_YEAR: Final = """
from published.assessment_state order by
    ref_area, report_year, list_position((select list(code) from codelist.assessment_code), code)
"""


@dataclass(frozen=True)
class Standings:
    """Standings that the reports give under each code.

    Attributes:
        by_year: standing by state, report year and code.
        recent: standing in the reports of the last years together, by state and code.
        first: first of these years.
        last: last of them.
        source: id of the source; "" without one.
        order: the states in alphabetical order, by language.
    """

    by_year: Mapping[tuple[str, int, str], str]
    recent: Mapping[tuple[str, str], str]
    first: int
    last: int
    source: str
    order: Mapping[str, Sequence[str]]

    @property
    def judge(self) -> str:
        """Return the state whose government judges, also itself; "" without a source."""
        return self.source.partition("_")[0].upper()

    @cached_property
    def years(self) -> Sequence[int]:
        """Return the years of the reports."""
        return sorted({year for _, year, _ in self.by_year})

    @cached_property
    def without_chapter(self) -> set[str]:
        """Return the states that the reports do not assess."""
        return {area for (area, _), standing in self.recent.items() if standing == "NO_CHAPTER"}

    @cached_property
    def others(self) -> int:
        """Return the number of states that the reports assess, without that which judges."""
        return len({area for area, _ in self.recent} - self.without_chapter - {self.judge})

    def states(self, codes: Collection[str], standings: Sequence[str]) -> set[str]:
        """Return the states of which the last reports give one of the codes one of the standings.

        That which judges itself is none of them.
        """
        return {
            area
            for (area, code), standing in self.recent.items()
            if code in codes and standing in standings and area != self.judge
        }

    def most(self, standings: Sequence[str], subject: str = "") -> list[tuple[str, int]]:
        """Return codes with their numbers of states, the most first, of one subject or of all.

        What no other code says is no subject of its own and is left out.
        """
        codes = [code for code in codes_on(subject) if code != "OTHER"]
        found = Counter({code: len(self.states([code], standings)) for code in codes})
        return [(code, count) for code, count in found.most_common() if count]

    def starred(self, area: str, language: Language) -> str:
        """Return the name of a state in a picture; a star says that it judges itself."""
        return f"{language.name('area', area)}{'*' * (area == self.judge)}"


def codes_on(subject: str = "") -> list[str]:
    """Return the codes of a subject of item 26, or of all, in the order of the list."""
    subjects = codelists.column("assessment_code", "subject")
    return [code for code, own in subjects.items() if own and subject in ("", own)]


def codes_with(code: str) -> list[str]:
    """Return the codes that are shown with one: with that of demand all codes of its subject."""
    return sorted(codes_on(DEMAND), key=lambda each: each != DEMAND) if code == DEMAND else [code]


def read_standings(connection: duckdb.DuckDBPyConnection) -> Standings:
    """Return what the reports say of all states; nothing without a source of assessments."""
    recent = rows(connection, _RECENT)
    [(source,)] = connection.execute(
        "select coalesce(min(source), '') from published.assessment"
    ).fetchall()
    order = {
        language: connection.execute(
            "select list(code::varchar order by "  # noqa: S608  # codes of languages
            f"name_{language} collate {language}, code) from codelist.area where is_oas"
        ).fetchall()[0][0]
        for language in codelists.LANGUAGES
    }
    return Standings(
        {
            (row["ref_area"], row["report_year"], row["code"]): row["standing"]
            for row in rows(connection, _BY_YEAR)
        },
        {(row["ref_area"], row["code"]): row["standing"] for row in recent},
        min((row["first_year"] for row in recent), default=0),
        max((row["last_year"] for row in recent), default=0),
        source,
        order,
    )


def assessed(known: Standings, code: str, _: Mapping[str, str], language: Language) -> Chart | None:
    """Return what reports say of each state under a code over the years; None if no report does."""
    if code not in codes_on():  # it says that there is nothing to code
        return None
    codes, years = codes_with(code), known.years
    panels: list[Panel] = [
        (
            language.name("assessment_code", each) if len(codes) > 1 else "",
            [
                (
                    known.starred(area, language),
                    [known.by_year[area, year, each] for year in years],
                )
                for area in known.order[language.code]
                if years
            ],
        )
        for each in codes
    ]
    named = " · ".join(language.name("assessment_code", each) for each in codes)
    return standings(
        panels,
        [str(year) for year in years],
        language,
        caption=language.say("knowledge_by_year", codes=named),
        unit=language.say("knowledge_by_year_unit", codes=named),
        row_heading=language.say("state"),
    )


def practices(known: Standings, _: str, __: Mapping[str, str], language: Language) -> Chart | None:
    """Return under which practices most states were credited with an effort; None without any."""
    return _counted(known, "practices", "PRACTICES", language)


def assistance(known: Standings, _: str, __: Mapping[str, str], language: Language) -> Chart | None:
    """Return what was recommended to most states; None without any."""
    return _counted(known, "assistance", "", language)


def _counted(known: Standings, name: str, subject: str, language: Language) -> Chart | None:
    """Return bars of the states that each code was recommended to, or credited under it."""
    columns = {"credited": CREDITED, "asked": ASKED}
    if name == "assistance":
        columns = {"asked": ASKED, "credited": CREDITED}
    first, second = columns.values()
    found, others = known.most(first, subject), dict(known.most(second, subject))
    if not found:
        return None
    bars = [
        groups.Bar(
            language.name("assessment_code", code),
            language.number(count),
            100 * count / known.others,
            look="first" if count == found[0][1] else "other",
        )
        for code, count in found[:MOST]
    ]
    years = {"first": known.first, "last": known.last}
    table = Table(
        language.say(f"item26_{name}_caption", **years),
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
    figure = groups.drawn([(language.say(f"item26_{name}_heading"), bars)], language)
    return Chart(figure, table, native="bar", unit=language.say(f"item26_{name}_unit", **years))


CHARTS: Final = [
    Declared(assessed, ASSESSED, read_standings),
    Declared(practices, AMERICAS, read_standings),
    Declared(assistance, AMERICAS, read_standings),
]
