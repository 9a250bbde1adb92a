"""Reads what stands beside the code: tables of names, and queries."""

from pathlib import Path
from typing import Final

import pandas as pd

from pipelines import sql_files

_TABLES: Final = Path(__file__).parent
_QUERIES: Final = Path(__file__).parents[1] / "sql" / "sdmx"


def table(name: str) -> pd.DataFrame:
    """One of the tables, all text; an empty cell is ""."""
    return pd.read_csv(_TABLES / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8")


def query(name: str) -> str:
    """The text of one of the queries."""
    return sql_files.read(_QUERIES / f"{name}.sql").text
