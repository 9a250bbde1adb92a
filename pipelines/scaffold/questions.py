"""Questions about a new source. Each answer is checked as soon as it is given."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

import typer

from pipelines.lib import did_you_mean
from pipelines.lib.console import plain
from pipelines.scaffold.units import Unit
from pipelines.sources import discover
from schemas import codelists
from schemas.annotations import HTTPS


def _asked(question: str) -> Any:  # noqa: ANN401 - the default of a field, as for `field`
    return field(default="", metadata={"question": question})


@dataclass(frozen=True)
class Answers:
    """Answers about a new source, in the order of the questions; "" is not answered yet."""

    id: str = _asked("Id of the source, <iso3 or int>_<publisher>")
    publisher: str = _asked("The authority, as it names itself")
    title: str = _asked("Title of the publication")
    page: str = _asked("Page on which the authority describes it (https)")
    address: str = _asked("Address of its file, or of the page that offers it (https)")
    indicator: str = _asked("What is counted, by its code")
    coll_method: str = _asked("How the figures are collected, by its code")
    time_basis: str = _asked("What a year means, by its code")
    def_scope: str = _asked("Legal scope of the offence, by its code")
    nationwide: str = _asked("Are its subdivisions together the whole country, true or false")
    whole: str = _asked("Does the file print the whole country, true or false")

    @property
    def area(self) -> str:
        """Return the code of the state that the id names, "" if it names none."""
        named = self.id[:3].upper()
        return named if named in codelists.oas_states() else ""


_CHOICES: Final = {
    "nationwide": {
        "true": "states or provinces, and all of the country records into them",
        "false": "none, or some only, or some agencies do not report",
    },
    "whole": {
        "true": "in rows of its own, or because it has no areas",
        "false": "only areas, or it is about a part of the country",
    },
}

QUESTIONS: Final[dict[str, str]] = {
    each.name: each.metadata["question"] for each in fields(Answers)
}


def flag(name: str) -> str:
    """Return the option of an answer on the command line."""
    return f"--{name.replace('_', '-')}"


def complete_answers(given: Answers, unit: Unit) -> Answers:
    """Return the given answers and those to the other questions, each checked at once.

    What is counted must be an indicator of the unit.

    Raises:
        typer.BadParameter: an answer is refused, or missing where nobody can be asked.
    """
    coded = ("coll_method", "time_basis", "def_scope")
    choices = {name: codelists.labels(name, "en") for name in coded}
    choices |= {"indicator": unit.indicators, **_CHOICES}
    reasons = {"indicator": f" in the unit of the file ({unit.why})" if unit.why else ""}
    answers = Answers()
    for name in QUESTIONS:
        allowed, why = choices.get(name, {}), reasons.get(name, "")
        answers = replace(answers, **{name: _answer(name, getattr(given, name), allowed, why)})
    return answers


def _answer(name: str, given: str, choices: Mapping[str, str], why: str) -> str:
    """Return the given answer, or ask until there is one that passes the check."""

    def checked(text: str) -> str:
        if wrong := _wrong(name, text.strip(), choices, why):
            raise typer.BadParameter(plain(wrong), param_hint=flag(name))
        return text.strip()

    if given:
        return checked(given)
    width = max(map(len, choices), default=0)
    for code, meaning in choices.items():
        typer.echo(f"  {code:<{width}}  {meaning}".rstrip())
    try:
        return str(typer.prompt(QUESTIONS[name], value_proc=checked))
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        raise typer.BadParameter("not given", param_hint=flag(name)) from None


def _wrong(name: str, text: str, choices: Mapping[str, str], why: str) -> str:
    """Return what is wrong with an answer and what to write; "" if it is right."""
    if not text.isprintable() or not text:
        return "empty, or not on one line: write it in words"
    if choices and text not in choices:
        near = did_you_mean.match(text, filter(None, [*choices, *choices.values()]))
        meant = [f"{code} ({words})" for code, words in choices.items() if near in (code, words)]
        hint = f"did you mean {meant[0]}?" if meant else f"there is {', '.join(choices)}"
        return f"'{text}' is no {name}{why}; {hint}"
    if name in ("page", "address") and not re.fullmatch(HTTPS.pattern, text):
        return f"'{text}' is not an address: write it in full, from https:// on"
    return _wrong_id(text) if name == "id" else ""


def _wrong_id(text: str) -> str:
    match = re.fullmatch(r"([a-z]{3})_[a-z0-9_]+", text)
    state = match[1].upper() if match else ""
    if state in {"INT", *codelists.oas_states()}:
        known = f"there is a source '{text}' already: take another id"
        return known if text in discover() else ""
    if state in codelists.codes("area"):
        return (
            f"{codelists.labels('area', 'en')[state]} ({state}) is none of the 35 states of the "
            "Americas: no figure of it is taken in; what somebody elsewhere publishes about these "
            "is int_<publisher>"
        )
    return (
        f"'{text}' is not an id: write <alpha-3 code of a state of the Americas>_<publisher>, such "
        "as jam_statin, or int_<publisher>, in lower case"
    )
