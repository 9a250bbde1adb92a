"""What the rules between rows said of the newest releases, as a built warehouse holds it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from pipelines.warehouse import sql_files

SETTLED: Final = frozenset({"holds", "untestable"})
"""Verdicts that need no reader."""


@dataclass(frozen=True)
class Verdicts:
    """What one rule said.

    Attributes:
        rule: name of the rule.
        severity: WARN, or INFO for a rule that is for reading only.
        counts: cases by verdict; empty if the rule found nothing to look at.
        sample: up to ten failing cases, as in rule_result.
    """

    rule: str
    severity: str
    counts: dict[str, int]
    sample: pd.DataFrame

    @property
    def found(self) -> int:
        """How many cases do not hold."""
        return sum(cases for verdict, cases in self.counts.items() if verdict not in SETTLED)

    @property
    def said(self) -> str:
        """What came out, in words: nothing holds where nothing could be tested."""
        if self.found:
            purpose = "for reading" if self.severity == "INFO" else "to be looked at"
            return f"{purpose}: {self.found:,} {'case' if self.found == 1 else 'cases'}"
        return "holds" if "holds" in self.counts else "no case can be tested"


def read(warehouse: Path) -> list[Verdicts]:
    """The verdicts of every rule, in the order of their names."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        counts = connection.execute(sql_files.query("rule_counts")).df()
        samples = connection.execute(sql_files.query("rule_samples")).df()
    return [
        Verdicts(
            rule=str(rule),
            severity=rows["severity"].iloc[0],
            counts={row.verdict: int(row.cases) for row in rows.itertuples() if row.cases},
            sample=samples[samples["rule"] == rule].drop(columns="rule"),
        )
        for rule, rows in counts.groupby("rule")
    ]
