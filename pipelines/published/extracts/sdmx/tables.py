"""Read the tables of names in this folder."""

from functools import cache
from pathlib import Path
from typing import Final

from schemas import codelists

_TABLES: Final = Path(__file__).parent


@cache
def table(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the tables, each by column."""
    return codelists.rows(_TABLES / f"{name}.csv")
