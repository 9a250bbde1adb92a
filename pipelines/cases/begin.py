"""Begin the mapping file of an extract: propose columns by name and codes of known labels.

Names of columns are compared with `column_names.csv`, labels with those that the reader knows (our
code lists in four languages, and HTCDS, whose ChildLabour is left to a person). All is marked to be
confirmed. A column with an unknown name is not written: in a file without a header, the name would
be part of a record. An unknown label is written if at least ten persons have it, rarer ones are
counted.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipelines.cases.account import listed
from pipelines.cases.coded_rows import persons_by_cell, rows_by_date_form
from pipelines.cases.connect import Records, columns_of, opened, spill_folder
from pipelines.cases.errors import CaseError, address_name, sealed
from pipelines.cases.extract import Extract
from pipelines.cases.mapping import AMBIGUOUS, DATE_FORMS, OPEN, YEARS, folded
from pipelines.cases.texts import said
from pipelines.cases.translate import MOST_LABELS, MOST_SHOWN, SHOWN_FROM, is_age, labels_in
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
    lines = [f"# {said(f'begin_{part}')}" for part in ("columns", "check", "codes")]
    lines += ["confirmed: no", f"country: {country or _quoted(OPEN)}"]
    lines += [f"{year}: {_quoted(OPEN)}  # {said('begin_years')}" for year in YEARS]
    lines += [f"publication:  # {said('begin_publication')}"]
    given = dict.fromkeys(STATED, OPEN) | ({"language": language} if language else {})
    lines += [f"  {key}: {_quoted(text)}  # {said(f'begin_{key}')}" for key, text in given.items()]
    if extract.format == "csv":
        lines.append(f"delimiter: {_quoted(extract.delimiter)}  {_confirm()}")
        lines.append(f"encoding: {extract.encoding}  {_confirm()}")
    if extract.format == "workbook":
        lines.append(f"sheet: {_quoted(extract.sheet)}  {_confirm()}")
    elif extract.table:
        lines.append(f"table: {_quoted(extract.table)}")
    with ExitStack() as stack:
        if columns:
            spill = stack.enter_context(spill_folder())
            records = stack.enter_context(opened(extract, [*columns.values()], spill, memory))
        for name in FIELDS:
            is_found = name in columns
            lines.append("")
            lines += (
                _found_lines(name, columns, records, country) if is_found else _open_lines(name)
            )
    return "\n".join(lines) + "\n"


def _columns_of(extract: Extract) -> list[str]:
    """Return the columns of a sheet; none if it has no sound header."""
    with suppress(CaseError):
        return columns_of(extract)
    return []


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


def _meaning(name: str) -> str:
    field = FIELDS[name]
    return f"# {said(f'field_{name}')}" + (f" (HTCDS {field.htcds})" if field.htcds else "")


def _open_lines(name: str) -> Iterator[str]:
    """Yield the lines of a field without a column: how to add it."""
    sign = "" if FIELDS[name].required else "# "
    yield f"{sign}{name}:  {_meaning(name)}"
    yield f"{sign}  column: {_quoted(OPEN)}"
    if name == "date":
        yield f"  form: {_quoted(OPEN)}  # {', '.join(DATE_FORMS)}"


def _found_lines(
    name: str, columns: Mapping[str, str], records: Records, country: str
) -> Iterator[str]:
    """Yield the lines of a field: its column, and the labels or forms of a date that occur."""
    column = columns[name]
    yield f"{name}:  {_meaning(name)}"
    yield f"  column: {_quoted(column)}  {_confirm()}"
    if FIELDS[name].is_coded:
        cells = persons_by_cell(records, column, columns.get("person", ""), MOST_LABELS)
        yield from _label_lines(name, cells, known_labels(name, country))
    if name == "date":
        yield f"  form: {_date_forms(rows_by_date_form(records, column))}"


def _date_forms(rows: Mapping[str, int]) -> str:
    """Return the forms that dates have, the commonest first, with the rows of each in a comment.

    Whether the day or the month is first, more rows tell than not.
    """
    found = [form for form in sorted(rows, key=lambda form: -rows[form]) if form and rows[form]]
    either = [form for form in found if form in AMBIGUOUS]
    forms = [form for form in found if form not in either[1:]] or [next(iter(DATE_FORMS))]
    return f"{', '.join(forms)}  {_confirm()}: {listed(rows)}"


def _label_lines(name: str, cells: Mapping[str, int], known: Mapping[str, str]) -> Iterator[str]:
    """Yield the separator and a line per label; rare unknown ones are counted in a comment."""
    few = cells if len(cells) <= MOST_LABELS else {}
    separator = _separator(few, known) if FIELDS[name].several else ""
    if separator:
        yield f"  separator: {_quoted(separator)}  {_confirm()}"
    labels: Counter[str] = Counter()
    for cell, persons in few.items():
        for label in labels_in(cell, separator):
            labels[label] += persons
    codes = {label: known[folded(label)] for label in labels if folded(label) in known}
    unknown = [
        each for each in labels if each not in codes and not (name == "age" and is_age(each))
    ]
    shown = [each for each in unknown if labels[each] >= SHOWN_FROM]
    if len(unknown) > MOST_SHOWN:
        shown = []
    codes = dict.fromkeys(shown, OPEN) | codes
    if codes:
        yield "  labels:"
    alike = {folded(label): label for label in sorted(codes, reverse=True)}  # one line for all
    for label in sorted(alike.values()):
        yield f"    {_quoted(label)}: {_quoted(codes[label])}  {_confirm()}"
    if rest := len(unknown) - len(shown):
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
