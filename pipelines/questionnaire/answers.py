"""A form that was read: its answers, and the problems that were found in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pipelines.lib.errors import TipstatError
from pipelines.questionnaire.form import Form

FIGURE: Final = "figure"
NOTE: Final = "note"
COLUMNS: Final = (FIGURE, NOTE)
"""The columns that an office fills in; that of a question's answer is `figure` too."""


class FormRefusedError(TipstatError):
    """A file that is not one of our forms, or that cannot be read in exactly one way."""


class NoFormError(FormRefusedError):
    """A file that is not one of our forms, not even a damaged one."""


@dataclass(frozen=True)
class Cell:
    """A cell that an office fills in."""

    # where it is, such as `Victims, E12`; empty if the form was not read from a file
    place: str = ""
    text: str = ""  # what it holds, as text
    # code of what keeps it from being read: a formula, a merged cell, a date, an error
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether the cell is blank."""
        return not (self.text or self.fault)


@dataclass(frozen=True)
class Answer:
    """The answer to a row or a question, and the note beside it."""

    figure: Cell = field(default_factory=Cell)
    note: Cell = field(default_factory=Cell)


@dataclass(frozen=True)
class Filled:
    """A form that was read: answers by the name of the row or question; all that it asks."""

    form: Form
    answers: Mapping[str, Answer]


@dataclass(frozen=True)
class Problem:
    """A problem with one cell."""

    name: str  # name of the row or question
    column: str  # `figure` or `note`
    text: str  # the sentence, in the form's language
    place: str  # the place of the cell
    stops: bool = True  # whether it must be corrected; else a note with a reason is enough
    explained: bool = False  # whether it needs no correction, since a note gives the reason
