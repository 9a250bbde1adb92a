"""Interface texts of pages and extracts, by code, in each language.

| list | texts of |
|---|---|
| `site_text` | pages and charts |
| `extract_text` | extracts, which use those of the pages too |

Their files have the columns of a code list, but they are no statistics: the warehouse has none.
"""

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from schemas import codelists

NAMES: Final = ("extract_text", "site_text")
FOLDER: Final = Path(__file__).parent


@cache
def load(name: str) -> pd.DataFrame:
    """Return one list of texts: a row per code, all columns text, `code` first.

    The texts of the site are in one file per page, `texts/<page>.csv`.
    """
    files = [FOLDER / f"{name}.csv"]
    if name == "site_text":
        files += sorted((FOLDER / "texts").glob("*.csv"))
    return pd.concat([codelists.read_list(file) for file in files], ignore_index=True)


@cache
def labels(name: str, language: str) -> dict[str, str]:
    """Return the texts of a list in one language, by code, with placeholders in braces."""
    return codelists.labels_of(load(name), language)
