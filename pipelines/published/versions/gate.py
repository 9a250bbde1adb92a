"""The gate: checks of the next version before it is published.

It reads the files themselves and trusts no earlier step: if one was skipped, it refuses.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from pipelines.cases.gate import unproven
from pipelines.harmonised.contract_check import contract_errors
from pipelines.published import extracts
from pipelines.published.versions import complete
from pipelines.published.versions.version import EXTRACTS, WAREHOUSE
from pipelines.sources import discover
from pipelines.warehouse import checks, sql_files
from pipelines.words.disclosure import WITHHELD
from schemas.contract import CONTRACTS
from schemas.figure import FigureError, parse_sum

CERTIFICATES: Final = EXTRACTS / extracts.CERTIFICATES
"""Folder of the proofs of disclosure control, for sources counted from records of persons."""


def reasons(staged: Path, made_from: str) -> list[str]:
    """Return the reasons not to publish what is staged, a line each; empty if there are none.

    Every part must be there and made from the inputs at hand; every figure must satisfy the
    contract and equal its printed text; rows must add up and reveal no hidden figure (the checks in
    sql/check). Figures counted from records of persons must have a certificate that proves them.
    """
    missing = list(complete.missing(staged, made_from))
    return missing or [*_broken(staged / WAREHOUSE), *unproven_records(staged)]


def unproven_records(staged: Path) -> list[str]:
    """Return a line for each source counted from records of persons that lacks a proof."""
    return unproven(staged / WAREHOUSE, staged / CERTIFICATES)


def _broken(file: Path) -> Iterator[str]:
    with duckdb.connect(file, read_only=True) as connection:
        yield from checks.faults(connection)
        yield from misread(connection)
        rows = connection.table("harmonised.observation").df()
    yield from contract_errors(_typed(rows), "observation")


def misread(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield figures that differ from their printed text: a file was damaged after it was read."""
    figures, known = connection.execute(sql_files.query("distinct_figures")).df(), discover()
    for row in figures.itertuples():
        source = known[row.source].source
        least = int(row.least) if source.zeros_printed else 0
        reading = _read_again(row.value_raw, source.number_locale, least)
        if reading != tuple(
            None if pd.isna(each) else each for each in (row.value, row.lower, row.upper)
        ):
            bounds = f"{row.value:,.12g} ({row.lower:,.12g} to {row.upper:,.12g})"
            yield (
                f"{row.source}: '{row.value_raw}' stands as {bounds}; remove "
                f"data/harmonised/{row.source}, then 'tipstat run'"
            )


def _read_again(text: str, locale: str, least: int) -> tuple[float | None, ...] | None:
    """Return value, lower and upper of a printed text; None if it has no single reading.

    `least` is the least count that `<5` may hide.
    """
    if text == WITHHELD:
        return None, 0, None
    try:
        return parse_sum(text, locale, least)[:3]
    except FigureError:
        return None


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the types of their contract instead of DuckDB's."""
    columns = CONTRACTS["observation"].schema.columns
    lists = [name for name, column in columns.items() if (column.metadata or {}).get("is_list")]
    joined = rows.assign(**{name: rows[name].map(";".join) for name in lists})
    return joined.astype({name: column.dtype.type for name, column in columns.items()})
