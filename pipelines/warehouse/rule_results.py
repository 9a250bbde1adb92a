"""Results of the rules between rows for the newest releases, from a built warehouse."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from pipelines.warehouse import known_cases, sql_files

SETTLED: Final = frozenset({"holds", "untestable"})
"""Verdicts that need no reader."""


@dataclass(frozen=True)
class Verdicts:
    """The results of one rule.

    Attributes:
        rule: name of the rule.
        severity: WARN, or INFO for a rule that is for reading only.
        counts: cases by verdict; empty if the rule found nothing to look at.
        new: releases with cases that nobody has looked at, as `<source> <release>`.
        sample: up to ten failing cases, as in rule_result.
    """

    rule: str
    severity: str
    counts: dict[str, int]
    new: list[str]
    sample: pd.DataFrame

    @property
    def found(self) -> int:
        """Number of cases that do not hold."""
        return sum(cases for verdict, cases in self.counts.items() if verdict not in SETTLED)

    @property
    def summary(self) -> str:
        """The outcome in words; a rule holds only where something could be tested."""
        if self.found:
            cases = f"{self.found:,} {'case' if self.found == 1 else 'cases'}"
            if self.new:
                return f"{cases}, new in {', '.join(self.new)}"
            return f"for reading: {cases}" if self.severity == "INFO" else f"{cases}, all known"
        return "holds" if "holds" in self.counts else "no case can be tested"


def read_rule_results(warehouse: Path) -> list[Verdicts]:
    """Return the verdicts of every rule, in the order of their names."""
    new = defaultdict(list)
    seen = known_cases.known()
    for case in known_cases.failing(warehouse):
        if case not in seen:
            new[case.rule].append(f"{case.source} {case.release}")
    with duckdb.connect(warehouse, read_only=True) as connection:
        counts = connection.execute(sql_files.query("rule_counts")).df()
        samples = connection.execute(sql_files.query("rule_samples")).df()
    return [
        Verdicts(
            rule=str(rule),
            severity=rows["severity"].iloc[0],
            new=new[str(rule)],
            counts={row.verdict: int(row.cases) for row in rows.itertuples() if row.cases},
            sample=samples[samples["rule"] == rule].drop(columns="rule"),
        )
        for rule, rows in counts.groupby("rule")
    ]
