"""Read a file as published, or its figure table, and find out its layout.

Every refusal is one line: the file, what was found, what was expected.
"""

import codecs
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
import pandas as pd

from pipelines.raw.corrections import Correction
from pipelines.raw.findings import Finding
from pipelines.reader import refusal, table_rows, text_tables, workbooks
from pipelines.reader.header import MOST_ROWS, Header, Top, find
from pipelines.reader.labels import without_counts
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.text_tables import ROW, ROWS
from pipelines.reader.tidy import NOTES, OTHER_LINES, UTF_8
from schemas.source import WORKBOOKS, Layout, Source

Flatten = Callable[[Any], list[dict[str, Any]]]
"""Function from a parsed JSON document to records: one for each row, by column name."""


@dataclass(frozen=True)
class File:
    """A raw file to be read."""

    path: Path
    name: str = ""  # the publisher's name for it, for locators; "" if its layout has the name
    corrections: Sequence[Correction] = field(default=())  # the corrections of its source
    findings: Sequence[Finding] = field(default=())  # the findings of the detectors in it


class FileTable(NamedTuple):
    """The table in a file."""

    # one row per row of the table: text columns as categories ("" where empty), and `row`, the row
    # in the publisher's file; in a figure table of sums also `rows`. Of several worksheets, `row`
    # is the number of the sheet in millions plus the row in it.
    frame: pd.DataFrame
    # the layout of the file, one of its source's, with the `wide` columns in `header`
    layout: Layout
    # the number of unread lines by the reason for which they are not read
    unread: Mapping[str, int] = {}
    added: tuple[str, ...] = ()  # the columns that the layout does not have
    cut: int = 0  # the number of cells of which a count in a label was cut
    read_as: str = ""  # how the file was read, if not as its layout states: UTF_8


class Match(NamedTuple):
    """The header that a file has for one of its source's layouts."""

    declared: Layout  # the layout as the source declares it
    layout: Layout  # the same with the `wide` columns of the file
    header: Header
    top: Top  # the rows among which it was found
    sheet: str = ""


def read_table(path: Path, source: Source, flatten: Flatten | None = None) -> FileTable:
    """Return the table of a publisher's file, or of a figure table made from it.

    Counts in labels are cut here, before anything is written.

    Raises:
        FileRefusedError: not the expected format, sheet or header.
    """
    refusal.refuse_missing_file(path)
    try:
        if path.suffix.lower() in WORKBOOKS:
            table = _read_workbook(path, source)
        elif path.suffix.lower() == ".json" and flatten:
            table = _read_json(path, source, flatten)
        else:
            table = _read_figure_table(path, source) or _read_text(path, source)
    except FileRefusedError as error:
        if source.person_level and error.__cause__:  # a parser's message may quote a person's row
            raise FileRefusedError(f"{path}: cannot be read; open it where it came from") from None
        raise
    frame, cut = without_counts(table.frame)
    return table._replace(frame=frame, cut=cut)


def _read_figure_table(path: Path, source: Source) -> FileTable | None:
    """Return the table if the file is a figure table: UTF-8, commas, first column `row`."""
    try:
        lines = text_tables.top(path, text_tables.FIGURE_TABLE)
    except FileRefusedError:
        return None
    names = lines.rows[0] if lines.rows else []
    if names[:1] != [ROW]:
        return None
    top = Top([[name for name in names if name not in (ROW, ROWS)]])
    match = _matching(
        path, source, [_match(_shipped(layout, names), top) for layout in source.layouts]
    )
    if added := match.header.added(match.layout):
        raise FileRefusedError(f"{path}: '{added[0]}' is not a column of {source.id}; remove it")
    frame = text_tables.figure_table(path, names)
    layouts = [layout.with_wide(names) for layout in source.layouts]
    layout = next(layout for layout in layouts if _shipped(layout, names) == match.declared)
    frame = table_rows.with_columns(frame, layout.figure_columns)
    numbers = [name for name in (ROW, ROWS) if name in frame]
    return FileTable(frame[[*layout.figure_columns, *numbers]], layout)


