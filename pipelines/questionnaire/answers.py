"""A form that was read: its answers, and the problems that were found in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipelines.lib.accents import without_accents
from pipelines.lib.errors import TipstatError
from pipelines.questionnaire.form import Form
from pipelines.questionnaire.texts import say
from schemas import codelists

FIGURE: Final = "figure"
NOTE: Final = "note"
PUBLISHED: Final = "published"
COLUMNS: Final = (FIGURE, NOTE, PUBLISHED)
"""The columns that an office fills in; that of a question's answer is `figure` too."""

NOT_AVAILABLE: Final = frozenset(
    ("nd", "na", "sd", "sr", "nc", "no disponible", "no aplica", "sin datos", "sin dato",
     "sem dados", "sem informacao", "nao disponivel", "nao se aplica", "non disponible",
     "sans donnees", "sans objet", "not available", "not applicable", "no data", "unknown",
     "desconocido", "desconhecido", "inconnu", "null", "nan")
)  # fmt: skip
"""What offices write for a figure that they do not have, as `folded` returns it."""
SIGNS_ALONE: Final = re.compile(r"[-–—−.…/\s]+|s[/.] ?i\.?", re.IGNORECASE)
"""Dashes and points alone, and `s/i`, which is not `si` without its bar."""


def folded(text: str) -> str:
    """Return a text to compare: without accents, case, points, bars, brackets and dashes."""
    plain = re.sub(r"[^\w<>=+\s]|_", "", without_accents(text))
    return " ".join(plain.split())


class FormRefusedError(TipstatError):
    """A file that is not one of our forms, or that cannot be read in exactly one way.

    Attributes:
        path: the file.
        code: what is wrong, the end of a code `refusal_...` of the texts.
        parts: what the text has placeholders for.
        language: the language of the text; empty for all four, where the form's is not known.
    """

    def __init__(self, path: Path, code: str, language: str = "", **parts: object) -> None:
        super().__init__(code)
        self.path, self.code, self.language, self.parts = path, code, language, parts

    def __str__(self) -> str:
        languages = [self.language] if self.language else codelists.LANGUAGES
        told = [say(each, f"refusal_{self.code}", **self.parts) for each in languages]
        return f"{self.path}: " + "\n".join(told)


class NoFormError(FormRefusedError):
    """A file that is not one of our forms, not even a damaged one."""


@dataclass(frozen=True)
class FormCell:
    """A cell that an office fills in."""

    # where it is, such as `Victims, E12`; empty if the form was not read from a file
    place: str = ""
    text: str = ""  # what it holds, as text
    # code of what keeps it from being read: a formula, a merged cell, a date, an error
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether the cell is blank, or says that there is no answer, as `n/d` does."""
        return not (self.text or self.fault) or self.is_not_available

    @property
    def is_not_available(self) -> bool:
        """Return whether the cell says that there is no answer."""
        is_sign = bool(SIGNS_ALONE.fullmatch(self.text))
        return not self.fault and (is_sign or folded(self.text) in NOT_AVAILABLE)


@dataclass(frozen=True)
class FormAnswer:
    """The answer to a row or a question, the note beside it, and the mark that it was published."""

    figure: FormCell = field(default_factory=FormCell)
    note: FormCell = field(default_factory=FormCell)
    published: FormCell = field(default_factory=FormCell)


@dataclass(frozen=True)
class Filled:
    """A form that was read.

    Attributes:
        form: the form that was filled in.
        answers: the answers by name of the row or question: all that it asks today.
        added: names of what is asked today and was not yet when the form was written.
        left: sheets and cells with a comment that are none of ours: no answer repeats them.
    """

    form: Form
    answers: Mapping[str, FormAnswer]
    added: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A problem with one cell."""

    name: str  # name of the row or question
    column: str  # one of `COLUMNS`
    code: str  # what is wrong, the end of a code `problem_...` of the texts
    place: str  # the place of the cell
    parts: tuple[tuple[str, object], ...] = ()  # what the text has placeholders for
    stops: bool = True  # whether it must be corrected; else a note with a reason is enough
    explained: bool = False  # whether it needs no correction, since a note gives the reason

    def text(self, language: str) -> str:
        """Return the sentence in a language."""
        return say(language, f"problem_{self.code}", **dict(self.parts))
