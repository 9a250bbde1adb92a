"""Begin the mapping file of an extract: propose columns by name and codes of known labels.

Names of columns are compared with `column_names.csv`, labels with those that the reader knows (our
code lists in four languages, and HTCDS, whose ChildLabour is left to a person). All is marked to be
confirmed. A column with an unknown name is not written: in a file without a header, the name would
be part of a record. An unknown label is written if at least ten persons have it, rarer ones are
counted.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipelines.cases.account import listed
from pipelines.cases.coded_rows import persons_by_cell, rows_by_date_form
from pipelines.cases.connect import columns_of, opened, spill_folder
from pipelines.cases.errors import CaseError, address_name, sealed
from pipelines.cases.extract import Extract
from pipelines.cases.mapping import AMBIGUOUS, DATE_FORMS, OPEN, YEARS, folded
from pipelines.cases.texts import said
from pipelines.cases.translate import MOST_LABELS, MOST_SHOWN, SHOWN_FROM, is_age
from pipelines.lib.accents import without_accents
from pipelines.reader.known_labels import known_codes
from pipelines.reader.workbooks import sheet_names
from schemas import codelists
from schemas.case import FIELDS, allowed_codes

_COLUMN_NAMES: Final = Path(__file__).with_name("column_names.csv")
DELIMITERS: Final = (",", ";", "\t", "|")
SEPARATORS: Final = (";", "|", "/")
STATED: Final = ("publisher", "language", "licence", "page", "coll_method", "def_scope")
"""Lines of `publication`, which readers of the figures see."""

PARTICLES: Final = frozenset({"de", "del", "da", "do", "du", "des", "d", "of", "la", "l"})
"""Words that names of columns may have or not."""

VICTIM: Final = frozenset({"victim", "victima", "victime", "vitima"})
"""Word that names of columns may have: the sex of the victim."""


def begun_mapping(
    address: str, country: str, table: str, memory: str = "", language: str = ""
) -> str:
    """Return the text of a mapping file for an extract.

    Args:
        address: file, folder or database.
        country: alpha-3 code of the state; empty if it is left open.
        table: of a database, or sheet of a workbook.
        memory: that the engine may use before it spills.
        language: of the authority's name and report; empty if it is left open.

    Raises:
        CaseError: the extract cannot be read.
    """
    extract = Extract(address=address, table=table, sheet=table)
    return sealed(address_name(address), lambda: _begun(extract, country, memory, language))


def known_labels(field: str, country: str) -> dict[str, str]:
    """Return the codes of the labels that are known of a field, by label in lower case."""
    allowed = allowed_codes(field, country)
    found = known_codes(field, country)
    return {folded(label): code for label, code in found.items() if code in allowed}


def proposed_columns(columns: Sequence[str]) -> dict[str, str]:
    """Return the proposed column of each field: the first known name that the extract has."""
    simple = {"".join(each): name for name in reversed(columns) for each in _words(name)}
    found: dict[str, str] = {}
    for field, name in map(dict.values, codelists.rows(_COLUMN_NAMES)):
        column = simple.get("".join(_words(name)[-1]))
        if column and column not in found.values():
            found.setdefault(field, column)
    return found


def _words(name: str) -> list[list[str]]:
    """Return the words of a column's name without particles: without its victim too, and whole."""
    words = re.split(r"[\W_]+", without_accents(name))
    whole = [word for word in words if word not in PARTICLES]
    return [[word for word in whole if word not in VICTIM], whole]


def _begun(extract: Extract, country: str, memory: str, language: str) -> str:
    if extract.format == "csv":
        extract = _with_layout(extract)
    if extract.format == "workbook" and not extract.sheet:
        sheets = [replace(extract, sheet=name) for name in sheet_names(extract.files[0])]
        extract = max(sheets, key=lambda each: len(proposed_columns(_columns_of(each))))
    columns = proposed_columns(columns_of(extract))
    cells, dates = _occurring(extract, columns, memory) if columns else ({}, {})
    lines = [f"# {said(f'begin_{part}')}" for part in ("columns", "check", "codes")]
    lines += ["confirmed: no", f"country: {country or _quoted(OPEN)}"]
    lines += [f"{year}: {_quoted(OPEN)}  # {said('begin_years')}" for year in YEARS]
    lines += [f"publication:  # {said('begin_publication')}"]
    given = dict.fromkeys(STATED, OPEN) | ({"language": language} if language else {})
    lines += [f"  {key}: {_quoted(text)}  # {said(f'begin_{key}')}" for key, text in given.items()]
    lines += _layout_lines(extract)
    for name in FIELDS:
        lines += ["", *_field_lines(name, columns.get(name, ""), cells.get(name, {}), country)]
        if name == "date" and dates:
            lines.append(f"  form: {_date_forms(dates)}")
    return "\n".join(lines) + "\n"


