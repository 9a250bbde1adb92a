"""What the command line shows: tables of sources, of accounts and of problems."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd
from rich.console import Group
from rich.table import Table

from pipelines import manifest, paths, sql_files
from schemas.source import Source


def sources_table(sources: Sequence[Source], entries: Sequence[manifest.RawFile]) -> Table:
    """One line per source: id, publisher and title, what is counted, releases at hand."""
    table = _table("source", "publisher and publication", "counted", "releases here")
    for source in sources:
        releases = [entry.release for entry in entries if entry.source == source.id]
        table.add_row(
            source.id,
            f"{source.publisher}: {source.title}",
            source.counted.en,
            "\n".join(releases) or "none",
        )
    return table


def account(warehouse: Path) -> Group:
    """One line per source and release: rows in, what became of them, and below it why."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        accounts = connection.execute(sql_files.query("accounts")).fetchall()
    table = _table("source", "release", "rows in", "published", "quarantined", "set aside")
    reasons = []
    for column in table.columns:
        column.no_wrap = True
    for column in table.columns[2:]:
        column.justify = "right"
    for source, release, *counts, rules, filters in accounts:
        table.add_row(source, release, *(f"{count:,}" for count in counts))
        if rules:
            reasons.append(f"{source} {release} quarantined: {rules}")
        if filters:
            reasons.append(f"{source} {release} set aside: {filters}")
    explained = "\nRules are explained in docs/rules.md; each row is in the table quarantine."
    return Group(table, "", *reasons, explained)


def one_account(account: pd.DataFrame) -> str:
    """An account in one sentence."""
    rows = account.groupby("outcome")["rows"].sum()
    return (
        f"{rows['in']:,} rows: {rows['published']:,} fit for publication, "
        f"{rows.get('quarantined', 0):,} for quarantine, {rows.get('set_aside', 0):,} set aside "
        "by a named filter."
    )


def problems_table(quarantine: pd.DataFrame) -> Table:
    """One line per row and rule that it breaks."""
    table = _table("row", "rule", "column", "found", "what is wrong")
    for problem in quarantine.itertuples():
        row = problem.locator.rpartition("row ")[2]
        table.add_row(row, problem.rule, problem.column, problem.found, problem.message)
    return table


def where_to_look() -> str:
    """The paths to open after a run."""
    return (
        f"\npages      {paths.site() / 'index.html'}\n"
        f"warehouse  {paths.warehouse()}  (DuckDB; begin with published.observation)\n"
        "runs       'make dev' shows them in Dagster"
    )


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
