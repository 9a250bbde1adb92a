"""Data validation of a form's cells: numbers or `<5`, choices, short texts.

A spreadsheet applies it to what is typed, not to what is pasted, so `check` asks everything again.
"""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipelines.questionnaire.figures import HIDDEN
from pipelines.questionnaire.form import LONGEST, Asked, Form, Question

_TITLE = 32
"""Most characters of the title of a message in Excel."""


def add(sheet: Worksheet, line: int, column: int, asked: Asked, form: Form) -> None:
    """Add the rule of the cell of an answer."""
    rule, hint = _rule(asked, xl_rowcol_to_cell(line, column), form)
    title = form.say("head_answer")[:_TITLE]
    words = {"input_title": title, "input_message": hint, "error_title": title}
    sheet.data_validation(line, column, line, column, {**rule, **words, "error_message": hint})


def _rule(asked: Asked, cell: str, form: Form) -> tuple[dict[str, Any], str]:
    if form.choices(asked):
        name = asked.about if isinstance(asked, Question) else "flag"
        hint = form.say("hint_choice" if isinstance(asked, Question) else "hint_flag")
        return {"validate": "list", "source": f"=list_{name}"}, hint
    if isinstance(asked, Question):
        most = LONGEST.get(asked.name, 10)
        rule = {"validate": "length", "criteria": "<=", "value": most}
        if asked.kind == "year":
            rule = {"validate": "integer", "criteria": "between", "minimum": 1900,
                    "maximum": form.year}  # fmt: skip
            return rule, form.say("problem_year", year=form.year)
        hint = form.say("help_released" if asked.kind == "day" else "hint_text", most=most)
        return rule, hint
    whole = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell}))"
    hidden = f'EXACT({cell},"{HIDDEN}")'
    return {"validate": "custom", "value": f"=OR({hidden},{whole})"}, form.say("hint_count")
