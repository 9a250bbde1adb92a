"""Failing cases of rules that somebody has looked at, so that only others warn.

`data/known_cases.csv` has a line for each rule and release. Cases are known while they are
those of a line: the checksum covers state, indicator, period, subject and verdict, no figure. After
a new release or a changed rule, look at what warns (`tipstat query "from main.rule_result where
..."`), rewrite the file with `make known-cases`, and review how it differs.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.lib import paths
from pipelines.lib.errors import TipstatError
from pipelines.raw import record_csv
from pipelines.warehouse import sql_files


class KnownCasesError(TipstatError):
    """The table of known cases cannot be read."""


@dataclass(frozen=True)
class Cases:
    """The failing cases of a rule in a release.

    Attributes:
        rule: name of the rule.
        source: source.
        release: day of the release.
        cases: their number.
        digest: checksum of what they are.
    """

    rule: str
    source: str
    release: str
    cases: str
    digest: str


def known() -> set[Cases]:
    """Return the cases that somebody has looked at.

    Raises:
        KnownCasesError: the table has other columns, or a line is invalid.
    """
    columns = record_csv.columns(Cases)
    lines = record_csv.read_record(paths.known_cases(), Cases, KnownCasesError, columns)
    return {Cases(**cells) for _, cells in lines}


def failing(warehouse: Path) -> list[Cases]:
    """Return the failing cases of a warehouse."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        rows = connection.execute(sql_files.query("failing_cases")).fetchall()
    return [Cases(*map(str, row)) for row in rows]


if __name__ == "__main__":
    record_csv.write(paths.known_cases(), Cases, failing(paths.warehouse()))
