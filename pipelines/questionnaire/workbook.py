"""Write a form as an Excel workbook: empty, or anew with an office's answers and marks at them.

The marked copy is our own form, into which nothing of the workbook that came in passes but the
texts of its answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.lib import csv_injection
from pipelines.questionnaire import labels, style, worksheet
from pipelines.questionnaire.answers import COLUMNS, FormAnswer, Problem
from pipelines.questionnaire.figures import HIDDEN
from pipelines.questionnaire.form import (
    ABOUT,
    LONGEST,
    QUESTIONS,
    SHEETS,
    Asked,
    Form,
    Question,
    rows,
)
from pipelines.questionnaire.splits import splits

IDENTITY: Final = "tipstat"
"""Name of the hidden sheet that says which form it is, in column A."""
MARKERS: Final = tuple(
    f"tipstat:{name}" for name in ("key", "label", "figure", "note", "published")
)
"""Texts of the hidden row that names the columns of a sheet, wherever they stand."""
_LISTS: Final = "lists"
HEADING: Final = "tipstat:heading"
"""In place of a key, in the row of the headings."""

KEY, LABEL, DEFINITION, LAST, FIGURE, NOTE, PUBLISHED, PROBLEM = range(8)
"""Columns of a sheet as we write it."""
_WIDTHS: Final = (0, 44, 70, 15, 17, 36, 12, 44)
_WIDTHS_ABOUT: Final = (0, 34, 44, 0, 64, 0, 0, 44)
"""Widths of columns in characters; one of width 0 is hidden."""
_SMALL_LETTERS: Final = 1.2
"""Factor by which a definition has more letters on a line than other texts."""
TITLE, LEAD, MARKER, HEAD, FIRST = range(5)
"""Rows above the questions, from 0."""

_GUIDE: Final = (
    "purpose", "fill", "number", "empty", "small", "parts", "note", "persons", "published",
    "elsewhere", "send",
)  # fmt: skip
_LONGEST_TITLE: Final = 32
"""Most characters of the title of a message in Excel."""
_COMMENT: Final = {"x_scale": 2.4, "y_scale": 1.2, "author": worksheet.AUTHOR}
_WHEN: Final = datetime(2026, 1, 1)  # the same form has the same bytes


@dataclass(frozen=True)
class Content:
    """Texts to write into a form besides its questions."""

    # texts of last year's published figures, by name of the row
    last: Mapping[str, str] = field(default_factory=dict)
    # answers by name of the row or question
    answers: Mapping[str, FormAnswer] = field(default_factory=dict)
    problems: Sequence[Problem] = ()  # problems to be marked


def write(place: Path, form: Form, content: Content) -> None:
    """Write a form; the same form and content give the same bytes."""
    with xlsxwriter.Workbook(str(place), csv_injection.WORKBOOK) as workbook:
        title = form.say("title", area=form.area, year=form.year)
        workbook.set_properties({"title": title, "author": "tipstat", "created": _WHEN})
        formats = style.formats(workbook)
        _write_guide(workbook, form, formats, title)
        for name in SHEETS:
            _WrittenSheet(workbook, form, content, formats, name).write()
        _write_lists(workbook, form)
        hidden = workbook.add_worksheet(IDENTITY)
        hidden.write_column(0, 0, labels.identity(form, labels.label))
        hidden.very_hidden()
        hidden.protect()


def sheet_names(form: Form) -> tuple[str, ...]:
    """Return the names of the sheets of a form, those without questions among them."""
    shown = (form.say(f"sheet_{name}") for name in ("guide", *SHEETS))
    return (*shown, _LISTS, IDENTITY)


def _write_guide(workbook: Workbook, form: Form, formats: Mapping[str, Format], title: str) -> None:
    sheet = workbook.add_worksheet(form.say("sheet_guide"))
    style.lay_out(sheet, form)
    sheet.set_portrait()
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 92)
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, 1, title, formats["title"])
    for line, name in enumerate(_GUIDE, start=2):
        text = form.say(f"guide_{name}", year=form.year, about=form.say(f"sheet_{ABOUT}"))
        sheet.set_row(line, style.height(text, 92) + 8)
        sheet.write_number(line, 0, line - 1, formats["step"])
        sheet.write_string(line, 1, text, formats["text"])
    sheet.protect()


def _write_lists(workbook: Workbook, form: Form) -> None:
    """Write the answers to choose from, which drop-downs show by their names."""
    sheet = workbook.add_worksheet(_LISTS)
    lists = {asked.about: form.choices(asked) for asked in QUESTIONS if asked.codes}
    lists["flag"] = {"1": form.say("yes"), "0": form.say("no")}
    for column, (name, choices) in enumerate(lists.items()):
        sheet.write_column(0, column, choices.values())
        first, last = (xl_rowcol_to_cell(at, column, True, True) for at in (0, len(choices) - 1))
        workbook.define_name(f"list_{name}", f"={_LISTS}!{first}:{last}")
    sheet.very_hidden()
    sheet.protect()


class _WrittenSheet:
    """One sheet of questions, written from top to bottom."""

    def __init__(
        self,
        workbook: Workbook,
        form: Form,
        content: Content,
        formats: Mapping[str, Format],
        name: str,
    ) -> None:
        self._form, self._content, self._formats, self._name = form, content, formats, name
        self._sheet: Worksheet = workbook.add_worksheet(form.say(f"sheet_{name}"))
        self._line = FIRST
        self._places: dict[Asked, int] = {}
        self._widths = _WIDTHS_ABOUT if name == ABOUT else _WIDTHS
        self._problems = [problem for problem in content.problems if not problem.explained]

    def write(self) -> None:
        self._write_head()
        above = ""
        for row in rows():
            if row.sheet == self._name:
                if row.breakdown and row.breakdown != above:
                    heading = self._form.say(f"by_{row.breakdown.replace(' ', '_')}")
                    self._sheet.set_row(self._line, 20)
                    self._sheet.write_string(self._line, LABEL, heading, self._formats["breakdown"])
                    self._line += 1
                above = row.breakdown
                self._write_asked(row)
        for question in QUESTIONS:
            if question.sheet == self._name:
                self._write_asked(question)
        self._mark_parts_above_totals()
        last = PROBLEM if self._content.problems else PUBLISHED
        self._sheet.print_area(0, LABEL, self._line - 1, last)
        self._sheet.protect("", {"format_columns": True, "format_rows": True})

    def _write_head(self) -> None:
        sheet, form, formats = self._sheet, self._form, self._formats
        is_about = self._name == ABOUT
        style.lay_out(sheet, form)
        for column, width in enumerate(self._widths):
            is_hidden = not width or (column == PROBLEM and not self._content.problems)
            sheet.set_column(column, column, width, None, {"hidden": is_hidden})
        sheet.set_row(TITLE, 34)
        sheet.write_string(TITLE, LABEL, form.say(f"sheet_{self._name}"), formats["title"])
        sheet.set_row(LEAD, 22)
        sheet.write_string(LEAD, LABEL, f"{form.area}, {form.year}", formats["lead"])
        for column, marker in zip((KEY, LABEL, FIGURE, NOTE, PUBLISHED), MARKERS, strict=True):
            sheet.write_string(MARKER, column, marker)
        sheet.set_row(MARKER, None, None, {"hidden": True})
        sheet.set_row(HEAD, 32)
        sheet.write_string(HEAD, KEY, HEADING)
        headings = {
            LABEL: form.say("head_question" if is_about else "head_row"),
            DEFINITION: form.say("head_help" if is_about else "head_definition"),
            LAST: form.say("head_last", year=form.year - 1),
            FIGURE: form.say("head_answer" if is_about else "head_figure", year=form.year),
            NOTE: form.say("head_note"),
            PUBLISHED: form.say("head_published"),
            PROBLEM: form.say("head_problem"),
        }
        for column, text in headings.items():
            is_number = column == LAST or (column == FIGURE and not is_about)
            style_ = formats["head_number" if is_number else "head"]
            sheet.write_string(HEAD, column, text, style_)
        sheet.freeze_panes(FIRST, 0)
        sheet.repeat_rows(TITLE, HEAD)

    def _write_asked(self, asked: Asked) -> None:
        line, sheet, formats = self._line, self._sheet, self._formats
        self._places[asked] = line
        label, explained = labels.label(asked, self._form), labels.explanation(asked, self._form)
        answer = self._content.answers.get(asked.name, FormAnswer())
        problems = [problem for problem in self._problems if problem.name == asked.name]
        sheet.write_string(line, KEY, self._form.key(asked))
        sheet.write_string(line, LABEL, label, formats[labels.level(asked)])
        sheet.write_string(line, DEFINITION, explained, formats["definition"])
        last = self._content.last.get(asked.name, "")
        _write_text(sheet, line, LAST, last, formats["last"])
        self._write_answer(asked, answer, problems)
        problem = " ".join(problem.text(self._form.language) for problem in problems)
        _write_text(sheet, line, PROBLEM, problem, formats["problem"])
        widths: list[float] = [*self._widths]
        widths[DEFINITION] *= _SMALL_LETTERS
        texts = {LABEL: label, DEFINITION: explained, NOTE: answer.note.text, PROBLEM: problem}
        if isinstance(asked, Question):
            texts[FIGURE] = answer.figure.text
        heights = [style.height(text, widths[at]) for at, text in texts.items() if widths[at]]
        sheet.set_row(line, max(heights) + 5)
        rule, hint = _validation(asked, xl_rowcol_to_cell(line, FIGURE), self._form)
        title = self._form.say("head_answer")[:_LONGEST_TITLE]
        words = {"input_title": title, "input_message": hint, "error_title": title}
        rule |= {**words, "error_message": hint}
        sheet.data_validation(line, FIGURE, line, FIGURE, rule)
        self._line += 1

    def _write_answer(self, asked: Asked, answer: FormAnswer, problems: Sequence[Problem]) -> None:
        """Write the cells that an office fills in, with a comment at those with a problem."""
        for column, name in zip((FIGURE, NOTE, PUBLISHED), COLUMNS, strict=True):
            if name != "figure" and isinstance(asked, Question):
                continue
            in_cell = [problem for problem in problems if problem.column == name]
            kind = "answer" if isinstance(asked, Question) else "number"
            style_ = self._formats[(kind if name == "figure" else "note") + style.mark(in_cell)]
            _write_text(self._sheet, self._line, column, getattr(answer, name).text, style_)
            if in_cell:
                text = " ".join(problem.text(self._form.language) for problem in in_cell)
                self._sheet.write_comment(self._line, column, text, _COMMENT)

    def _mark_parts_above_totals(self) -> None:
        """Turn a total and its parts red as soon as the parts exceed it."""
        bad = self._formats["exceeding"]
        for split in splits():
            if split.whole.sheet != self._name:
                continue
            whole, *parts = (
                xl_rowcol_to_cell(self._places[row], FIGURE, True, True)
                for row in (split.whole, *split.parts)
            )
            rule = {"type": "formula", "format": bad, "criteria": (
                f"=AND(ISNUMBER({whole}),SUM({','.join(parts)})>{whole})"
            )}  # fmt: skip
            for cell in (whole, *parts):
                self._sheet.conditional_format(*xl_cell_to_rowcol(cell) * 2, rule)


def _validation(asked: Asked, cell: str, form: Form) -> tuple[dict[str, Any], str]:
    """Return what may be typed into the cell of an answer, and a hint.

    It does not apply to what is pasted, so `check` asks everything again.
    """
    is_question = isinstance(asked, Question)
    if form.choices(asked):
        name = asked.about if isinstance(asked, Question) else "flag"
        hint = form.say("hint_choice" if is_question else "hint_flag")
        return {"validate": "list", "source": f"=list_{name}"}, hint
    if asked.kind == "year":
        rule = {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": form.year}
        return rule, form.say("problem_year", year=form.year)
    if is_question:
        most = LONGEST.get(asked.name, 10)
        hint = form.say("help_released" if asked.kind == "day" else "hint_text", most=most)
        return {"validate": "length", "criteria": "<=", "value": most}, hint
    whole = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell}))"
    hidden = f'EXACT({cell},"{HIDDEN}")'
    return {"validate": "custom", "value": f"=OR({hidden},{whole})"}, form.say("hint_count")


def _write_text(sheet: Worksheet, line: int, column: int, text: str, style_: Any) -> None:  # noqa: ANN401
    """Write a text, a number where it is one of a few digits; a blank cell keeps its format."""
    if text.isascii() and text.isdecimal() and len(text) <= 12 and f"{int(text)}" == text:
        sheet.write_number(line, column, int(text), style_)
    elif text:
        sheet.write_string(line, column, text, style_)
    else:
        sheet.write_blank(line, column, None, style_)
