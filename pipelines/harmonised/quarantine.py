"""Rows in quarantine: which rule each breaks, where it is in the publisher's file, what to do."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.lib import csv_injection

COLUMNS: Final = ("source", "release", "rule", "locator", "column", "found", "message")
"""Columns that a person reads: rule, row in the publisher's file, printed text, remedy."""


def read_quarantine(files: Iterable[Path]) -> pd.DataFrame:
    """Return the quarantined rows in Parquet files, in the order of the files that are there."""
    parts = [pd.read_parquet(file, columns=list(COLUMNS)) for file in files if file.is_file()]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def by_rule(quarantine: pd.DataFrame) -> pd.DataFrame:
    """Return the number of rows by source, release and rule, the newest releases first."""
    counts = quarantine.groupby(["source", "release", "rule"]).size().reset_index(name="rows")
    return counts.sort_values(
        ["source", "release", "rows"], ascending=[True, False, False], ignore_index=True
    )


def write(quarantine: pd.DataFrame, target: Path) -> None:
    """Write quarantined rows as CSV, in which no text is run as a formula."""
    text = quarantine.reindex(columns=list(COLUMNS)).astype("str").where(quarantine.notna(), "")
    guarded = text.replace(csv_injection.FORMULA, csv_injection.GUARDED, regex=True)
    guarded.to_csv(target, index=False, encoding="utf-8")
