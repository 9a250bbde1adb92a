"""The mapping file: which columns of an extract are which fields, and which labels are which codes.

It is YAML, begun by `tipstat cases begin` and completed by a person. Every value is read as text:
a label `No` or `1` stays what it is. Nothing is guessed; all that is unknown, missing or given
twice is named at once, each with what to write. Labels may also stand in `<name>-labels.csv` beside
it, with columns field, label, code, as `count` begins it of labels that it does not know.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from pipelines.cases.connect import columns_of
from pipelines.cases.errors import CaseError
from pipelines.cases.extract import Extract
from pipelines.cases.texts import said
from pipelines.lib import did_you_mean
from pipelines.lib.accents import without_accents
from pipelines.lib.atomic import replace_bytes
from pipelines.lib.csv_injection import FORMULA, GUARDED
from pipelines.reader.source_metadata import checked_authority
from pipelines.reader.yaml_fields import MetadataError
from schemas import codelists
from schemas.case import EXPLOITATION, FIELDS, allowed_codes
from schemas.source import Authority

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

AMBIGUOUS: Final = ("DD/MM/YYYY", "MM/DD/YYYY")
"""Forms that a date may both have: a mapping file names one of them at most."""

ENCODINGS: Final = ("utf-8", "utf-16", "latin-1")
EXTRACT_KEYS: Final = ("delimiter", "encoding", "table", "sheet")
YEARS: Final = ("first_year", "last_year")
TOP_KEYS: Final = ("confirmed", "country", *YEARS, "publication", *EXTRACT_KEYS, *FIELDS)
FIELD_KEYS: Final = ("column", "labels", "separator", "form", "code")
LABEL_COLUMNS: Final = ("field", "label", "code")


@dataclass(frozen=True, kw_only=True)
class MappedField:
    """A field of the mapping file."""

    column: str = ""  # of the extract; empty if all rows have the same `code`
    labels: dict[str, str]  # codes by label, folded
    separator: str = ""  # between several labels of a cell; empty if there is one
    forms: tuple[str, ...] = ()  # of a date; the first that a text has is its form
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
    found, more = content(path), read_labels(labels_file(path))
    country, names = found.get("country", ""), [name for name in FIELDS if name in found]
    faults = [*_add_labels(more, found), *_head_faults(found)]
    faults += [fault for name in names for fault in _field_faults(name, found[name], country)]
    if faults:
        files = f"{path}, {labels_file(path).name}" if more else path
        raise CaseError(f"{files}: {'; '.join(faults)}")
    fields = {name: _field(found[name]) for name in names}
    first, last = (int(found[key]) for key in YEARS)
    mapping = Mapping(path=path, country=country, first_year=first, last_year=last, fields=fields)
    return mapping, Extract(address=address, **{k: found[k] for k in EXTRACT_KEYS if k in found})


def read_authority(mapping: Path) -> Authority:
    """Return what the authority states of its counts: the part `publication` of a mapping file.

    Raises:
        CaseError: the part is missing, or a line of it is not filled in.
    """
    found = content(mapping).get("publication")
    if found is None:
        raise CaseError(said("publication_missing", mapping=mapping))
    unfilled = [name for name in found if found[name] == OPEN] if isinstance(found, dict) else []
    if unfilled:
        raise CaseError(said("publication_open", mapping=mapping, names="', '".join(unfilled)))
    try:
        return checked_authority(found)
    except MetadataError as error:
        message = str(error)
    raise CaseError(f"{mapping}: publication: {message}")


def language_of(path: Path) -> str:
    """Return the language that a mapping file names, sound or not; English if it names none."""
    try:
        named = re.search(r"\blanguage:\s*[\"']?(\w\w)\b", path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        named = None
    return named[1] if named and named[1] in codelists.LANGUAGES else codelists.LANGUAGES[0]


def labels_file(path: Path) -> Path:
    """Return the file with further labels of a mapping file."""
    return path.with_name(f"{path.stem}-labels.csv")


def refuse_other_columns(mapping: Mapping, extract: Extract) -> None:
    """Refuse an extract that lacks a mapped column; names of the mapping alone are shown."""
    missing = [name for name in mapping.columns if name not in columns_of(extract)]
    if missing:
        names = ", ".join(map(repr, missing))
        raise CaseError(said("no_column", name=extract.name, columns=names, mapping=mapping.path))


def folded(label: str) -> str:
    """Return a label as labels are compared: in lower case, without accents and spaces around."""
    return without_accents(label.strip()).replace("’", "'")


class _Loader(yaml.BaseLoader):  # type: ignore[misc]
    """YAML's loader of plain texts, which collects the keys that are given twice."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.twice: list[str] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        lines: dict[str, int] = {}
        for key, _ in node.value:
            line, name = key.start_mark.line + 1, folded(str(key.value))
            if name in lines:
                about = {"first": f"{lines[name]}", "second": f"{line}"}
                self.twice.append(said("key_lines", key=key.value, **about))
            lines[name] = line
        return super().construct_mapping(node, deep)


