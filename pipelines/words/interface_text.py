"""Interface texts of pages and extracts, by code, in each language: `texts/<page>.csv`.

The files have the columns of a code list, but they are no statistics: the warehouse has none.
"""

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from schemas import codelists

FOLDER: Final = Path(__file__).parent / "texts"


@cache
def load() -> pd.DataFrame:
    """Return all texts: a row per code, all columns text, `code` first."""
    files = sorted(FOLDER.glob("*.csv"))
    return pd.concat([codelists.read_list(file) for file in files], ignore_index=True)


@cache
def labels(language: str) -> dict[str, str]:
    """Return the texts in one language, by code, with placeholders in braces."""
    return codelists.labels_of(load(), language)
