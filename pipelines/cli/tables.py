"""Tables and messages that verbs print: sources, accounts of rows, problems."""

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rich.table import Table

from pipelines.lib import paths
from pipelines.lib.console import plain
from pipelines.raw import manifest
from pipelines.warehouse import sql_files
from schemas.source import Source

if TYPE_CHECKING:  # it takes longer to import than most verbs do
    import pandas as pd
    from pandas.core.groupby.generic import DataFrameGroupBy


def sources_table(sources: Sequence[Source], entries: Sequence[manifest.RawFile]) -> Table:
    """Return a line per source: id, publisher and title, what is counted, its releases."""
    table = headed("source", "publisher and publication", "counted", "releases")
    for source in sources:
        releases = dict.fromkeys(e.release for e in entries if e.source == source.id)
        table.add_row(
            source.id,
            f"{source.publisher}: {source.title}",
            source.counted.en,
            "\n".join(releases) or "none",
        )
    return table


def account(warehouse: Path) -> str:
    """Return a line per source and release with its account of rows; below, the reasons."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        accounts = connection.execute(sql_files.query("accounts")).fetchall()
        corrected = connection.execute(sql_files.query("corrected")).fetchall()
        refused = connection.execute(sql_files.query("refused")).fetchall()
        [(broken,)] = connection.execute("select count(*) from main.quarantine").fetchall()
    headings = ("source", "release", "rows in", "published", "quarantined", "set aside")
    lines = [
        (source, release, *(f"{count:,}" for count in counts))
        for source, release, *counts, _, _ in accounts
    ]
    reasons = [
        f"{source} {release} {outcome}: {why}"
        for source, release, *_, rules, filters in accounts
        for outcome, why in (("quarantined", rules), ("set aside", filters))
        if why
    ]
    reasons += [
        f"{source} {release} corrected: {figures:,} figures, by {corrections} lines in "
        f"{paths.corrections()}"
        for source, release, corrections, figures, *_ in corrected
        if corrections
    ]
    reasons += [
        f"{source} {release} {became}: {ids}"
        for source, release, _, _, mended, changed in corrected
        for became, ids in (
            ("mended by the publisher", mended),
            ("changed by the publisher, still found wrong", changed),
        )
        if ids
    ]
    reasons += [
        f"held back: {(name := f'{source} {release}'.strip())}{since}: "
        f"{reason.removeprefix(f'{name}: ')}"
        for source, release, since, reason in refused
    ]
    explained = (
        f"docs/rules.md explains the rules. {sum(row[4] for row in accounts):,} rows are in "
        "quarantine, each counted under the first rule that it breaks; the table main.quarantine "
        f"has a line for every rule that a row breaks, {broken:,} in all."
    )
    return "\n".join([*aligned([headings, *lines]), "", *reasons, "", explained])


def aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return lines with two columns of text, then columns of figures aligned right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


def one_account(account: "pd.DataFrame") -> str:
    """Return an account of rows in one sentence."""
    rows = account.groupby("outcome")["rows"].sum()
    why = {
        outcome: ", ".join(f"{row.rows:,} {row.reason}" for row in reasons.itertuples())
        for outcome, reasons in account.sort_values("rows", ascending=False).groupby("outcome")
    }
    read_as = "".join(
        f" ({how})" for how in account.loc[account["outcome"] == "in", "reason"] if how
    )
    by_rule, by_filter = why.get("quarantined"), why.get("set_aside")
    return (
        f"{rows['in']:,} rows{read_as}: {rows['published']:,} fit for publication, "
        f"{rows.get('quarantined', 0):,} for quarantine, {rows.get('set_aside', 0):,} set aside."
        + (f" By rule: {by_rule}." if by_rule else "")
        + (f" By filter: {by_filter}." if by_filter else "")
    )


def problems(quarantine: "pd.DataFrame") -> "DataFrameGroupBy":
    """Return the rows grouped by problem: those that break a rule in the same way."""
    return quarantine.groupby(["rule", "column", "message"], sort=False, dropna=False)


def problems_table(quarantine: "pd.DataFrame", most: int | None = None) -> Table:
    """Return a line per problem, with the first of its rows and texts and the number of others.

    With `most`, there are no more lines than that.
    """
    table = headed("row", "rule", "column", "found", "what is wrong")
    for (rule, column, message), rows in islice(problems(quarantine), most):
        texts = rows["found"].dropna().unique()  # none where there was nothing to read
        row = re.split("rows? ", rows["locator"].iloc[0])[-1]
        text = f"{plain(texts[0])}{_more(len(texts))}" if len(texts) else ""
        table.add_row(f"{row}{_more(len(rows))}", rule, column, text, plain(message))
    return table


def _more(count: int) -> str:
    """Return the number of those behind the first."""
    return f" and {count - 1:,} more" if count > 1 else ""


def quarantined_by_rule(counts: "pd.DataFrame") -> Table:
    """Return a line per source, release and rule with the number of rows that break it."""
    table = headed("source", "release", "rule", "rows")
    for row in counts.itertuples():
        table.add_row(row.source, row.release, row.rule, f"{row.rows:,}")
    return table


def where_to_look() -> str:
    """Return the paths to open after a run."""
    return (
        f"\npages      {paths.site() / 'index.html'}\n"
        f"extracts   {paths.extracts()}  (SDMX, Parquet, CSV, Excel, ...; begin with README.md)\n"
        f"warehouse  {paths.warehouse()}  (DuckDB; begin with published.national_series)\n"
        "runs       'tipstat dev' shows them in Dagster"
    )


def headed(*headings: str) -> Table:
    """Return an empty table with these headings."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading == "rule")  # to search for
    return table
