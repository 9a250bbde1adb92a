"""Questions about a new source. Each answer is checked as soon as it is given."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pipelines.sources import discover
from schemas import codelists
from schemas.annotations import HTTPS


class AnswerError(ValueError):
    """An answer that is refused: the fault and what to write, on one line."""


@dataclass(frozen=True)
class Answers:
    """Answers about a new source: fields of `schemas.source.Source`, and what is counted.

    An answer that was not given yet is "".
    """

    id: str = ""
    publisher: str = ""
    title: str = ""
    page: str = ""
    address: str = ""
    indicator: str = ""
    coll_method: str = ""
    time_basis: str = ""
    def_scope: str = ""
    nationwide: str = ""

    @property
    def area(self) -> str:
        """Return the code of the state that the id names, "" if it names none."""
        named = self.id[:3].upper()
        return named if named in codelists.oas_states() else ""


@dataclass(frozen=True)
class Question:
    """Question about a new source."""

    name: str  # its field of `Answers`
    asks: str
    check: Callable[[str], None] = lambda _text: None  # refuses an answer with AnswerError
    # the only answers allowed and the meaning of each, if they can be listed
    choices: Mapping[str, str] = field(default_factory=dict)
    place: str = ""  # where the choices come from, for the message about another answer

    @property
    def flag(self) -> str:
        """Return the option on the command line."""
        return f"--{self.name.replace('_', '-')}"

    def checked(self, text: str) -> str:
        """Return the answer, checked.

        Raises:
            AnswerError: it is refused.
        """
        if not text.isprintable() or not text:
            raise AnswerError("empty, or not on one line: write it in words")
        if self.choices and text not in self.choices:
            raise AnswerError(f"'{text}' is not {self.place}; {_nearest(text, self.choices)}")
        self.check(text)
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


def _new_id(text: str) -> None:
    match = re.fullmatch(r"([a-z]{3})_[a-z0-9_]+", text)
    if not match or not (match[1] == "int" or match[1].upper() in codelists.oas_states()):
        raise AnswerError(
            f"'{text}' is not an id: write <alpha-3 code of a state of the Americas>_<publisher>, "
            "such as jam_statin, or int_<publisher>, in lower case"
        )
    if text in discover():
        raise AnswerError(
            f"there is a source '{text}' already, in pipelines/sources/{text}.py: take another id"
        )


def _https(text: str) -> None:
    if not re.fullmatch(HTTPS.pattern, text):
        raise AnswerError(f"'{text}' is not an address: write it in full, from https:// on")


def _coded(name: str, asks: str) -> Question:
    """Return a question whose answers are the codes of the list of that name."""
    place = f"in schemas/codelists/{name}.csv"
    return Question(name, asks, choices=codelists.labels(name, "en"), place=place)


QUESTIONS: Final = (
    Question("id", "Id of the source, <iso3 or int>_<publisher>", _new_id),
    Question("publisher", "The authority, as it names itself"),
    Question("title", "Title of the publication"),
    Question("page", "Page on which the authority describes it (https)", _https),
    Question("address", "Address of its file, or of the page that offers it (https)", _https),
    _coded("indicator", "What is counted, by its code"),
    _coded("coll_method", "How the figures are collected, by its code"),
    _coded("time_basis", "What a year means, by its code"),
    _coded("def_scope", "Legal scope of the offence, by its code"),
    Question(
        "nationwide",
        "Does it print subdivisions that together are the whole country, true or false",
        choices={
            "true": "states or provinces, and all of the country records into them",
            "false": "none, or some only, or some agencies do not report",
        },
        place="true or false",
    ),
)
"""All questions, in the order in which they are asked."""
