"""Interface texts of pages and extracts, by code, in each language: `texts/<page>.csv`.

The files have the columns of a code list, but they are no statistics: the warehouse has none. The
definitions of the standard's indicators and of its variables' codes are those of its sheets.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from pipelines.words.language import NARROW_SPACE, THOUSANDS_SIGN, Language
from schemas import codelists, parameters, standard

FOLDER: Final = Path(__file__).parent / "texts"
_THOUSANDS: Final = {"en": ",", "es": NARROW_SPACE, "pt": ".", "fr": NARROW_SPACE}


@cache
def load() -> list[dict[str, str]]:
    """Return all texts: a row per code, with the columns of a code list.

    The number of a parameter stands in them as each language writes it.
    """
    files = sorted(FOLDER.glob("*.csv"))
    texts = [row for file in files for row in codelists.rows(file)] + _definitions()
    names = {f"name_{code}": thousands for code, thousands in _THOUSANDS.items()}
    return [
        row | {name: parameters.fill(row[name], thousands) for name, thousands in names.items()}
        for row in texts
    ]


def _definitions() -> list[dict[str, str]]:
    """Return the definitions in the sheets of the standard, with the columns of a file of texts.

    Thousands of English texts stand apart, as in every figure.
    """
    found = {name: sheet.definition for name, sheet in standard.indicators().items()}
    for sheet in standard.variables().values():
        found |= {f"{sheet.codelist}_{code}": each.definition for code, each in sheet.codes.items()}
    return [
        {f"name_{each}": text[each] for each in codelists.LANGUAGES}
        | {"name_en": re.sub(THOUSANDS_SIGN, NARROW_SPACE, text.en)}
        | {"code": f"definition_{name.lower()}", "definition": "Definition in the standard"}
        for name, text in found.items()
    ]


@cache
def labels(language: str) -> dict[str, str]:
    """Return the texts in one language, by code, with placeholders in braces."""
    return codelists.labels_of(load(), language)


@cache
def language(code: str) -> Language:
    """Return a language with all texts and the names of all code lists."""
    names = {each: codelists.labels(each, code) for each in codelists.NAMES}
    return Language(code, labels(code), names)
