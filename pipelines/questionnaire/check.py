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
from pipelines.questionnaire import figures, free_text, published_figures
from pipelines.questionnaire.answers import (
    FIGURE,
    NOTE,
    PUBLISHED,
    Answer,
    Cell,
    Filled,
    Problem,
    folded,
)
from pipelines.questionnaire.figures import Interval
from pipelines.questionnaire.form import LONGEST, QUESTIONS, Form, Question, Row, rows
from pipelines.questionnaire.protect import name
from pipelines.questionnaire.published_figures import OPEN, Known
from pipelines.questionnaire.splits import Split, splits
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
        self.figures: dict[Row, Interval] = {}
        self.public: list[Row] = []
        self._form, self._published = filled.form, published
        found = [*self._rows(), *self._questions(), *self._sums(), *self._surprises()]
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
        place = getattr(self._answer(asked.name), column).place
        return Problem(asked.name, column, code, place, tuple(parts.items()))

    def _questions(self) -> Iterator[Problem]:
        for question in QUESTIONS:
            cell = self._answer(question.name).figure
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
        code = _chosen(text, question, self._form) if question.kind == "choice" else text
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
            if not answer.published.is_empty and (code := self._mark_fault(row, answer.published)):
                yield self._problem(row, code, PUBLISHED)
        if all(self._answer(row.name).figure.is_empty for row in rows()):
            yield self._problem(rows()[0], "empty")
        if not is_over(self._year):
            yield self._problem(rows()[0], "not_over", year=self._year)

    def _mark_fault(self, row: Row, cell: Cell) -> str:
        """Return what is wrong with the mark that a figure was published; else keep the row."""
        code = _yes_or_no(cell.text) or _short(cell.text)
        if cell.fault or not code:
            return cell.fault or "mark"
        if code == "1" and row in self.figures:
            self.public.append(row)
        return ""

    def _text_problem(self, asked: Row | Question, code: str, column: str, text: str) -> Problem:
        parts = {"length": len(text), "most": LONGEST.get(asked.name, LONGEST["note"])}
        return self._problem(asked, code, column, **(parts if code == "long" else {}))

    def _figure(self, row: Row, cell: Cell) -> tuple[str, dict[str, str]] | None:
        """Return what is wrong with a figure; else keep it."""
        if cell.fault:
            return cell.fault, {}
        if cell.is_empty:
            return None
        if row.kind == "flag":
            code = _chosen(cell.text, row, self._form) or _short(cell.text)
            if not code:
                return "flag", {}
            self.figures[row] = Interval(int(code), int(code))
            return None
        found = figures.read(cell.text)
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
            found = self._answer(row.name).figure.text
            if row.kind == "flag" and not _chosen(found, row, self._form):
                code = "read_as_yes" if figure.lower else "read_as_no"
                yield self._explained(self._problem(row, code, found=found))
            last, other = self._published.last.get(row.name), self._published.unodc.get(row.name)
            if last and row.kind != "flag" and _is_jump(last, figure):
                text = published_figures.text(last)
                problem = self._problem(row, "change", last=text, year=self._year - 1)
                yield self._explained(problem)
            is_victims = row.indicator == "VIC_DETECT" and not row.breakdown
            if other and is_victims and not _overlap(other, figure):
                text = published_figures.text(other)
                yield self._explained(self._problem(row, "other", other=text))

        yield from self._against_records()

    def _against_records(self) -> Iterator[Problem]:
        """Yield where the figures contradict those that the state counted from case records."""
        if self.stated.get("time_basis") != "CY":
            return
        rows, records = {name(row): row for row in self.figures}, self._published.records
        given = {each: Bounds(*self.figures[row]) for each, row in rows.items()}
        for each in state_figures.contradicted(given, records):
            low, high = records[each]
            text = published_figures.text(Interval(int(low), int(min(high, OPEN))))
            yield self._explained(self._problem(rows[each], "records", records=text))

    def _explained(self, problem: Problem) -> Problem:
        """Return a problem for which a note is enough, explained if there is one."""
        note = not self._answer(problem.name).note.is_empty
        return replace(problem, stops=False, explained=note)


def _chosen(text: str, asked: Row | Question, form: Form) -> str:
    """Return the code of a choice, given by its name or its code; empty if there is none."""
    choices = form.choices(asked)
    if text in choices:
        return text
    if not isinstance(asked, Question):
        return _yes_or_no(text)
    return {folded(name): code for code, name in choices.items()}.get(folded(text), "")


def _yes_or_no(text: str) -> str:
    word = folded(text)
    return "1" if word in YES else "0" if word in NO else ""


def _short(text: str) -> str:
    word = folded(text)
    return next((code for code, words in SHORT.items() if word in words), "")


def _is_jump(last: Interval, figure: Interval) -> bool:
    """Return whether a figure is surely above twice or below half of the last, and not by few."""
    risen = figure.lower > FACTOR * last.upper and figure.lower - last.upper >= LEAST
    fallen = FACTOR * figure.upper < last.lower and last.lower - figure.upper >= LEAST
    return risen or fallen


def _overlap(one: Interval, other: Interval) -> bool:
    return one.lower <= other.upper and other.lower <= one.upper
