"""What the United States' reports say of states: statements, reports, and what they say by code."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import duckdb

from pipelines.published.site import context
from pipelines.published.site.context import Row
from schemas import codelists

ASKED: Final = ("RECOMMENDED", "BOTH")
"""Standings of a code that is recommended."""

CREDITED: Final = ("CREDITED", "BOTH")
"""Standings of a code under which an effort is credited."""


@dataclass(frozen=True)
class Assessed:
    """The statements on all states, or on one.

    Attributes:
        reports: rows of sql/assessed_report.sql by state.
        statements: rows of sql/assessed_statement.sql by state.
        by_year: standing by state, report year and code.
        recent: standing in the reports of the last years together, by state and code.
        first: first of these years.
        last: last of them.
        agreement: rows of sql/assessed_agreement.sql.
        source: id of the source; "" without one.
    """

    reports: Mapping[str, Sequence[Row]]
    statements: Mapping[str, Sequence[Row]]
    by_year: Mapping[tuple[str, int, str], str]
    recent: Mapping[tuple[str, str], str]
    first: int
    last: int
    agreement: Sequence[Row]
    source: str

    def of_state(self, area: str) -> "Assessed":
        """Return what is said of one state alone."""
        return replace(
            self,
            reports=context.of_state(self.reports, area),
            statements=context.of_state(self.statements, area),
            by_year=context.of_state(self.by_year, area),
            recent=context.of_state(self.recent, area),
            agreement=(),
        )

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


def codes_on(subject: str = "") -> list[str]:
    """Return the codes of a subject of item 26, or of all, in the order of the list."""
    subjects = codelists.column("assessment_code", "subject")
    return [code for code, own in subjects.items() if own and subject in ("", own)]


@context.read_once
def read_assessed(connection: duckdb.DuckDBPyConnection) -> Assessed:
    """Return all statements; nothing without a source of assessments."""
    recent = context.query(connection, "assessed_recently").to_dict("records")
    standings = context.query(connection, "assessed_standing").to_dict("records")
    reports = context.query(connection, "assessed_report")
    return Assessed(
        context.rows_by(reports, ["ref_area"]),
        context.rows_by(context.query(connection, "assessed_statement"), ["ref_area"]),
        {(row["ref_area"], row["report_year"], row["code"]): row["standing"] for row in standings},
        {(row["ref_area"], row["code"]): row["standing"] for row in recent},
        min((row["first_year"] for row in recent), default=0),
        max((row["last_year"] for row in recent), default=0),
        context.query(connection, "assessed_agreement").to_dict("records"),
        "" if reports.empty else str(reports["source"].iloc[0]),
    )
