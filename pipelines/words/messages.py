"""Sentences with their grammar inside, in ICU MessageFormat: `messages/<table>.csv`.

A table has a row per key and a column per language; what stands before the languages is the key.
Plural, selection and agreement stand in the text. A figure arrives as it is printed, with its
number beside it for grammar alone, so that what may be shown of it is decided in one place
(`pipelines.words.disclosure`).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from icu4py.messageformat import MessageFormat

from schemas import codelists, parameters

FOLDER: Final = Path(__file__).parent / "messages"


@cache
def texts(table: str) -> dict[tuple[str, ...], Mapping[str, str]]:
    """Return the messages of a table by key, each by language, with the numbers of parameters."""
    rows = codelists.rows(FOLDER / f"{table}.csv")
    keys = [name for name in rows[0] if name not in codelists.LANGUAGES]
    return {
        tuple(row[name] for name in keys): {
            column: parameters.fill(text) for column, text in row.items()
        }
        for row in rows
    }


def said(table: str, *key: str, language: str, values: Mapping[str, str | float]) -> str:
    """Return the message of a key with its variables filled.

    Raises:
        KeyError: the table has no such key.
    """
    return _formatter(table, key, language).format(dict(values))


@cache
def _formatter(table: str, key: tuple[str, ...], language: str) -> MessageFormat:
    return MessageFormat(texts(table)[key][language], language)
