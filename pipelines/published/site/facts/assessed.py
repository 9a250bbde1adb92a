"""What the United States' reports say of states: statements, reports, and what they say by code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from pipelines.published.charts.assessed import Standings, read_standings
from pipelines.published.site import context
from pipelines.published.site.context import Row


@dataclass(frozen=True)
class Assessed(Standings):
    """The statements on all states, or on one, beside what reports say under each code.

    Attributes:
        reports: rows of sql/assessed_report.sql by state.
        statements: rows of sql/assessed_statement.sql by state.
        agreement: rows of sql/assessed_agreement.sql.
    """

    reports: Mapping[str, Sequence[Row]]
    statements: Mapping[str, Sequence[Row]]
    agreement: Sequence[Row]

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


@context.read_once
def read_assessed(connection: duckdb.DuckDBPyConnection) -> Assessed:
    """Return all statements; nothing without a source of assessments."""
    return Assessed(
        **vars(read_standings(connection)),
        reports=context.rows_by(context.query(connection, "assessed_report"), ["ref_area"]),
        statements=context.rows_by(context.query(connection, "assessed_statement"), ["ref_area"]),
        agreement=context.query(connection, "assessed_agreement").to_dict("records"),
    )
