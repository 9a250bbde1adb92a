"""The mapping file: which columns of an extract are which fields, and which labels are which codes.

It is YAML, begun by `tipstat cases begin` and completed by a person. Every value is read as text:
a label `No` or `1` stays what it is. Nothing is guessed; what is unknown, missing or given twice is
an error that names the field and what to write.
"""

from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from pipelines.cases.connect import columns_of
from pipelines.cases.errors import CaseError
from pipelines.cases.extract import Extract
from pipelines.lib import did_you_mean
from schemas import codelists
from schemas.case import EXPLOITATION, FIELDS, SET_ASIDE, allowed_codes

OPEN: Final = "?"
"""Value that a person still has to replace."""

DATE_FORMS: Final = {
    "YYYY-MM-DD": "ymd",
    "DD/MM/YYYY": "dmy",
    "MM/DD/YYYY": "mdy",
    "YYYYMMDD": "ymd",
    "YYYY": "y",
}
"""Forms of a date; in the first three the sign between may be `-`, `/` or `.`."""

ENCODINGS: Final = ("utf-8", "utf-16", "latin-1")
EXTRACT_KEYS: Final = ("delimiter", "encoding", "table")
HEAD_KEYS: Final = ("confirmed", "country", "first_year", "last_year", "publication")
TOP_KEYS: Final = (*HEAD_KEYS, *EXTRACT_KEYS, *FIELDS)
FIELD_KEYS: Final = ("column", "labels", "separator", "form", "code")


@dataclass(frozen=True, kw_only=True)
class MappedField:
    """A field of the mapping file."""

    column: str = ""  # of the extract; empty if all rows have the same `code`
    labels: Map[str, str]  # codes by label, without spaces around it and in lower case
    separator: str = ""  # between several labels of a cell; empty if there is one
    form: str = ""  # of a date
    code: str = ""  # of all rows, in place of a column


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """A checked mapping file."""

    path: Path  # for messages
    country: str  # alpha-3 code of the state whose extract it is
    first_year: int  # rows of years before it are set aside
    last_year: int  # and those of years after it
    fields: Map[str, MappedField]

    @property
    def columns(self) -> list[str]:
        """Return the mapped columns of the extract, each once."""
        return list(dict.fromkeys(field.column for field in self.fields.values() if field.column))


def read_mapping(path: Path, address: str) -> tuple[Mapping, Extract]:
    """Return a mapping file and the extract to which it belongs.

    Raises:
        CaseError: the file is not a whole and sound mapping, or not confirmed by a person.
    """
    found = content(path)
    try:
        mapping = _checked(path, found)
        given = _layout(found)
    except CaseError as error:
        raise CaseError(f"{path}: {error}") from None
    return mapping, Extract(address=address, **given)


def refuse_other_columns(mapping: Mapping, extract: Extract) -> None:
    """Refuse an extract that lacks a mapped column; names of the mapping alone are shown."""
    missing = [name for name in mapping.columns if name not in columns_of(extract)]
    if missing:
        raise CaseError(
            f"{extract.name}: has no column {', '.join(map(repr, missing))}, which {mapping.path} "
            "names; if its columns changed, begin a new mapping with 'tipstat cases begin'"
        )


def folded(label: str) -> str:
    """Return a label as labels are compared: without spaces around it, in lower case."""
    return label.strip().casefold()