def content(path: Path) -> dict[str, Any]:
    """Return what a mapping file holds, all values as text.

    Raises:
        CaseError: it is not YAML, or no mapping.
    """
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        found = loader.get_single_data()
    except OSError as error:
        raise CaseError(f"{path}: {said('unreadable', reason=error.strerror)}") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = said("not_yaml_line", line=f"{mark.line + 1}") if mark else ""
        raise CaseError(said("not_yaml", path=path, line=line)) from None
    if loader.twice:
        raise CaseError(f"{path}: {said('key_twice', keys=', '.join(loader.twice))}")
    if not isinstance(found, dict):
        raise CaseError(said("no_mapping", path=path))
    return found


def _head_faults(found: Map[str, Any]) -> Iterator[str]:
    """Yield what is wrong with what the mapping file says of the whole extract."""
    yield from _unknown_keys(found, TOP_KEYS, "")
    if found.get("confirmed") != "yes":
        yield said("unconfirmed")
    if found.get("country", "") not in codelists.oas_states():
        yield said("country")
    for name in (name for name in FIELDS if FIELDS[name].required and name not in found):
        yield said("missing", name=name, meaning=said(f"field_{name}"))
    wrong = [key for key in YEARS if not re.fullmatch("[0-9]{4}", str(found.get(key)))]
    yield from (said("year", key=key) for key in wrong)
    if not wrong and found["first_year"] > found["last_year"]:
        yield said("years_order")
    given = {key: found[key] for key in EXTRACT_KEYS if key in found}
    yield from (said("not_filled", place=key) for key, text in given.items() if not _filled(text))
    if len(given.get("delimiter", ",")) > 1:
        yield said("delimiter")
    if given.get("encoding", ENCODINGS[0]) not in ENCODINGS:
        yield said("encoding", encodings=", ".join(ENCODINGS))


def _unknown_keys(found: Map[str, Any], known: Sequence[str], place: str) -> Iterator[str]:
    unknown = [key[:60] for key in found if key not in known]
    if unknown:
        keys = "', '".join(unknown)
        yield said("unknown_key", place=place, key=keys, hint=_hint(unknown[0], known))


def _hint(word: str, known: Sequence[str]) -> str:
    near = did_you_mean.match(word, known)
    return said("hint_near", near=near) if near else said("hint_all", known=", ".join(known))


def _filled(text: object) -> bool:
    return isinstance(text, str) and text not in ("", OPEN)


def _field_faults(name: str, found: object, country: str) -> Iterator[str]:
    """Yield what is wrong with a field: its keys, what is not filled in, its kind, its codes."""
    if not isinstance(found, dict):
        yield said("field_column", name=name)
        return
    labels = found.get("labels") or {}
    if not isinstance(labels, dict):
        yield said("field_labels", name=name)
        return
    yield from _unknown_keys(found, FIELD_KEYS, f"{name}: ")
    texts = {key: text for key, text in found.items() if key in FIELD_KEYS and key != "labels"}
    places = texts | {f"'{label}'": code for label, code in labels.items()}
    unfilled = [place for place, text in places.items() if not _filled(text)]
    yield from (said("not_filled", place=f"{name}: {place}") for place in unfilled)
    if unfilled:
        return
    yield from _kind_faults(name, _field(found))
    if FIELDS[name].is_coded:
        for code in sorted({*labels.values(), *filter(None, [texts.get("code")])}):
            yield from _code_faults(name, code, country)


