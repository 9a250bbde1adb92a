"""Read the answers of a workbook, found by the keys and markers in it, wherever these are now."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import python_calamine
from xlsxwriter.utility import xl_rowcol_to_cell

from pipelines.questionnaire import worksheet
from pipelines.questionnaire.answers import Answer, Cell, Filled, FormRefusedError, NoFormError
from pipelines.questionnaire.recognition import Found, filled
from pipelines.questionnaire.workbook import HEADING, IDENTITY, MARKERS
from pipelines.questionnaire.worksheet import Place
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
        raise NoFormError(
            f"{path}: no Excel workbook; save the form as .xlsx, or name it .csv if it is CSV"
        )
    refuse_damaged_zip(path)
    if IDENTITY not in (files := worksheet.sheet_files(path)):
        raise NoFormError(f"{path}: no questionnaire of this database")
    misread_cells(path)  # refuses cells far beyond, before a parser makes room for them
    sheets = {sheet.name: sheet for sheet in _sheets(path, files)}
    lines = tuple(_text(_value(sheets[IDENTITY], (line, 0))) for line in range(5))
    return filled(
        path, lines, [found for sheet in sheets.values() for found in _answers(path, sheet)]
    )


def _is_zip(path: Path) -> bool:
    with suppress(FileRefusedError):
        return is_zip(path)
    return False


def _sheets(path: Path, files: Mapping[str, str]) -> list[_Sheet]:
    faults = worksheet.faults(path, files)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        return [
            _Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False), found)
            for name, found in faults.items()
        ]
    except python_calamine.CalamineError as error:
        raise FormRefusedError(f"{path}: not a readable workbook ({error})") from error


def _answers(path: Path, sheet: _Sheet) -> Iterator[Found]:
    """Yield the answer in each row of a sheet; nothing of a sheet without markers."""
    places = _markers(path, sheet)
    if not places:
        return
    key, label, figure, note = (column for _, column in places)
    for line in range(places[0][0] + 1, len(sheet.values)):
        answer = Answer(_cell(sheet, (line, figure)), _cell(sheet, (line, note)))
        if (line, key) in sheet.faults:
            raise FormRefusedError(
                f"{path}: {_place(sheet, (line, key))}: a key of the form was changed; copy the "
                "answers into a new form"
            )
        text = _text(_value(sheet, (line, key)))
        if text == HEADING:
            continue
        if text:
            shown = _cell(sheet, (line, label))
            yield Found(_place(sheet, (line, key)), text, shown, answer)
        elif stray := next((each for each in (answer.figure, answer.note) if each.text), None):
            raise FormRefusedError(
                f"{path}: {stray.place} has an answer beside no row of the form; take it out"
            )


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
        raise FormRefusedError(
            f"{path}: {_place(sheet, found[0][1])}: the hidden row that names the columns was "
            "changed; copy the answers into a new form"
        )
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
    text = "" if fault == "formula" else _text(value)
    return Cell(_place(sheet, place), text, fault)


def _place(sheet: _Sheet, place: Place) -> str:
    return f"{sheet.name}, {xl_rowcol_to_cell(*place)}"


def _text(value: object) -> str:
    """Return the text of a value; a whole number without the decimals of spreadsheets."""
    if isinstance(value, float):
        return f"{int(value)}" if value.is_integer() else repr(value)
    return str(value).strip()
