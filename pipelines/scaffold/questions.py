"""Questions about a new source. Each answer is checked as soon as it is given."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.scaffold.sample import read_layout
from pipelines.sources import discover
from schemas import codelists
from schemas.figure import FigureError, parse
from schemas.source import HTTPS, Layout


class AnswerError(ValueError):
    """An answer that is refused: the fault and what to write, in a line."""


@dataclass(frozen=True)
class Answers:
    """Answers about a new source: fields of `schemas.source.Source`, and what tidy() needs.

    An answer that was not given yet is "".
    """

    id: str = ""
    publisher: str = ""
    title: str = ""
    page: str = ""
    address: str = ""
    sample: str = ""
    area: str = ""
    indicator: str = ""
    year_column: str = ""
    figure_column: str = ""
    locale: str = ""
    coll_method: str = ""
    time_basis: str = ""
    def_scope: str = ""

    def layout(self) -> Layout:
        """Return the form of the publication's table, as the sample shows.

        Raises:
            FileRefusedError: the sample cannot be read.
        """
        return read_layout(Path(self.sample))


def _nothing(_: Answers) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Question:
    """Question about a new source.

    Attributes:
        name: its field of `Answers`.
        asks: the question.
        check: refuses an answer with AnswerError or FileRefusedError, given the earlier answers.
        choices: the only answers allowed and the meaning of each, if they can be listed.
        place: where the choices come from, for the message about another answer.
    """

    name: str
    asks: str
    check: Callable[[str, Answers], None] = lambda _text, _before: None
    choices: Callable[[Answers], Mapping[str, str]] = _nothing
    place: str = ""

    @property
    def flag(self) -> str:
        """Return the option on the command line."""
        return f"--{self.name.replace('_', '-')}"

    def checked(self, text: str, before: Answers) -> str:
        """Return the answer, checked.

        Raises:
            AnswerError: it is refused.
            FileRefusedError: the sample cannot be read.
        """
        if not text.isprintable() or not text:
            raise AnswerError("empty, or not on one line: write it in words")
        choices = self.choices(before)
        if choices and text not in choices:
            raise AnswerError(f"'{text}' is not {self.place}; {_nearest(text, choices)}")
        self.check(text, before)
        return text


def _nearest(text: str, choices: Mapping[str, str]) -> str:
    """Return the choices that resemble a text, by code or by name; all where none does."""
    known = {
        word.casefold(): code for code, name in choices.items() for word in (name, code) if word
    }
    near = difflib.get_close_matches(text.casefold(), known, n=3)
    if not near:
        return f"there is {', '.join(choices)}"
    codes = dict.fromkeys(known[word] for word in near)
    named = (f"{code} ({choices[code]})" if choices[code] else code for code in codes)
    return f"did you mean {' or '.join(named)}?"


def _new_id(text: str, _: Answers) -> None:
    match = re.fullmatch(r"([a-z]{3})_[a-z0-9_]+", text)
    if not match or not (match[1] == "int" or match[1].upper() in codelists.oas_states()):
        raise AnswerError(
            f"'{text}' is no id: write <alpha-3 code of an OAS state>_<publisher>, such as "
            "jam_statin, or int_<publisher>, in lower case"
        )
    if text in discover():
        raise AnswerError(
            f"there is a source '{text}' already, in pipelines/sources/{text}.py: take another id"
        )


def _https(text: str, _: Answers) -> None:
    if not re.fullmatch(HTTPS.pattern, text):
        raise AnswerError(f"'{text}' is no address: write it whole, from https:// on")


def _sample(text: str, _: Answers) -> None:
    read_layout(Path(text))


def _locale(text: str, _: Answers) -> None:
    try:
        parse("0", text)
    except FigureError:
        raise AnswerError(
            f"'{text}' is no CLDR locale: write one whose signs the file prints, such as es_AR"
        ) from None


def _areas(before: Answers) -> dict[str, str]:
    """Return the state that the id names, or else all of the OAS."""
    names = codelists.labels("area", "en")
    named = before.id[:3].upper()
    return {code: names[code] for code in codelists.oas_states() if named in ("INT", code)}


def _columns(before: Answers) -> dict[str, str]:
    return dict.fromkeys(
        (name for name in before.layout().header if name != before.year_column), ""
    )


def _coded(name: str, asks: str) -> Question:
    """Return a question whose answers are the codes of the list of that name."""
    place = f"in schemas/codelists/{name}.csv"
    return Question(name, asks, choices=lambda _: codelists.labels(name, "en"), place=place)


_HEADER: Final = "a column of the sample"

QUESTIONS: Final = (
    Question("id", "Id of the source, <iso3 or int>_<publisher>", _new_id),
    Question("publisher", "The authority, as it names itself"),
    Question("title", "Title of the publication"),
    Question("page", "Page on which the authority describes it (https)", _https),
    Question("address", "Address of its file, or of the page that offers it (https)", _https),
    Question("sample", "A file of the publication, on this computer", _sample),
    Question(
        "area", "State, by its alpha-3 code", choices=_areas, place="a state that the id allows"
    ),
    _coded("indicator", "What is counted, by its code"),
    Question("year_column", "Column with the year", choices=_columns, place=_HEADER),
    Question("figure_column", "Column with the figure", choices=_columns, place=_HEADER),
    Question("locale", "Locale whose digit signs the file prints, such as es_AR", _locale),
    _coded("coll_method", "How the figures are collected, by its code"),
    _coded("time_basis", "What a year means, by its code"),
    _coded("def_scope", "Legal scope of the offence, by its code"),
)
"""All questions, in the order in which they are asked."""
