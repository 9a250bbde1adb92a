"""The common standard as tables: a row per text of a sheet, per code, per relation to another.

Each row has the version and the status of the standard, so that a table says what it is where it is
read alone.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from schemas import codelists, standard
from schemas.standard.sheet import (
    UNSOURCED,
    Breakdowns,
    Change,
    Grain,
    Indicator,
    Text,
    Variable,
)

_OF_ALL: Final = {
    "version": "Version of the standard.",
    "status": "PROPOSAL, CONSULTATION or ADOPTED.",
}
_LANGUAGES: Final = {"en": "English", "es": "Spanish", "pt": "Portuguese", "fr": "French"}


def _translated(column: str, what: str) -> dict[str, str]:
    """Return a column for each language, with its description."""
    return {f"{column}_{code}": f"{what} in {name}." for code, name in _LANGUAGES.items()}


COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "sheets": _OF_ALL
    | {
        "sheet": "Indicator or variable.",
        "kind": "CORE or SUPPLEMENTARY indicator, or VARIABLE.",
        "meaning": "Number that rises when a figure of before would be another.",
        "field": "Field of the sheet.",
        "place": "Place within the field, from 1.",
        "code": "Code, where the field has codes; the version of a change.",
        **_translated("text", "Text"),
    },
    "codes": _OF_ALL
    | {
        "variable": "Variable.",
        "codelist": "Code list that the code is in.",
        "code": "Code.",
        "parent": "Code of the variable under which it is counted.",
        "grain": "REQUIRED: divides the whole; ASKED: a part that the form asks too; OPTIONAL.",
        **_translated("name", "Name"),
        **_translated("definition", "Definition"),
        **_translated("includes", "What it includes"),
        **_translated("excludes", "What it does not include"),
    },
    "relations": _OF_ALL
    | {
        "sheet": "Indicator or variable.",
        "code": "Code of the variable; empty for the sheet as a whole.",
        "framework": "The other standard or publication.",
        "relation": "How the sheet relates to it; of a code only NONE or NOT_ESTABLISHED.",
        "other_code": "Code or label there.",
        "unit": "Unit of the IC-TIP.",
        "source": "Document that shows it.",
        "address": "Address of the document.",
        **_translated("note", "Note"),
    },
}
"""The columns of each table, with what they hold."""

KEYS: Final = {
    "sheets": ["sheet", "field", "place"],
    "codes": ["variable", "code"],
    "relations": ["sheet", "code", "framework"],
}
"""The columns that tell the rows of each table apart."""

_OF_OTHERS: Final = ("id", "kind", "meaning", "comparability", "codes", "sources")
"""Fields of a sheet that have columns, or a table, of their own."""

Row = dict[str, Any]


def write(folder: Path) -> None:
    """Write the tables into a new folder, as CSV."""
    whole = standard.standard()
    of_all = {"version": whole.version, "status": whole.status}
    folder.mkdir()
    for name, columns in COLUMNS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            written = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            written.writeheader()
            written.writerows(of_all | row for row in _ROWS[name]())


def _every_sheet() -> Iterator[Indicator | Variable]:
    yield from standard.indicators().values()
    yield from standard.variables().values()


def _sheets() -> Iterator[Row]:
    """Yield what each sheet says, in the order of its fields."""
    for sheet in _every_sheet():
        kind = sheet.kind if isinstance(sheet, Indicator) else "VARIABLE"
        of_sheet = {"sheet": sheet.id, "kind": kind, "meaning": sheet.meaning}
        fields: dict[str, Any] = {}
        for field, value in vars(sheet).items():
            if isinstance(value, Breakdowns | Grain):
                fields |= {f"{field}.{name}": each for name, each in vars(value).items()}
            elif field not in _OF_OTHERS:
                fields[field] = value
        for field, value in fields.items():
            for place, each in enumerate(value if isinstance(value, tuple) else (value,), start=1):
                yield of_sheet | {"field": field, "place": place} | _said(each)


def _said(value: Any) -> Row:  # noqa: ANN401  # a field holds texts, codes, or a change
    """Return a value as text in each language, or as code."""
    if isinstance(value, Text):
        return _in_each("text", value)
    if isinstance(value, Change):
        return {"code": value.version} | _in_each("text", value.change)
    if isinstance(value, tuple):
        return {"code": " ".join(value)}
    return {"code": str(value).lower() if isinstance(value, bool) else value}


def _codes() -> Iterator[Row]:
    """Yield each code of each variable, in the order of its list."""
    for variable in standard.variables().values():
        names = {code: codelists.labels(variable.codelist, code) for code in _LANGUAGES}
        required, asked = variable.grain.required, variable.grain.asked
        for code, each in variable.codes.items():
            yield {
                "variable": variable.id,
                "codelist": variable.codelist,
                "code": code,
                "parent": each.parent,
                "grain": (
                    "REQUIRED" if code in required else "ASKED" if code in asked else "OPTIONAL"
                ),
                **{f"name_{language}": own[code] for language, own in names.items()},
                **_in_each("definition", each.definition),
                **(_in_each("includes", each.includes) if each.includes else {}),
                **(_in_each("excludes", each.excludes) if each.excludes else {}),
            }


def _relations() -> Iterator[Row]:
    """Yield how each sheet, and each code of a variable, relates to other standards."""
    for sheet in _every_sheet():
        for framework, each in sheet.comparability:
            yield {
                "sheet": sheet.id,
                "framework": framework,
                "relation": each.relation,
                "other_code": each.code,
                "unit": each.unit,
                **_document(each.source),
                **(_in_each("note", each.note) if each.note else {}),
            }
        if not isinstance(sheet, Variable):
            continue
        for code, own in sheet.codes.items():
            for framework, label in own.map.items():
                row = {"sheet": sheet.id, "code": code, "framework": framework}
                if label in UNSOURCED:
                    yield row | {"relation": label}
                else:
                    yield row | {"other_code": label} | _document(sheet.sources[framework])


def _document(source: str) -> Row:
    """Return title and address of a document; nothing for none."""
    if not source:
        return {}
    document = standard.standard().documents[source]
    return {"source": document.title, "address": document.address}


def _in_each(column: str, text: Text) -> Row:
    return {f"{column}_{language}": text[language] for language in _LANGUAGES}


_ROWS: Final[Mapping[str, Callable[[], Iterator[Row]]]] = {
    "sheets": _sheets,
    "codes": _codes,
    "relations": _relations,
}
