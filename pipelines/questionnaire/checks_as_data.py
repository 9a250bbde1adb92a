"""The checks of a form as data, for a program in another language: a page in the browser.

What `check` asks of cells and sums is in it, with the texts; the patterns by which `free_text`
finds persons, and what is published of the year before, are not.
"""

from typing import Any

from pipelines.questionnaire import check, figures
from pipelines.questionnaire.answers import NOT_AVAILABLE
from pipelines.questionnaire.form import LONGEST, QUESTIONS, SHEETS, Form, rows, version
from pipelines.questionnaire.labels import whole_label
from pipelines.questionnaire.splits import splits
from pipelines.questionnaire.texts import texts
from pipelines.questionnaire.workbook import HEADING, IDENTITY, MARKERS
from schemas.observation_rules import SENTINELS


def data(form: Form) -> dict[str, Any]:
    """Return rows, questions, sums, limits and texts of a form, all as JSON has them.

    Rows and questions are in the order in which problems are told. Texts have placeholders in
    braces, as `answers.Problem.parts` fills them in.
    """
    told = texts(form.language)
    return {
        "version": version(),
        "identity": {"sheet": IDENTITY, "cells": form.identity},
        "markers": MARKERS,
        "heading": HEADING,
        "sheets": {name: form.say(f"sheet_{name}") for name in SHEETS},
        "questions": [
            {"name": each.name, "key": form.key(each), "label": whole_label(each, form),
             "kind": each.kind, "required": each.required, "choices": form.choices(each)}
            for each in QUESTIONS
        ],
        "rows": [
            {"name": row.name, "key": form.key(row), "label": whole_label(row, form),
             "kind": row.kind, "protected": row.is_protected}
            for row in rows()
        ],
        "splits": [
            {"whole": split.whole.name, "parts": [part.name for part in split.parts],
             "complete": split.is_complete}
            for split in splits()
        ],
        "limits": {"digits": figures.DIGITS, "threshold": figures.THRESHOLD, "longest": LONGEST,
                   "stand_ins": sorted(SENTINELS), "year": form.year},
        "words": {"not_available": sorted(NOT_AVAILABLE), "yes": sorted(check.YES),
                  "no": sorted(check.NO), "short": check.SHORT},
        "texts": {code: text for code, text in told.items()
                  if code.startswith(("problem_", "refusal_"))},
    }  # fmt: skip