def _shipped(layout: Layout, names: Sequence[str]) -> Layout:
    """Return the layout of the figure table that a layout's files become."""
    layout = layout.with_wide(names)
    return replace(layout, header=layout.figure_columns, header_rows=1, wide="", title="")


def _read_text(path: Path, source: Source) -> FileTable:
    found: dict[text_tables.TextForm, text_tables.Lines] = {}
    refused, matches = [], []
    for layout in source.layouts:
        how = text_tables.form(layout, path)
        try:
            found[how] = text_tables.top(path, how)
        except FileRefusedError as error:
            refused.append(FileRefusedError(str(error), _likeness_but_for_encoding(path, layout)))
            continue
        matches.append(_match(layout, Top(found[how].rows)))
    fits = max((each.header.likeness(each.declared) for each in matches), default=-1)
    if unread := [each for each in refused if each.likeness > fits]:
        raise max(unread, key=lambda each: each.likeness)
    match = _matching(path, source, matches, lambda layout: _other_separator(path, layout))
    how, layout, header = text_tables.form(match.layout, path), match.layout, match.header
    skipped = found[how].ends[header.below - 1]
    names = table_rows.wanted(header.names, layout)
    if layout.lines_with:
        frame, lines, others = text_tables.lines_with(path, how, names, skipped, layout.lines_with)
        table = _finished(path, match, frame, np.array(lines), {OTHER_LINES: others})
    else:
        frame, notes = text_tables.table(path, how, names, skipped, notes=layout.notes)
        numbers = np.delete(np.arange(len(frame) + len(notes)), notes) + header.below + 1
        below = notes[0] + header.below + 1 if notes else 0
        table = _finished(path, match, frame, numbers, {NOTES: len(notes)}, below)
    is_utf_8 = text_tables.is_utf_8_instead(match.declared, path)
    return table._replace(read_as=UTF_8 if is_utf_8 else "")


def _likeness_but_for_encoding(path: Path, layout: Layout) -> float:
    """Return how like a layout's header that of a file is, read in the file's own encoding."""
    try:
        lines = text_tables.top_in_its_encoding(path, text_tables.form(layout, path))
    except FileRefusedError:
        return 0.0
    return find(Top(lines.rows), layout).likeness(layout)


def _other_separator(path: Path, layout: Layout) -> str:
    """Return a line that names the separator a file has instead; "" if it has none."""
    how = text_tables.form(layout, path)
    for sign, name in text_tables.SEPARATORS.items():
        try:
            rows = text_tables.top(path, how._replace(delimiter=sign)).rows
        except FileRefusedError:
            continue
        if sign != how.delimiter and not find(Top(rows), layout).missing:
            expected = text_tables.SEPARATORS[how.delimiter]
            return f"{path}: separated by {name}, expected {expected}"
    return ""


def _read_workbook(path: Path, source: Source) -> FileTable:
    """Return the table of a worksheet, or of several below each other."""
    refused, matches = [], []
    for layout in source.layouts:
        try:
            sheets = workbooks.sheets_of(path, layout)
        except FileRefusedError as error:
            refused.append(error)
            continue
        matches += [_match(layout, workbooks.top(path, sheet), sheet) for sheet in sheets]
    if refused and not any(match.header.is_certain for match in matches):
        raise refused[0]
    best = _matching(path, source, matches)
    alike = [match for match in matches if match.declared is best.declared]
    if best.layout.sheets:
        tables = [_sheet(path, source, _matching(path, source, [match])) for match in alike]
        layout = tables[0].layout
        for table in tables[1:]:
            layout = layout.with_wide(table.layout.header)
        notes = sum(table.unread.get(NOTES, 0) for table in tables)
        added = dict.fromkeys(name for table in tables for name in table.added)
        frame = table_rows.stacked([table.frame for table in tables])
        return FileTable(frame, layout, {NOTES: notes}, tuple(added))
    whole = [match for match in alike if not match.header.missing]
    if len(whole) > 1:
        named = ", ".join(match.sheet for match in whole)
        raise FileRefusedError(f"{path}: several sheets have its header ({named}); state `sheet`")
    return _sheet(path, source, best)