def _occurring(
    extract: Extract, columns: Mapping[str, str], memory: str
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Return the persons of each cell of the coded fields, and the rows of each form of a date."""
    with spill_folder() as spill, opened(extract, [*columns.values()], spill, memory) as records:
        person = columns.get("person", "")
        cells = {
            name: persons_by_cell(records, columns[name], person, MOST_LABELS)
            for name in columns
            if FIELDS[name].is_coded
        }
        return cells, rows_by_date_form(records, columns["date"]) if "date" in columns else {}


def _columns_of(extract: Extract) -> list[str]:
    """Return the columns of a sheet; none if it has no sound header."""
    with suppress(CaseError):
        return columns_of(extract)
    return []


def _date_forms(rows: Mapping[str, int]) -> str:
    """Return the forms that dates have, the commonest first, with the rows of each in a comment.

    Whether the day or the month is first, more rows tell than not.
    """
    found = [form for form in sorted(rows, key=lambda form: -rows[form]) if form and rows[form]]
    either = [form for form in found if form in AMBIGUOUS]
    forms = [form for form in found if form not in either[1:]] or [next(iter(DATE_FORMS))]
    return f"{', '.join(forms)}  {_confirm()}: {listed(rows)}"


def _with_layout(extract: Extract) -> Extract:
    """Return a CSV extract with the encoding and delimiter that its first bytes show."""
    with extract.files[0].open("rb") as file:
        start = file.read(1_000_000)
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = start[: start.rfind(b"\n") + 1].decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "latin-1", start.decode("latin-1")
    first = text.partition("\n")[0]
    return replace(extract, encoding=encoding, delimiter=max(DELIMITERS, key=first.count))


def _layout_lines(extract: Extract) -> Iterator[str]:
    if extract.format == "csv":
        yield f"delimiter: {_quoted(extract.delimiter)}  {_confirm()}"
        yield f"encoding: {extract.encoding}  {_confirm()}"
    if extract.format == "workbook":
        yield f"sheet: {_quoted(extract.sheet)}  {_confirm()}"
    elif extract.table:
        yield f"table: {_quoted(extract.table)}"


def _field_lines(name: str, column: str, cells: Mapping[str, int], country: str) -> Iterator[str]:
    """Yield the lines of a field: column and labels, or how to add it."""
    field = FIELDS[name]
    meaning = f"# {said(f'field_{name}')}" + (f" (HTCDS {field.htcds})" if field.htcds else "")
    if not column:
        sign = "" if field.required else "# "
        yield f"{sign}{name}:  {meaning}"
        yield f"{sign}  column: {_quoted(OPEN)}"
        if name == "date":
            yield f"  form: {_quoted(OPEN)}  # {', '.join(DATE_FORMS)}"
        return
    yield f"{name}:  {meaning}"
    yield f"  column: {_quoted(column)}  {_confirm()}"
    if field.is_coded:
        yield from _label_lines(name, cells, known_labels(name, country))


def _label_lines(name: str, cells: Mapping[str, int], known: Mapping[str, str]) -> Iterator[str]:
    """Yield the separator and a line per label; rare unknown ones are counted in a comment."""
    counts = {
        cell: persons for cell, persons in cells.items() if cell and len(cells) <= MOST_LABELS
    }
    separator = _separator(counts, known) if FIELDS[name].several else ""
    if separator:
        yield f"  separator: {_quoted(separator)}  {_confirm()}"
    labels: dict[str, int] = {}
    for cell, persons in counts.items():
        for label in filter(None, map(str.strip, cell.split(separator) if separator else [cell])):
            labels[label] = labels.get(label, 0) + persons
    unknown = {
        label: persons for label, persons in labels.items()
        if folded(label) not in known and not (name == "age" and is_age(label))
    }  # fmt: skip
    shown = {label: OPEN for label, persons in unknown.items() if persons >= SHOWN_FROM}
    if len(unknown) > MOST_SHOWN:
        shown = {}
    shown |= {label: known[folded(label)] for label in labels if folded(label) in known}
    if shown:
        yield "  labels:"
    alike = {folded(label): label for label in sorted(shown, reverse=True)}  # one line for all
    for label in sorted(alike.values()):
        yield f"    {_quoted(label)}: {_quoted(shown[label])}  {_confirm()}"
    rest = len(unknown) - list(shown.values()).count(OPEN)
    if rest:
        yield f"    # {said('begin_rest', number=rest)}"


def _confirm() -> str:
    return f"# {said('begin_confirm')}"


def _separator(cells: Mapping[str, int], known: Mapping[str, str]) -> str:
    """Return the sign that separates known labels in some cell; empty if none does."""
    for sign in SEPARATORS:
        for cell in cells:
            parts = [folded(part) for part in cell.split(sign)]
            if len(parts) > 1 and all(part in known for part in parts):
                return sign
    return ""


def _quoted(text: str) -> str:
    """Return text in YAML's double quotation marks; signs that a terminal may obey are escaped."""
    signs = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in signs)
