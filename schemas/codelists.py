"""The only reader of the code lists: `codelists/*.csv`, one file a list, one row a code.

Every list starts with `code, name_en, name_es, name_pt, name_fr, definition, ictip_code`
(`ictip_code` is filled once the value lists of the IC-TIP can be read); what follows belongs to
that list. Adding a code is a row, adding a language is a column.
"""

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

LANGUAGES: Final = ("en", "es", "pt", "fr")
_FOLDER: Final = Path(__file__).parent / "codelists"
NAMES: Final = tuple(sorted(file.stem for file in _FOLDER.glob("*.csv")))

_COLUMNS: Final = {
    "code": "Code.",
    "name_en": "Name in English.",
    "name_es": "Name in Spanish.",
    "name_pt": "Name in Portuguese.",
    "name_fr": "Name in French.",
    "definition": "What the code means.",
    "ictip_code": "Code of the IC-TIP; empty until its lists of values can be read.",
    "parent": "Code of which this one is a part.",
    "level": "How fine it is: 0 total, 1 broad, 2 narrow.",
    "iso2": "ISO 3166-1 alpha-2.",
    "m49": "M49 number of the United Nations.",
    "is_oas": "Whether it is one of the 35 states of the Americas, in 2018 all members of the "
    "Organization of American States.",
    "core": "Whether it is a core indicator, of which coverage and needs are told.",
}

YES_OR_NO: Final = ("core", "is_oas", "corett_2018", "caricom_full_member")
"""Columns that say yes (1) or no (0); an empty cell says neither."""


def describe(column: str) -> str:
    """What a column of a code list holds."""
    return _COLUMNS.get(column, f"{column.replace('_', ' ').capitalize()}, as the list gives it.")


@cache
def load(name: str) -> pd.DataFrame:
    """Return one code list: a row per code, all columns text, `code` first."""
    return read_list(_FOLDER / f"{name}.csv")


def read_list(path: Path) -> pd.DataFrame:
    """Return the rows of a file with the columns of a code list, as text; an empty cell is ""."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


@cache
def codes(name: str) -> tuple[str, ...]:
    """The codes of a list, in the order of its file."""
    return tuple(load(name)["code"])


@cache
def labels(name: str, language: str) -> dict[str, str]:
    """The names of a list's codes in one language (`en`, `es`, `pt` or `fr`)."""
    return labels_of(load(name), language)


def labels_of(frame: pd.DataFrame, language: str) -> dict[str, str]:
    """Return the names of the codes of a list in one language."""
    return dict(zip(frame["code"], frame[f"name_{language}"], strict=True))


@cache
def dtype(*names: str) -> pd.CategoricalDtype:
    """The column type that holds the codes of one list, or of several lists joined.

    A code column of this type cannot hold anything else, so it needs no further check.
    """
    joined = dict.fromkeys(code for name in names for code in codes(name))
    return pd.CategoricalDtype(list(joined), ordered=False)


@cache
def oas_states() -> tuple[str, ...]:
    """The alpha-3 codes of the 35 states of the Americas, in 2018 all members of the OAS."""
    area = load("area")
    return tuple(area.loc[area["is_oas"] == "1", "code"])


def state_of(area: str) -> str:
    """The alpha-3 code of the state to which an area belongs; a state belongs to itself."""
    return _countries().get(area, area)


@cache
def _countries() -> dict[str, str]:
    """The state of each subdivision."""
    frame = load("subdivision")
    return dict(zip(frame["code"], frame["country"], strict=True))