def _field(found: Map[str, Any]) -> MappedField:
    """Return a field of which nothing is wrong."""
    texts = {key: found[key] for key in ("column", "separator", "code") if key in found}
    forms = tuple(filter(None, map(str.strip, found.get("form", "").split(","))))
    labels = {folded(label): code for label, code in (found.get("labels") or {}).items()}
    return MappedField(**texts, forms=forms, labels=labels)


def _kind_faults(name: str, field: MappedField) -> Iterator[str]:
    """Yield what a field of this name cannot have."""
    kind, forms = FIELDS[name], {*field.forms}
    wrong = {
        "column_or_code": bool(field.column) == bool(field.code),
        "needs_column": field.code and not kind.is_coded,
        "no_labels": field.labels and not kind.is_coded,
        "one_label": field.separator and not kind.several,
        "date_form": (name == "date") != bool(forms)
        or not forms <= {*DATE_FORMS}
        or {*AMBIGUOUS} <= forms,
    }
    yield from (said(c, name=name, forms=", ".join(DATE_FORMS)) for c in wrong if wrong[c])


def _code_faults(name: str, code: str, country: str) -> Iterator[str]:
    """Yield what is wrong with a code of a field."""
    allowed = allowed_codes(name, country)
    if code not in allowed:
        held = name == "exploitation" and code in codelists.codes(name)
        text = "code_area" if name == "ref_area" else "code_held" if held else "code_unknown"
        about = {"name": name, "code": code, "country": country, "hint": _hint(code, allowed)}
        yield said(text, **about, codes=", ".join(EXPLOITATION))


def _add_labels(rows: Sequence[Map[str, str]], found: Map[str, Any]) -> Iterator[str]:
    """Add rows of a file with further labels to a mapping; yield what is wrong with them."""
    for name, label, code in ([row[key].strip() for key in LABEL_COLUMNS] for row in rows):
        field = found.get(name)
        labels = (field.get("labels") or {}) if isinstance(field, dict) else None
        if name not in FIELDS or not isinstance(field, dict) or not isinstance(labels, dict):
            yield said("labels_field", name=name)
            continue
        known = {folded(each): each for each in labels}
        label = re.sub("^'(?=[=+@-])", "", label)  # the sign kept a spreadsheet from running it
        if labels.setdefault(known.get(folded(label), label), code) != code:
            yield said("labels_twice", name=name, label=label)
        field["labels"] = labels


def read_labels(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file with further labels; none if there is no such file.

    Raises:
        CaseError: its header is another one.
    """
    if not path.is_file():
        return []
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:  # as Excel saves CSV on Windows
        text = content.decode("cp1252", errors="replace")
    sign = ";" if ";" in text.partition("\n")[0] else ","
    rows = list(csv.DictReader(io.StringIO(text), delimiter=sign, restval=""))
    if rows and not {*LABEL_COLUMNS} <= {*rows[0]}:
        raise CaseError(said("labels_header", path=path))
    return [row for row in rows if any(row[column] for column in LABEL_COLUMNS)]


def begin_labels(path: Path, unknown: Sequence[tuple[str, str]]) -> Path:
    """Add labels without a code to the file beside a mapping, to be filled in; return the file."""
    file = labels_file(path)
    rows = [[row[column] for column in LABEL_COLUMNS] for row in read_labels(file)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    guarded = [(field, re.sub(FORMULA, GUARDED, label), OPEN) for field, label in unknown]
    writer.writerows([LABEL_COLUMNS, *rows, *guarded])
    replace_bytes(file, text.getvalue().encode("utf-8-sig"))
    return file
