"""Begin the mapping file of an extract: propose columns by name and codes of known labels.

Names of columns are compared with `column_names.csv`, labels with those that the reader knows (our
code lists in four languages, and HTCDS, whose ChildLabour is left to a person). All is marked to be
confirmed. A column with an unknown name is not written: in a file without a header, the name would
be part of a record. An unknown label is written if at least ten persons have it, rarer ones are
counted.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipelines.cases.coded_rows import persons_by_cell, rows_by_date_form
from pipelines.cases.connect import columns_of, opened, spill_folder
from pipelines.cases.errors import address_name, sealed
from pipelines.cases.extract import Extract
from pipelines.cases.mapping import DATE_FORMS, OPEN, folded
from pipelines.cases.translate import MOST_LABELS, MOST_SHOWN, SHOWN_FROM, is_age
from pipelines.reader.known_labels import known_codes
from pipelines.reader.refusal import letters_of
from schemas import codelists
from schemas.case import FIELDS, allowed_codes

_COLUMN_NAMES: Final = Path(__file__).with_name("column_names.csv")
CONFIRM: Final = "# to be confirmed"
DELIMITERS: Final = (",", ";", "\t", "|")
SEPARATORS: Final = (";", "|", "/")
HEADER: Final = """\
# Which columns of the extract are which fields, and which labels are which codes.
# Proposed by 'tipstat cases begin'. Check each line, replace each "?", then write 'confirmed: yes'.
# Codes: schemas/codelists. 'set aside' in place of an indicator: rows that are not counted.
confirmed: no"""
PUBLICATION: Final = (
    "publication:  # for readers of the figures; only 'tipstat cases count' needs it",
    '  publisher: "?"  # the authority, as it names itself',
    '  language: "?"  # of its name, and of the report: en, es, pt or fr',
    '  licence: "?"  # name of the terms of use, such as CC BY 4.0',
    '  page: "?"  # address of its description of the figures, https://...',
    '  coll_method: "?"  # whose records, of schemas/codelists/coll_method.csv: NRM, POLICE ...',
    '  def_scope: "?"  # legal scope, of schemas/codelists/def_scope.csv: PALERMO ...',
)


def begun_mapping(address: str, country: str, table: str, memory: str = "") -> str:
    """Return the text of a mapping file for an extract.

    Args:
        address: file, folder or database.
        country: alpha-3 code of the state; empty if it is left open.
        table: of a database.
        memory: that the engine may use before it spills.

    Raises:
        CaseError: the extract cannot be read.
    """
    extract = Extract(address=address, table=table)
    return sealed(address_name(address), lambda: _begun(extract, country, memory))


def known_labels(field: str, country: str) -> dict[str, str]:
    """Return the codes of the labels that are known of a field, by label in lower case."""
    allowed = allowed_codes(field, country)
    found = known_codes(field, country)
    return {label: code for label, code in found.items() if code in allowed}


def proposed_columns(columns: Sequence[str]) -> dict[str, str]:
    """Return the proposed column of each field: the first known name that the extract has."""
    simple = {letters_of(name): name for name in reversed(columns)}
    found: dict[str, str] = {}
    for field, name in map(dict.values, codelists.rows(_COLUMN_NAMES)):
        column = simple.get(letters_of(name))
        if column and column not in found.values():
            found.setdefault(field, column)
    return found


def _begun(extract: Extract, country: str, memory: str) -> str:
    if extract.format == "csv":
        extract = _with_layout(extract)
    columns = proposed_columns(columns_of(extract))
    cells: dict[str, dict[str, int]] = {}
    dates: dict[str, int] = {}
    if columns:
        with (
            spill_folder() as spill,
            opened(extract, list(columns.values()), spill, memory) as records,
        ):
            coded = [name for name in columns if FIELDS[name].is_coded]
            person = columns.get("person", "")
            cells = {
                name: persons_by_cell(records, columns[name], person, MOST_LABELS) for name in coded
            }
            dates = rows_by_date_form(records, columns["date"]) if "date" in columns else {}
    lines = [HEADER, f"country: {country or _quoted(OPEN)}"]
    lines += [f"{key}: {_quoted(OPEN)}" for key in ("first_year", "last_year")]
    lines += PUBLICATION
    lines += _layout_lines(extract)
    for name in FIELDS:
        lines += ["", *_field_lines(name, columns.get(name, ""), cells.get(name, {}), country)]
        if name == "date" and dates:
            lines.append(f"  form: {max(DATE_FORMS, key=dates.__getitem__)}  {CONFIRM}")
    return "\n".join(lines) + "\n"


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
        yield f"delimiter: {_quoted(extract.delimiter)}  {CONFIRM}"
        yield f"encoding: {extract.encoding}  {CONFIRM}"
    if extract.table:
        yield f"table: {_quoted(extract.table)}"


def _field_lines(name: str, column: str, cells: Mapping[str, int], country: str) -> Iterator[str]:
    """Yield the lines of a field: column and labels, or how to add it."""
    field = FIELDS[name]
    meaning = f"# {field.meaning}" + (f" (HTCDS {field.htcds})" if field.htcds else "")
    if not column:
        sign = "" if field.required else "# "
        yield f"{sign}{name}:  {meaning}"
        yield f"{sign}  column: {_quoted(OPEN)}"
        if name == "date":
            yield f"  form: {_quoted(OPEN)}  # {', '.join(DATE_FORMS)}"
        return
    yield f"{name}:  {meaning}"
    yield f"  column: {_quoted(column)}  {CONFIRM}"
    if field.is_coded:
        yield from _label_lines(name, cells, known_labels(name, country))


def _label_lines(name: str, cells: Mapping[str, int], known: Mapping[str, str]) -> Iterator[str]:
    """Yield the separator and a line per label; rare unknown ones are counted in a comment."""
    counts = {
        cell: persons for cell, persons in cells.items() if cell and len(cells) <= MOST_LABELS
    }
    separator = _separator(counts, known) if FIELDS[name].several else ""
    if separator:
        yield f"  separator: {_quoted(separator)}  {CONFIRM}"
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
    for label, code in sorted(shown.items()):
        yield f"    {_quoted(label)}: {_quoted(code)}  {CONFIRM}"
    rest = len(unknown) - list(shown.values()).count(OPEN)
    if rest:
        yield f"    # {rest} more unknown labels, not shown: look them up in the column"


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
