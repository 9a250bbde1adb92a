"""The only reader of the code lists: `codelists/*.csv`, one file a list, one row a code.

Every list starts with `code, name_en, name_es, name_pt, name_fr, definition`; further columns
belong to that list. To add a code, add a row; to add a language, add a column.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schemas import parameters

if TYPE_CHECKING:  # it takes longer to import than most verbs do
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
    "parent": "Code that includes this one.",
    "additive": "1 for a code that, with the other such codes of the same parent, adds up to it: "
    "of forms those of all forms and of the other forms, else those of all persons.",
    "asked": "FORM: the form of the common standard asks it; RECORDS: the standard has it for case "
    "records; SOURCES: only publishers have it; LISTED: neither has it so far.",
    "counted_as": "Code as which a person of a case record with this code is counted; empty if no "
    "record may have it.",
    "level": "Level of detail: 0 total, 1 broad, 2 narrow.",
    "is_required": "1 for a subdivision without which a country is not whole; 0 for one that "
    "stands as a country too, or where nobody lives.",
    "iso2": "ISO 3166-1 alpha-2.",
    "m49": "M49 number of the United Nations.",
    "is_oas": "1 for the 35 states of the Americas, in 2018 all members of the Organization of "
    "American States.",
    "caricom_full_member": "1 for a full member of the Caribbean Community (CARICOM).",
    "sica_member": "1 for a member of the Central American Integration System (SICA).",
    "mercosur_state_party": "1 for a State Party of Mercosur; Venezuela is one, and suspended.",
    "andean_member": "1 for a member of the Andean Community.",
    "core": "1 for a core indicator of the common standard: coverage and needs are reported for "
    "these.",
    "counts": "What figures count since the break, where that is not what their indicator says.",
    "severity": "doubt: the figure is not cited; caution: it is, but compared with no other; note; "
    "absent: why there is none.",
    "comparability": "Least level of comparability that it sets.",
    "scope": "figure: of one figure; definition: of what is counted in it; series: of the cited "
    "series, at its last year; part: of a part of a total; source: of all its figures; absent: of "
    "a state and indicator without a figure.",
    "rank": "Place among the remarks on a figure: the least is said first.",
    "effects": "Effects that findings may have; empty if no detector finds it.",
    "whole_tables": "1 if findings that keep out name all figures of a table, so that figures of "
    "the release before may be published in their place.",
    "no_answer": "1 if the figure stands for no answer, so that nobody can correct it.",
    "subject": "Subject of item 26 of the declaration of 2018 of the code, whatever the "
    "kind; recommendations of every code also speak of needs for assistance.",
    "indicators": "Indicators, joined by a space, whose figures would tell whether it is done.",
    "needs": "Needs of this database, joined by a space, that would meet what it recommends.",
    "doubts_before": "1 if the release before may be the wrong one of the two.",
}

YES_OR_NO: Final = (
    "core", "is_oas", "corett_2018", "caricom_full_member", "sica_member", "mercosur_state_party",
    "andean_member",
    "is_required", "additive", "whole_tables", "no_answer", "doubts_before",
)  # fmt: skip
"""Columns with 1 for yes and 0 for no; an empty cell means neither."""


def describe(column: str) -> str:
    """Return the description of a column of a code list."""
    return _COLUMNS.get(column, f"{column.replace('_', ' ').capitalize()}.")


@cache
def load(name: str) -> "pd.DataFrame":
    """Return a code list: one row per code, all columns text, `code` first."""
    import pandas as pd

    return pd.DataFrame(listed(name), dtype="str")


def as_written(name: str) -> "pd.DataFrame":
    """Return a code list as its file has it, where `{parameter.<code>}` stands for a number."""
    return read_list(_FOLDER / f"{name}.csv")


def filled(codelist: "pd.DataFrame") -> "pd.DataFrame":
    """Return a list that is as it is written, with the numbers in its texts."""
    return codelist.map(parameters.fill)


def read_list(path: Path) -> "pd.DataFrame":
    """Return the rows of a file with the columns of a code list, as text; an empty cell is ""."""
    import pandas as pd

    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def whole(name: str) -> "pd.DataFrame":
    """Return a code list as readers get it: with what other files say of its codes.

    A column of citizenships may have states too, whose codes are behind those of its file. Which
    indicators are core, the sheets of the standard say.
    """
    import pandas as pd

    from schemas import standard

    own = load(name)
    if name == "indicator":
        core = {code for code, each in standard.indicators().items() if each.kind == "CORE"}
        return own.assign(core=[str(int(code in core)) for code in own["code"]])
    if name != "citizenship":
        return own
    areas = load("area")
    states = areas[~areas["code"].str.startswith("_") & ~areas["code"].isin(own["code"])]
    named = states.reindex(columns=own.columns, fill_value="")
    return pd.concat([own, named], ignore_index=True)


@cache
def codes(name: str) -> tuple[str, ...]:
    """Return the codes of a list, in the order of its file."""
    return tuple(row["code"] for row in listed(name))


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a header, each by column, as text; without pandas.

    Raises:
        ValueError: a row has more or fewer cells than the header.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = filter(None, csv.reader(file))
    for line in lines:
        if len(line) != len(header):
            raise ValueError(
                f"{path.name}: {len(line)} cells, not {len(header)}, in the row {line}"
            )
    return [dict(zip(header, line, strict=True)) for line in lines]


@cache
def listed(name: str) -> list[dict[str, str]]:
    """Return the rows of a code list, each by column, with the numbers in its texts."""
    written = rows(_FOLDER / f"{name}.csv")
    return [{column: parameters.fill(text) for column, text in row.items()} for row in written]


@cache
def column(name: str, column: str) -> dict[str, str]:
    """Return the texts in a column of a list, by code."""
    return {row["code"]: row[column] for row in listed(name)}


def addends(name: str, whole: str = "_T") -> tuple[str, ...]:
    """Return the codes of a list that add up to a whole, none of them twice."""
    return tuple(
        row["code"]
        for row in listed(name)
        if row["additive"] == "1" and row.get("parent", "_T") == whole
    )


def asked(name: str) -> tuple[str, ...]:
    """Return the codes of a list that the form of the common standard asks."""
    return tuple(row["code"] for row in listed(name) if row["asked"] == "FORM")


def labels(name: str, language: str) -> dict[str, str]:
    """Return the names of a list's codes in one language (`en`, `es`, `pt` or `fr`), by code."""
    return column(name, f"name_{language}")


def first_labels(lists: Iterable[str], language: str) -> dict[str, str]:
    """Return the names of the codes of several lists; the first list that has a code names it."""
    found: dict[str, str] = {}
    for name in lists:
        found = labels(name, language) | found
    return found


def labels_of(rows: Iterable[Mapping[str, str]], language: str) -> dict[str, str]:
    """Return the names of the codes in rows with the columns of a list, in one language."""
    return {row["code"]: row[f"name_{language}"] for row in rows}


@cache
def dtype(*names: str) -> "pd.CategoricalDtype":
    """Return the categorical type with the codes of one or several lists.

    A column of this type cannot hold anything else, so it needs no further check.
    """
    import pandas as pd

    joined = dict.fromkeys(code for name in names for code in codes(name))
    return pd.CategoricalDtype(list(joined), ordered=False)


@cache
def oas_states() -> tuple[str, ...]:
    """Return the alpha-3 codes of the 35 states of the Americas, in 2018 all members of the OAS."""
    return tuple(row["code"] for row in listed("area") if row["is_oas"] == "1")


def state_of(area: str) -> str:
    """Return the alpha-3 code of the state that an area belongs to; a state belongs to itself."""
    return column("subdivision", "country").get(area, area)
