"""Recognise a form by its identity and keys: which state, year, language and version it is."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.questionnaire.answers import Answer, Cell, Filled, FormRefusedError
from pipelines.questionnaire.form import KIND, Form, asked, version
from pipelines.questionnaire.labels import label, whole_label
from pipelines.raw.questionnaires import YEARS
from schemas import codelists


class Found(NamedTuple):
    """A row or question that was found in a file."""

    place: str  # the cell or line of its key
    key: str
    label: Cell | None  # the label beside the key; None in a layout without labels
    answer: Answer


def filled(path: Path, identity: Sequence[str], found: Sequence[Found]) -> Filled:
    """Return a form with its answers, each row and question exactly once.

    Raises:
        FormRefusedError: the identity is none, or of an older version; a key is missing, occurs
            twice, or is of another form; a label is not that of its key.
    """
    form = _form(path, identity)
    names = {form.key(question): question.name for question in asked()}
    labels = {
        question.name: (label(question, form), whole_label(question, form)) for question in asked()
    }
    answers: dict[str, Answer] = {}
    for place, key, shown, answer in found:
        if key not in names:
            other = " ".join(key.split("|")[:2])
            raise FormRefusedError(
                f"{path}: {place}: a row of another form ({other}) than that of {form.state} "
                f"{form.year}; copy the answers into a new form"
            )
        if names[key] in answers:
            raise FormRefusedError(f"{path}: {place}: this row stands twice; take one out")
        if shown and _plain(shown.text) not in map(_plain, labels[names[key]]):
            raise FormRefusedError(
                f"{path}: {shown.place}: this label is not that of its row, "
                f"'{labels[names[key]][0]}'; copy the answers into a new form"
            )
        answers[names[key]] = answer
    if missing := [name for name in names.values() if name not in answers]:
        raise FormRefusedError(
            f"{path}: {len(missing)} rows of the form are gone, the first is {missing[0]}; copy "
            "the answers into a new form"
        )
    return Filled(form, {name: answers[name] for name in names.values()})


def _plain(text: str) -> str:
    """Return a text with simple spaces: spreadsheets replace the narrow ones."""
    return " ".join(text.split())


def _form(path: Path, identity: Sequence[str]) -> Form:
    kind, found, state, year, language = identity
    is_known = state in codelists.oas_states() and language in codelists.LANGUAGES
    is_year = year in map(str, YEARS)
    if kind != KIND or not is_known or not is_year:
        raise FormRefusedError(
            f"{path}: what the form is of was changed ({' '.join(identity)}); copy the answers "
            "into a new form"
        )
    form = Form(state, int(year), language)
    if found != version():
        raise FormRefusedError(
            f"{path}: an older form ({found}, now {version()}) of {state} {year}; write a new one "
            f"with 'tipstat questionnaire {state} --year {year} --lang {language} --out FILE', and "
            "copy the answers into it"
        )
    return form
