"""Reads the tables of names that stand beside the code."""

from pathlib import Path
from typing import Final

import pandas as pd

_TABLES: Final = Path(__file__).parent


def table(name: str) -> pd.DataFrame:
    """One of the tables, all text; an empty cell is ""."""
    return pd.read_csv(_TABLES / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8")
