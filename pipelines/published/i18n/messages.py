"""Sentences with their grammar inside, in ICU MessageFormat: `messages/<table>.csv`.

A table has a row per code and a column per language. Plural, selection and agreement stand in the
text. A figure arrives as it is printed, with its number beside it for grammar alone, so that what
may be shown of it is decided in one place (`pipelines.published.series.disclosure`).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from icu4py.messageformat import MessageFormat

from schemas import codelists, parameters

FOLDER: Final = Path(__file__).parent / "messages"


@cache
def texts(table: str) -> dict[str, Mapping[str, str]]:
    """Return the messages of a table by code, each by language, with the numbers of parameters."""
    return {
        row["code"]: {column: parameters.fill(text) for column, text in row.items()}
        for row in codelists.rows(FOLDER / f"{table}.csv")
    }


def said(table: str, code: str, language: str, values: Mapping[str, str | float]) -> str:
    """Return the message of a code with its variables filled.

    Raises:
        KeyError: the table has no such code.
    """
    return _formatter(table, code, language).format(dict(values))


@cache
def _formatter(table: str, code: str, language: str) -> MessageFormat:
    return MessageFormat(texts(table)[code][language], language)