def _sheet(path: Path, source: Source, match: Match) -> FileTable:
    names, below = table_rows.wanted(match.header.names, match.layout), match.header.below
    frame, rows = workbooks.columns(path, match.sheet, names, below, source.number_locale)
    return _finished(path, match, frame, np.array(rows, dtype=np.int64), {})


def _finished(
    path: Path,
    match: Match,
    frame: pd.DataFrame,
    numbers: np.ndarray,
    unread: Mapping[str, int],
    below: int = 0,
) -> FileTable:
    """Return the table of the cells below a header; `below` as in `without_notes`."""
    layout = match.layout
    frame, notes = table_rows.without_notes(path, frame, numbers, layout, below)
    frame = table_rows.filled_down(table_rows.with_columns(frame, layout.read), layout.fill_down)
    columns = table_rows.derived(path, match.header, layout, match.sheet, len(frame))
    counted = {**unread, NOTES: unread.get(NOTES, 0) + notes}
    frame = frame.assign(**columns)[[*layout.read, *columns, ROW]]
    return FileTable(frame, layout, counted, tuple(match.header.added(layout)))


def _read_json(path: Path, source: Source, flatten: Flatten) -> FileTable:
    """Return the records of a JSON document; `row` numbers them from 1."""
    try:
        records = [
            {name: _json_text(value) for name, value in record.items()}
            for record in flatten(orjson.loads(path.read_bytes().removeprefix(codecs.BOM_UTF8)))
        ]
        names = list(dict.fromkeys(name for record in records for name in record))
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise FileRefusedError(
            f"{path}: not a JSON document of {source.id} ({type(error).__name__}: {error})"
        ) from error
    found = [_match(layout, Top([names])) for layout in source.layouts]
    stated = [match._replace(header=match.header._replace(is_stated=True)) for match in found]
    match = _matching(path, source, stated)
    layout = match.layout
    frame = pd.DataFrame(
        {name: pd.Categorical([record.get(name, "") for record in records]) for name in layout.read}
    )
    frame = frame.assign(**{ROW: range(1, 1 + len(frame))})
    return FileTable(frame, layout, {}, tuple(match.header.added(layout)))


def _json_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _match(layout: Layout, top: Top, sheet: str = "") -> Match:
    header = find(top, layout)
    return Match(layout, layout.with_wide(header.names), header, top, sheet)


def _matching(
    path: Path,
    source: Source,
    matches: Sequence[Match],
    other_form: Callable[[Layout], str] = lambda _: "",
) -> Match:
    """Return the match of the layout that the file has most columns of.

    Raises:
        FileRefusedError: it lacks columns or repeats them.
    """
    best = max(matches, key=lambda each: (each.header.known, -len(each.header.missing)))
    if best.header.missing:
        likeness = best.header.likeness(best.layout)
        raise FileRefusedError(_diagnosis(path, source, best, other_form), likeness)
    repeated = [name for name in best.layout.read if best.header.names.count(name) > 1]
    if repeated:
        named = "; ".join(f"'{name}' occurs more than once" for name in repeated)
        raise FileRefusedError(
            f"{path}: {best.header.place}; {named}: give each column its own name"
        )
    return best


def _diagnosis(
    path: Path, source: Source, match: Match, other_form: Callable[[Layout], str]
) -> str:
    """Return why a file does not have the header of the layout that is nearest to it."""
    layout, top = match.declared, match.top
    for row in top.rows:
        for former in source.former_layouts:
            if set(former.header) <= set(row):
                return (
                    f"{path}: this is the layout of {source.id} before {former.before}, which is "
                    "not read; describe it in a layout of its own"
                )
    for height in range(1, MOST_ROWS + 1):
        other = find(top, layout, height)
        if not other.missing:
            stated = f"{layout.header_rows} rows" if layout.header_rows > 1 else "one row"
            return f"{path}: {other.place}; expected {stated} of header"
    return other_form(layout) or refusal.no_header(path, source, layout, match.header, top)
