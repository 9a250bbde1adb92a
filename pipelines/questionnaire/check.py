"""Check a form: every rule anew, from the texts of its cells, whatever a spreadsheet let pass.

Errors stop the form. What is merely surprising (a jump since last year, another figure of UNODC)
needs a reason in the note of its row.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipelines.intake import state_figures
from pipelines.lib import clock
from pipelines.protection.cells import Bounds
from pipelines.questionnaire import figures, free_text
from pipelines.questionnaire.answers import (
    FIGURE,
    NOTE,
    PUBLISHED,
    Filled,
    FormCell,
    Problem,
    folded,
)
from pipelines.questionnaire.figures import as_text
from pipelines.questionnaire.form import LONGEST, QUESTIONS, Form, Question, Row, rows
from pipelines.questionnaire.protect import name
from pipelines.questionnaire.published_figures import Known
from pipelines.questionnaire.splits import splits
from pipelines.raw.questionnaires import is_over
from schemas import parameters
from schemas.annotations import HTTPS

FACTOR: Final = parameters.number("factor_of_answer")
"""Change since last year that needs a reason: by more than this factor, up or down ..."""
LEAST: Final = parameters.number("least_change_of_answer")
"""... and by at least so much."""

YEAR: Final = "(19|2[0-9])[0-9]{2}"

YES: Final = frozenset(("yes", "si", "sim", "oui"))
NO: Final = frozenset(("no", "nao", "non"))
"""Answers to a question for yes or no in any of the languages, as `folded` returns them."""
SHORT: Final = {"1": ("s", "y", "o", "x", "true", "verdadero", "verdadeiro", "vrai"),
                 "0": ("n", "false", "falso", "faux")}  # fmt: skip
"""Answers that are asked about: a letter may stand for something else."""


class Checked:
    """A form after its check.

    Attributes:
        filled: the form and its answers.
        stated: the sound answers to questions, by name; for choices the code.
        figures: the sound figures of its rows.
        public: the rows whose figure the state has published elsewhere, as it says.
        problems: all that was found, in the order of the form.
    """

    def __init__(self, filled: Filled, published: Known) -> None:
        self.filled = filled
        self.stated: dict[str, str] = {}
        self.figures: dict[Row, Bounds] = {}
        self.public: list[Row] = []
        self._year, self._published = filled.form.year, published
        found = [*self._rows(), *self._questions(), *self._sums(), *self._surprises()]
        order = {name: place for place, name in enumerate(filled.answers)}
        self.problems = sorted(dict.fromkeys(found), key=lambda each: order[each.name])

    @property
    def is_accepted(self) -> bool:
        """Return whether the form can be taken in: no errors, and a note for each warning."""
        return all(problem.explained for problem in self.problems)

    def _problem(
        self, asked: Row | Question, code: str, column: str = FIGURE, **parts: object
    ) -> Problem:
        place = getattr(self.filled.answers[asked.name], column).place
        return Problem(asked.name, column, code, place, tuple(parts.items()))

    def _text_problem(self, asked: Row | Question, code: str, column: str, text: str) -> Problem:
        parts = {"length": len(text), "most": LONGEST.get(asked.name, LONGEST["note"])}
        return self._problem(asked, code, column, **(parts if code == "long" else {}))

    def _questions(self) -> Iterator[Problem]:
        for question in QUESTIONS:
            cell = self.filled.answers[question.name].figure
            if cell.fault and (question.kind, cell.fault) != ("day", "date"):
                yield self._problem(question, cell.fault)
            elif cell.is_empty:
                if question.required:
                    yield self._problem(question, "missing")
                elif self.public and question.name in ("published_at", "published_on"):
                    yield self._problem(question, "published_where")
            elif fault := self._question_fault(question, cell.text):
                yield fault

    def _question_fault(self, question: Question, text: str) -> Problem | None:
        """Return what is wrong with an answer; else keep it."""
        most = LONGEST.get(question.name, 0)
        if question.kind in ("text", "address") and (code := free_text.published_fault(text, most)):
            return self._text_problem(question, code, FIGURE, text)
        code = _chosen(text, question, self.filled.form) if question.kind == "choice" else text
        is_sound = {
            "choice": bool(code),
            "year": bool(re.fullmatch(YEAR, text)) and int(text) <= self._year,
            "day": len(text) == len("2026-01-15") and clock.is_past(text),
            "address": bool(re.fullmatch(HTTPS.pattern, text)),
            "text": True,
        }[question.kind]
        if not is_sound:
            parts: dict[str, dict[str, object]] = {
                "year": {"year": self._year},
                "day": {"today": clock.today()},
            }
            return self._problem(question, question.kind, FIGURE, **parts.get(question.kind, {}))
        self.stated[question.name] = code
        return None

    def _rows(self) -> Iterator[Problem]:
        for row in rows():
            answer = self.filled.answers[row.name]
            yield from self._figure(row, answer.figure)
            note, mark = answer.note, answer.published
            if code := note.fault or free_text.fault(note.text, LONGEST["note"]):
                yield self._text_problem(row, code, NOTE, note.text)
            if not mark.is_empty:
                is_marked = _yes_or_no(mark.text, also_short=True)
                if mark.fault or not is_marked:
                    yield self._problem(row, mark.fault or "mark", PUBLISHED)
                elif is_marked == "1" and row in self.figures:
                    self.public.append(row)
        if all(self.filled.answers[row.name].figure.is_empty for row in rows()):
            yield self._problem(rows()[0], "empty")
        if not is_over(self._year):
            yield self._problem(rows()[0], "not_over", year=self._year)

    def _figure(self, row: Row, cell: FormCell) -> Iterator[Problem]:
        """Yield what is wrong with a figure; else keep it."""
        if cell.fault:
            yield self._problem(row, cell.fault)
        elif cell.is_empty:
            return
        elif row.kind == "flag":
            chosen = _chosen(cell.text, row, self.filled.form)
            if code := chosen or _yes_or_no(cell.text, also_short=True):
                self.figures[row] = Bounds(int(code), int(code))
            else:
                yield self._problem(row, "flag")
        elif isinstance(found := figures.figure_in(cell.text), str):
            yield self._problem(row, found, found=cell.text[:40])
        else:
            self.figures[row] = found

    def _sums(self) -> Iterator[Problem]:
        """Yield the problem of a total at its cell, and at its parts if these exceed it."""
        for split in splits():
            given = [part for part in split.parts if part in self.figures]
            if split.whole not in self.figures:
                if given and self.filled.answers[split.whole.name].figure.is_empty:
                    yield self._problem(split.whole, "no_total")
            elif given:
                whole = self.figures[split.whole]
                least, most = (sum(self.figures[part][end] for part in given) for end in (0, 1))
                is_whole = split.is_complete and len(given) == len(split.parts)
                code = "exceed" if least > whole.high else ""
                if is_whole and most < whole.low:
                    code = "short"
                words = {"parts": as_text(Bounds(least, most)), "total": as_text(whole)}
                for row in (split.whole, *given) if code else ():
                    yield self._problem(row, code, **words)

    def _surprises(self) -> Iterator[Problem]:
        for row, figure in self.figures.items():
            found = self.filled.answers[row.name].figure.text
            if row.kind == "flag" and not _chosen(found, row, self.filled.form):
                code = "read_as_yes" if figure.low else "read_as_no"
                yield self._explained(row, code, found=found)
            last, other = self._published.last.get(row.name), self._published.unodc.get(row.name)
            if last and row.kind != "flag" and _is_jump(last, figure):
                yield self._explained(row, "change", last=as_text(last), year=self._year - 1)
            is_victims = row.indicator == "VIC_DETECT" and not row.breakdown
            if other and is_victims and not other.meets(figure):
                yield self._explained(row, "other", other=as_text(other))
        if self.stated.get("time_basis") == "CY":  # as case records are counted
            named, records = {name(row): row for row in self.figures}, self._published.records
            given = {each: self.figures[row] for each, row in named.items()}
            for each in state_figures.contradicted(given, records):
                yield self._explained(named[each], "records", records=as_text(records[each]))

    def _explained(self, row: Row, code: str, **parts: object) -> Problem:
        """Return a problem for which a note is enough, explained if there is one."""
        note = not self.filled.answers[row.name].note.is_empty
        problem = self._problem(row, code, FIGURE, **parts)
        return replace(problem, stops=False, explained=note)


def _chosen(text: str, asked: Row | Question, form: Form) -> str:
    """Return the code of a choice, given by its name or its code; empty if there is none."""
    choices = form.choices(asked)
    if text in choices:
        return text
    if not isinstance(asked, Question):
        return _yes_or_no(text)
    return {folded(name): code for code, name in choices.items()}.get(folded(text), "")


def _yes_or_no(text: str, *, also_short: bool = False) -> str:
    """Return 1 for a yes in any of the languages, 0 for a no, else an empty text."""
    word = folded(text)
    if word in YES or (also_short and word in SHORT["1"]):
        return "1"
    return "0" if word in NO or (also_short and word in SHORT["0"]) else ""


def _is_jump(last: Bounds, figure: Bounds) -> bool:
    """Return whether a figure is surely above twice or below half of the last, and not by few."""
    risen = figure.low > FACTOR * last.high and figure.low - last.high >= LEAST
    fallen = FACTOR * figure.high < last.low and last.low - figure.high >= LEAST
    return risen or fallen
