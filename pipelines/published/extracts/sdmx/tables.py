"""Read the tables of names in this folder."""

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from schemas import codelists

_TABLES: Final = Path(__file__).parent


@cache
def table(name: str) -> pd.DataFrame:
    """Return one of the tables, all text; an empty cell is ""."""
    return codelists.read_list(_TABLES / f"{name}.csv")
