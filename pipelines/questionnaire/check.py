"""Check a form: every rule anew, from the texts of its cells, whatever a spreadsheet let pass.

Errors stop the form. What is merely surprising (a jump since last year, another figure of UNODC)
needs a reason in the note of its row.
"""

import re
from collections.abc import Iterator
from typing import Final

from pipelines.questionnaire import figures, free_text, published_figures
from pipelines.questionnaire.answers import FIGURE, NOTE, Answer, Cell, Filled, Problem
from pipelines.questionnaire.figures import Interval
from pipelines.questionnaire.form import LONGEST, QUESTIONS, Form, Question, Row, rows
from pipelines.questionnaire.published_figures import Known
from pipelines.questionnaire.splits import Split, splits
from pipelines.raw.questionnaires import is_over
from schemas.annotations import HTTPS

FACTOR: Final = 2
"""Change since last year that needs a reason: to more than twice or less than half ..."""
LEAST: Final = 10
"""... and by at least so much."""


class Checked:
    """A form after its check.

    Attributes:
        filled: the form and its answers.
        stated: the sound answers to questions, by name; for choices the code.
        figures: the sound figures of its rows.
        problems: all that was found, in the order of the form.
    """

    def __init__(self, filled: Filled, published: Known) -> None:
        self.filled = filled
        self.stated: dict[str, str] = {}
        self.figures: dict[Row, Interval] = {}
        self._form, self._published = filled.form, published
        found = [*self._questions(), *self._rows(), *self._sums(), *self._surprises()]
        order = {name: place for place, name in enumerate(filled.answers)}
        self.problems = sorted(dict.fromkeys(found), key=lambda each: order[each.name])

    @property
    def is_accepted(self) -> bool:
        """Return whether the form can be taken in: no errors, and a note for each warning."""
        return all(problem.explained for problem in self.problems)

    def _answer(self, name: str) -> Answer:
        return self.filled.answers[name]

    def _problem(
        self, asked: Row | Question, code: str, column: str = FIGURE, **parts: object
    ) -> Problem:
        answer = self._answer(asked.name)
        cell = answer.figure if column == FIGURE else answer.note
        text = self._form.say(f"problem_{code}", **parts)
        return Problem(asked.name, column, text, cell.place)

    def _questions(self) -> Iterator[Problem]:
        for question in QUESTIONS:
            cell = self._answer(question.name).figure
            if cell.fault:
                yield self._problem(question, cell.fault)
            elif cell.is_empty and question.required:
                yield self._problem(question, "missing")
            elif fault := self._question_fault(question, cell):
                yield fault

    def _question_fault(self, question: Question, cell: Cell) -> Problem | None:
        """Return what is wrong with an answer; else keep it."""
        text = cell.text
        if question.kind == "choice":
            code = _chosen(text, question, self._form)
            if text and not code:
                return self._problem(question, "choice")
            text = code
        elif question.kind == "year":
            if text and not (re.fullmatch("[0-9]{4}", text) and 1900 <= int(text) <= self._year):
                return self._problem(question, "year", year=self._year)
        elif code := free_text.published_fault(text, LONGEST[question.name]):
            return self._text_problem(question, code, FIGURE, text)
        elif question.kind == "address" and not re.fullmatch(HTTPS.pattern, text):
            return self._problem(question, "address")
        if text:
            self.stated[question.name] = text
        return None

    @property
    def _year(self) -> int:
        return self._form.year

    def _rows(self) -> Iterator[Problem]:
        for row in rows():
            answer = self._answer(row.name)
            if found := self._figure(row, answer.figure):
                code, parts = found
                yield self._problem(row, code, **parts)
            note = answer.note
            code = note.fault or free_text.fault(note.text, LONGEST["note"])
            if code:
                yield self._text_problem(row, code, NOTE, note.text)
        if all(self._answer(row.name).figure.is_empty for row in rows()):
            yield self._problem(rows()[0], "empty")
        if not is_over(self._year):
            yield self._problem(rows()[0], "not_over", year=self._year)

    def _text_problem(self, asked: Row | Question, code: str, column: str, text: str) -> Problem:
        parts = {"length": len(text), "most": LONGEST.get(asked.name, LONGEST["note"])}
        return self._problem(asked, code, column, **(parts if code == "long" else {}))

    def _figure(self, row: Row, cell: Cell) -> tuple[str, dict[str, str]] | None:
        """Return what is wrong with a figure; else keep it."""
        if cell.fault:
            return cell.fault, {}
        if not cell.text:
            return None
        if row.kind == "flag":
            code = _chosen(cell.text, row, self._form)
            if not code:
                return "flag", {"yes": self._form.say("yes"), "no": self._form.say("no")}
            self.figures[row] = Interval(int(code), int(code))
            return None
        found = figures.read(cell.text, row.kind)
        if isinstance(found, str):
            return found, {"found": cell.text[:40]}
        self.figures[row] = found
        return None

    def _sums(self) -> Iterator[Problem]:
        for split in splits():
            given = [part for part in split.parts if part in self.figures]
            if split.whole not in self.figures:
                if given and self._answer(split.whole.name).figure.is_empty:
                    yield self._problem(split.whole, "no_total")
            elif given:
                yield from self._sum(split, given)

    def _sum(self, split: Split, given: list[Row]) -> Iterator[Problem]:
        """Yield the problem of a total at its cell, and at its parts if these exceed it."""
        whole = self.figures[split.whole]
        parts = figures.total([self.figures[part] for part in given])
        words = {"parts": parts.text, "total": whole.text}
        if parts.lower > whole.upper:
            yield from (self._problem(row, "exceed", **words) for row in (split.whole, *given))
        elif split.is_complete and len(given) == len(split.parts) and parts.upper < whole.lower:
            yield from (self._problem(row, "short", **words) for row in (split.whole, *given))

    def _surprises(self) -> Iterator[Problem]:
        for row, figure in self.figures.items():
            last, other = self._published.last.get(row.name), self._published.unodc.get(row.name)
            if last and row.kind != "flag" and _is_jump(last, figure):
                text = published_figures.text(last)
                problem = self._problem(row, "change", last=text, year=self._year - 1)
                yield self._explained(problem)
            is_victims = row.indicator == "VIC_DETECT" and not row.breakdown
            if other and is_victims and not _overlap(other, figure):
                text = published_figures.text(other)
                yield self._explained(self._problem(row, "other", other=text))

    def _explained(self, problem: Problem) -> Problem:
        """Return a problem for which a note is enough, explained if there is one."""
        note = bool(self._answer(problem.name).note.text)
        return Problem(
            problem.name, problem.column, problem.text, problem.place, stops=False, explained=note
        )


def _chosen(text: str, asked: Row | Question, form: Form) -> str:
    """Return the code of a choice, given by its name or its code; empty if there is none."""
    choices = form.choices(asked)
    by_name = {name.casefold(): code for code, name in choices.items()}
    return text if text in choices else by_name.get(text.casefold(), "")


def _is_jump(last: Interval, figure: Interval) -> bool:
    """Return whether a figure is surely above twice or below half of the last, and not by few."""
    risen = figure.lower > FACTOR * last.upper and figure.lower - last.upper >= LEAST
    fallen = FACTOR * figure.upper < last.lower and last.lower - figure.upper >= LEAST
    return risen or fallen


def _overlap(one: Interval, other: Interval) -> bool:
    return one.lower <= other.upper and other.lower <= one.upper
