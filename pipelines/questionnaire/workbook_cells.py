"""Read the answers of a workbook, found by the keys and markers in it, wherever these are now."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import python_calamine
from xlsxwriter.utility import xl_rowcol_to_cell

from pipelines.questionnaire import worksheet
from pipelines.questionnaire.answers import Answer, Cell, Filled, FormRefusedError, NoFormError
from pipelines.questionnaire.form import Form
from pipelines.questionnaire.recognition import Found, Identity, filled, identity, other_year
from pipelines.questionnaire.workbook import HEADING, IDENTITY, MARKERS, sheet_names
from pipelines.questionnaire.worksheet import Place
from pipelines.raw.questionnaires import YEARS
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.workbooks import is_zip, refuse_damaged_zip
from pipelines.reader.worksheet_cells import misread_cells


class _Sheet(NamedTuple):
    """A sheet: its name, its values, and the cells that hold more than a value."""

    name: str
    values: list[list[Any]]
    faults: Mapping[Place, str]


def read(path: Path) -> Filled:
    """Return the answers in a workbook.

    Raises:
        FormRefusedError: it is not one of our forms, or has been changed where nobody fills in.
        FileRefusedError: it is damaged, too large, or has cells far beyond any form.
    """
    if not _is_zip(path):
        raise NoFormError(path, "no_workbook")
    refuse_damaged_zip(path)
    if IDENTITY not in (files := worksheet.sheet_files(path)):
        raise NoFormError(path, "no_form")
    misread_cells(path)  # refuses cells far beyond, before a parser makes room for them
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        found = identity([_text(row[0]) for row in _values(workbook, IDENTITY)])
    except python_calamine.CalamineError as error:
        raise FormRefusedError(path, "unreadable", reason=error) from error
    form = found.form(path)
    try:
        return _filled(path, files, workbook, found)
    except FormRefusedError as refusal:
        refusal.language = form.language
        raise


def _filled(
    path: Path,
    files: Mapping[str, str],
    workbook: python_calamine.CalamineWorkbook,
    found: Identity,
) -> Filled:
    """Return the form with its answers, and what else is in the file."""
    sheets = [
        _Sheet(name, _values(workbook, name), faults)
        for name, faults in worksheet.faults(path, files).items()
    ]
    form = found.form(path)
    answers = {sheet.name: [*_answers(path, sheet, form)] for sheet in sheets}
    ours = sheet_names(form)
    left = [name for name, asked in answers.items() if not asked and name not in ours]
    left += worksheet.comments(path, files)
    return filled(path, found, [each for asked in answers.values() for each in asked], left)


def _values(workbook: python_calamine.CalamineWorkbook, name: str) -> list[list[Any]]:
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _is_zip(path: Path) -> bool:
    with suppress(FileRefusedError):
        return is_zip(path)
    return False


def _answers(path: Path, sheet: _Sheet, form: Form) -> Iterator[Found]:
    """Yield the answer in each row of a sheet; nothing of a sheet without markers."""
    places = _markers(path, sheet)
    if not places:
        return
    key, label, *filled_in = (column for _, column in places)
    for line in range(places[0][0] + 1, len(sheet.values)):
        cells = [_cell(sheet, (line, column)) for column in filled_in]
        if (line, key) in sheet.faults:
            raise FormRefusedError(path, "key_changed", place=_place(sheet, (line, key)))
        text = _text(_value(sheet, (line, key)))
        if text == HEADING:
            _refuse_other_years(path, sheet, line, form)
            continue
        if text:
            shown = _cell(sheet, (line, label))
            yield Found(_place(sheet, (line, key)), text, shown, Answer(*cells))
        elif stray := next((each for each in cells if each.text), None):
            raise FormRefusedError(path, "stray", place=stray.place)


def _refuse_other_years(path: Path, sheet: _Sheet, line: int, form: Form) -> None:
    """Refuse a column that is headed by another year: its figures would be lost."""
    years = {f"{year}" for year in YEARS if year != form.year}
    for column, value in enumerate(sheet.values[line]):
        if (text := _text(value)) in years:
            raise other_year(path, form, _place(sheet, (line, column)), text)


def _markers(path: Path, sheet: _Sheet) -> list[Place]:
    """Return the places of the markers of a sheet, in their order."""
    found = [
        (text, (line, column))
        for line, row in enumerate(sheet.values)
        for column, text in enumerate(row)
        if isinstance(text, str) and text in MARKERS
    ]
    if not found:
        return []
    rows = {line for _, (line, _) in found}
    if sorted(text for text, _ in found) != sorted(MARKERS) or len(rows) != 1:
        raise FormRefusedError(path, "markers", place=_place(sheet, found[0][1]))
    places = dict(found)
    return [places[marker] for marker in MARKERS]


def _value(sheet: _Sheet, place: Place) -> Any:  # noqa: ANN401  # what a cell may hold
    line, column = place
    in_sheet = line < len(sheet.values) and column < len(sheet.values[line])
    return sheet.values[line][column] if in_sheet else ""


def _cell(sheet: _Sheet, place: Place) -> Cell:
    value, fault = _value(sheet, place), sheet.faults.get(place, "")
    if not fault and not isinstance(value, str | float | int):
        fault = "date"
    text = "" if fault == "formula" else _text(value)[: 10 if fault == "date" else None]
    return Cell(_place(sheet, place), text, fault)


def _place(sheet: _Sheet, place: Place) -> str:
    return f"{sheet.name}, {xl_rowcol_to_cell(*place)}"


def _text(value: object) -> str:
    """Return the text of a value; a whole number without the decimals of spreadsheets."""
    if isinstance(value, float):
        return f"{int(value)}" if value.is_integer() else repr(value)
    return str(value).strip()
