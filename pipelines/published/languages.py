"""The languages of all that is published, with the names of codes as the warehouse has them."""

from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.words import interface_text
from pipelines.words.language import NARROW_SPACE, THOUSANDS_SIGN, Language
from schemas import codelists

_BIDI_CONTROLS: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Unicode's embeddings, overrides and isolates of the direction of writing."""


def languages(connection: duckdb.DuckDBPyConnection) -> list[Language]:
    """Return each language with the names of all code lists, as the warehouse has them."""
    lists = {
        name: _spaced(
            connection.execute(
                "select code::varchar as code, name_en, name_es, name_pt, name_fr, definition "  # noqa: S608
                f"from codelist.{name}"
            ).df()
        )
        for name in codelists.NAMES
    }
    texts = _spaced(pd.DataFrame(interface_text.load(), dtype="str"))
    return [
        Language(
            code,
            _texts_of_indicators(lists["indicator"], code) | _names_in(texts, code),
            {name: without_bidi_controls(_names_in(rows, code)) for name, rows in lists.items()},
        )
        for code in codelists.LANGUAGES
    ]


def _spaced(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the thousands of English texts apart, as in every figure."""
    english = rows[["name_en", "definition"]]
    return rows.assign(**english.replace(THOUSANDS_SIGN, NARROW_SPACE, regex=True))


def _texts_of_indicators(rows: pd.DataFrame, language: str) -> dict[str, str]:
    """Return name and definition of each indicator, for those that have no texts of their own.

    `phrase_<code>` is the name inside a sentence; `definition_<code>` is English where the code
    list has no other, and says so.
    """
    foreign = "" if language == "en" else " [en]"
    found: dict[str, str] = {}
    for code, name in _names_in(rows, language).items():
        found[f"phrase_{code.lower()}"] = name[:1].lower() + name[1:]
    for code, text in zip(rows["code"], rows["definition"].fillna(""), strict=True):
        found[f"definition_{code.lower()}"] = f"{text}{foreign}"
    return found


def _names_in(rows: pd.DataFrame, language: str) -> dict[Any, Any]:
    """Return the names of codes in a language; a missing one is the English name and `[en]`."""
    own = rows[f"name_{language}"].fillna("")
    names = own.where(own != "", rows["name_en"] + " [en]")
    return dict(zip(rows["code"], names, strict=True))


def without_bidi_controls(texts: dict[Any, Any]) -> dict[Any, Any]:
    """Return the texts without the characters that change the direction of writing."""
    return {
        name: text.translate(_BIDI_CONTROLS) if isinstance(text, str) else text
        for name, text in texts.items()
    }
