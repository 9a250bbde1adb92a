"""The gate: what must be true of the next version before anybody sees it.

It looks at the files themselves and trusts no step before it: if one was skipped, it refuses.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd

from pipelines import exports, fingerprint, paths, warehouse
from pipelines.harmonise import contract_errors
from pipelines.versions.version import EXTRACTS, SITE, WAREHOUSE
from schemas.contract import CONTRACTS


def reasons(staged: Path, made_from: str) -> list[str]:
    """Why what is staged may not be published, a line each; empty if it may.

    Every part must be there and made from the inputs at hand; every figure must satisfy the
    contract; rows must add up and nothing may be told that is hidden (the checks of sql/check).
    """
    missing = list(_missing(staged, made_from))
    return missing or list(_broken(staged / WAREHOUSE))


def _missing(staged: Path, made_from: str) -> Iterator[str]:
    if not warehouse.is_current(paths.harmonised(), staged / WAREHOUSE):
        yield f"{staged / WAREHOUSE}: not made from the inputs at hand; run 'tipstat run' again"
    if not fingerprint.is_on(staged / SITE / "fingerprint", made_from):
        yield f"{staged / SITE}: not made from the inputs at hand; run 'tipstat run' again"
    if not exports.are_current(staged / EXTRACTS, made_from):
        yield f"{staged / EXTRACTS}: not made from the inputs at hand; run 'tipstat run' again"


def _broken(file: Path) -> Iterator[str]:
    with duckdb.connect(file, read_only=True) as connection:
        yield from warehouse.faults(connection)
        rows = connection.table("harmonised.observation").df()
    yield from contract_errors(_typed(rows), "observation")


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the types of their contract, which DuckDB's come near to."""
    columns = CONTRACTS["observation"].schema.columns
    return rows.astype({name: column.dtype.type for name, column in columns.items()})
