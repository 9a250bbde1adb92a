"""Read the answers of a workbook, found by the keys and markers in it, wherever these are now."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine
from xlsxwriter.utility import xl_rowcol_to_cell

from pipelines.questionnaire import worksheet
from pipelines.questionnaire.answers import (
    Filled,
    FormAnswer,
    FormCell,
    FormRefusedError,
    NoFormError,
)
from pipelines.questionnaire.form import Form
from pipelines.questionnaire.recognition import Found, filled, identity, other_year
from pipelines.questionnaire.workbook import HEADING, IDENTITY, MARKERS, sheet_names
from pipelines.questionnaire.worksheet import Place
from pipelines.raw.questionnaires import YEARS
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.workbooks import is_zip, refuse_damaged_zip
from pipelines.reader.worksheet_cells import misread_cells


def read_workbook(path: Path) -> Filled:
    """Return the answers in a workbook.

    Raises:
        FormRefusedError: it is not one of our forms, or has been changed where nobody fills in.
        FileRefusedError: it is damaged, too large, or has cells far beyond any form.
    """
    is_workbook = False
    with suppress(FileRefusedError):
        is_workbook = is_zip(path)
    if not is_workbook:
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
        answers = {
            name: [*_FilledSheet(path, name, _values(workbook, name), faults).answers(form)]
            for name, faults in worksheet.faults(path, files).items()
        }
        ours = sheet_names(form)
        left = [name for name, asked in answers.items() if not asked and name not in ours]
        left += worksheet.comments(path, files)
        return filled(path, found, [each for asked in answers.values() for each in asked], left)
    except FormRefusedError as refusal:
        refusal.language = form.language
        raise


def _values(workbook: python_calamine.CalamineWorkbook, name: str) -> list[list[Any]]:
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


@dataclass(frozen=True)
class _FilledSheet:
    """A sheet of a form that came in."""

    path: Path
    name: str
    values: list[list[Any]]
    faults: Mapping[Place, str]  # of the cells that hold more than a value

    def answers(self, form: Form) -> Iterator[Found]:
        """Yield the answer in each row; nothing of a sheet without markers."""
        places = self._markers()
        if not places:
            return
        key, label, *filled_in = (column for _, column in places)
        for line in range(places[0][0] + 1, len(self.values)):
            cells = [self._cell((line, column)) for column in filled_in]
            if (line, key) in self.faults:
                raise FormRefusedError(self.path, "key_changed", place=self._place((line, key)))
            text = _text(self._value((line, key)))
            if text == HEADING:
                self._refuse_other_years(line, form)
            elif text:
                shown = self._cell((line, label))
                yield Found(self._place((line, key)), text, shown, FormAnswer(*cells))
            elif stray := next((each for each in cells if each.text), None):
                raise FormRefusedError(self.path, "stray", place=stray.place)

    def _refuse_other_years(self, line: int, form: Form) -> None:
        """Refuse a column that is headed by another year: its figures would be lost."""
        years = {f"{year}" for year in YEARS if year != form.year}
        for column, value in enumerate(self.values[line]):
            if (text := _text(value)) in years:
                raise other_year(self.path, form, self._place((line, column)), text)

    def _markers(self) -> list[Place]:
        """Return the places of the markers, in their order."""
        found = [
            (text, (line, column))
            for line, row in enumerate(self.values)
            for column, text in enumerate(row)
            if isinstance(text, str) and text in MARKERS
        ]
        if not found:
            return []
        rows = {line for _, (line, _) in found}
        if sorted(text for text, _ in found) != sorted(MARKERS) or len(rows) != 1:
            raise FormRefusedError(self.path, "markers", place=self._place(found[0][1]))
        places = dict(found)
        return [places[marker] for marker in MARKERS]

    def _value(self, place: Place) -> Any:  # noqa: ANN401  # what a cell may hold
        line, column = place
        in_sheet = line < len(self.values) and column < len(self.values[line])
        return self.values[line][column] if in_sheet else ""

    def _cell(self, place: Place) -> FormCell:
        value, fault = self._value(place), self.faults.get(place, "")
        if not fault and not isinstance(value, str | float | int):
            fault = "date"
        text = "" if fault == "formula" else _text(value)[: 10 if fault == "date" else None]
        return FormCell(self._place(place), text, fault)

    def _place(self, place: Place) -> str:
        return f"{self.name}, {xl_rowcol_to_cell(*place)}"


def _text(value: object) -> str:
    """Return the text of a value; a whole number without the decimals of spreadsheets."""
    if isinstance(value, float):
        return f"{int(value)}" if value.is_integer() else repr(value)
    return str(value).strip()