class _Loader(yaml.BaseLoader):  # type: ignore[misc]
    """YAML's loader of plain texts, which refuses a key that is given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        keys = [folded(key.value) for key, _ in node.value if isinstance(key.value, str)]
        if len(set(keys)) < len(keys):
            line = node.start_mark.line + 1
            raise CaseError(f"a key is given twice in the part that begins in line {line}")
        return super().construct_mapping(node, deep)


def content(path: Path) -> dict[str, Any]:
    """Return what a mapping file holds, all values as text.

    Raises:
        CaseError: it is not YAML, or no mapping.
    """
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - plain texts
    except CaseError as error:
        raise CaseError(f"{path}: {error}") from None
    except OSError as error:
        raise CaseError(f"{path}: cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise CaseError(f"{path}{line}: not YAML in UTF-8; put labels in quotation marks") from None
    if not isinstance(found, dict):
        raise CaseError(f"{path}: is not a mapping; begin one with 'tipstat cases begin'")
    return found


def _checked(path: Path, found: dict[str, Any]) -> Mapping:
    _refuse_unknown_keys(found, TOP_KEYS, "")
    if found.get("confirmed") != "yes":
        raise CaseError("not confirmed; check each line, then write 'confirmed: yes'")
    country = found.get("country", "")
    if country not in codelists.oas_states():
        raise CaseError("country: write the three-letter code of a state, such as MEX")
    fields = {name: _field(name, found[name], country) for name in FIELDS if name in found}
    for name, field in FIELDS.items():
        if field.required and name not in fields:
            raise CaseError(f"{name}: is missing ({field.meaning}); name its column")
    first, last = (_year(found, key) for key in ("first_year", "last_year"))
    if first > last:
        raise CaseError("first_year: is after last_year; exchange the two")
    return Mapping(path=path, country=country, first_year=first, last_year=last, fields=fields)


def _layout(found: Map[str, Any]) -> dict[str, str]:
    """Return how the extract is laid out, as far as the mapping file says so."""
    given = {key: _plain_text(found[key], key) for key in EXTRACT_KEYS if key in found}
    if len(given.get("delimiter", ",")) > 1:
        raise CaseError("delimiter: write one character")
    if given.get("encoding", ENCODINGS[0]) not in ENCODINGS:
        raise CaseError(f"encoding: write one of {', '.join(ENCODINGS)}")
    return given


def _refuse_unknown_keys(found: Map[str, Any], known: tuple[str, ...], place: str) -> None:
    for key in found:
        if key not in known:
            raise CaseError(f"{place}unknown key '{key}': {did_you_mean.hint(key, known)}")


def _year(found: Map[str, Any], key: str) -> int:
    text = found.get(key, "")
    if not (isinstance(text, str) and text.isdecimal() and len(text) == 4):
        raise CaseError(f"{key}: write the year, such as 2019; count whole years only")
    return int(text)


def _field(name: str, found: object, country: str) -> MappedField:
    """Return a field after checks of its keys, its form and its codes."""
    if not isinstance(found, dict):
        raise CaseError(f"{name}: write 'column: NAME' below it")
    _refuse_unknown_keys(found, FIELD_KEYS, f"{name}: ")
    labels = found.get("labels") or {}
    if not isinstance(labels, dict):
        raise CaseError(f"{name}: write a line 'label: code' for each label")
    texts = {key: _plain_text(found[key], f"{name}: {key}") for key in found if key != "labels"}
    field = MappedField(
        **texts,
        labels={folded(key): _plain_text(code, f"{name}: '{key}'") for key, code in labels.items()},
    )
    _check_kind(name, field)
    for code in [*field.labels.values(), *filter(None, [field.code])]:
        _check_code(name, code, country)
    return field


def _plain_text(value: object, place: str) -> str:
    if not isinstance(value, str) or value in ("", OPEN):
        raise CaseError(f"{place}: is not filled in")
    return value


def _check_kind(name: str, field: MappedField) -> None:
    """Refuse keys that a field of this name cannot have."""
    if bool(field.column) == bool(field.code):
        raise CaseError(f"{name}: write either 'column' or, for all rows alike, 'code'")
    if field.code and not FIELDS[name].is_coded:
        raise CaseError(f"{name}: needs a column")
    if field.labels and not FIELDS[name].is_coded:
        raise CaseError(f"{name}: has no labels; delete them")
    if field.separator and not FIELDS[name].several:
        raise CaseError(f"{name}: a person has one; delete 'separator'")
    if (name == "date") != bool(field.form) or field.form not in ("", *DATE_FORMS):
        raise CaseError(f"{name}: 'form' is for date alone, one of {', '.join(DATE_FORMS)}")


def _check_code(name: str, code: str, country: str) -> None:
    allowed = allowed_codes(name, country)
    if code in allowed:
        return
    if name == "exploitation" and code in codelists.codes(name):
        raise CaseError(
            f"{name}: '{code}' is part of another code or holds others; write one of "
            f"{', '.join(EXPLOITATION)}"
        )
    if name == "ref_area":
        raise CaseError(
            f"ref_area: '{code}' is not a listed subdivision of {country}; correct it, or, if "
            "it is its code in ISO 3166-2, add a line to schemas/codelists/subdivision.csv: "
            f"{code},NAME,NAME,NAME,NAME,DEFINITION,,{country} (names in English, Spanish, "
            "Portuguese and French)"
        )
    kind = f" or '{SET_ASIDE}'" if name == "indicator" else ""
    raise CaseError(
        f"{name}: '{code}' is not a code of a person's {name}{kind}: "
        f"{did_you_mean.hint(code, allowed)}"
    )
