"""Recognise a form by its identity and keys: which state, year, language and version it is.

A form of another version is taken as long as each of its rows is still asked and means the same:
what was added since is blank in it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.questionnaire.answers import Filled, FormAnswer, FormCell, FormRefusedError
from pipelines.questionnaire.form import KIND, Form, asked, version
from pipelines.questionnaire.labels import checksum, label, whole_label
from pipelines.raw.questionnaires import YEARS
from schemas import codelists


class Found(NamedTuple):
    """A row or question that was found in a file."""

    place: str  # the cell or line of its key
    key: str
    label: FormCell | None  # the label beside the key; None in a layout without labels
    answer: FormAnswer


class Identity(NamedTuple):
    """The identity of a form, as `labels.identity` wrote it."""

    kind: str
    version: str
    state: str
    year: str
    language: str
    meanings: str
    labels: str

    def form(self, path: Path) -> Form:
        """Return the form: of which state and year, in which language.

        Raises:
            FormRefusedError: it is none of ours, or something that it asks meant something else.
        """
        language = self.language if self.language in codelists.LANGUAGES else ""
        is_state = self.state in codelists.oas_states() and self.year in map(str, YEARS)
        if self.kind != KIND or not language or not is_state:
            found = " ".join(self[2:5])
            raise FormRefusedError(path, "identity", language, found=found)
        form = Form(self.state, int(self.year), self.language)
        is_same = {*self.meanings.split()} <= {*form.identity[-1].split()}
        if not self.is_current and not (self.meanings and is_same):
            raise older(path, form)
        return form

    @property
    def is_current(self) -> bool:
        """Return whether the form asks what it asks today."""
        return self.version == version()


def identity(cells: Sequence[str]) -> Identity:
    """Return the identity in the cells of a file, which may be too few."""
    width = len(Identity._fields)
    return Identity(*[*cells, *[""] * width][:width])


def older(path: Path, form: Form) -> FormRefusedError:
    """Return the refusal of a form that asks what is not asked any more."""
    parts = {"state": form.state, "year": form.year, "written": form.language}
    return FormRefusedError(path, "older", form.language, **parts)


def other_year(path: Path, form: Form, place: str, other: str) -> FormRefusedError:
    """Return the refusal of a form that has figures of another year than its own."""
    parts = {"state": form.state, "year": form.year, "other": other}
    return FormRefusedError(path, "other_year", form.language, place=place, **parts)


def filled(
    path: Path, identity: Identity, found: Sequence[Found], left: Sequence[str] = ()
) -> Filled:
    """Return a form with its answers, each row and question exactly once.

    Raises:
        FormRefusedError: as `Identity.form`; a key occurs twice, is of another form or is not asked
            any more; one of a current form is missing; a label is not that of its key.
    """
    form = identity.form(path)
    names = {form.key(each): each.name for each in asked()}
    kept: dict[str, Found] = {}
    for each in found:
        if each.key not in names:
            raise _strange(path, form, each, is_current=identity.is_current)
        if names[each.key] in kept:
            raise FormRefusedError(path, "row_twice", form.language, place=each.place)
        kept[names[each.key]] = each
    missing = [name for name in names.values() if name not in kept]
    if missing and identity.is_current:
        parts = {"count": len(missing), "first": missing[0]}
        raise FormRefusedError(path, "rows_gone", form.language, **parts)
    _refuse_labels(path, form, identity.labels, kept)
    answers = {name: kept[name].answer if name in kept else FormAnswer() for name in names.values()}
    return Filled(form, answers, tuple(missing), tuple(left))


def _strange(path: Path, form: Form, found: Found, *, is_current: bool) -> FormRefusedError:
    """Return the refusal of a key that the form does not have."""
    other = " ".join(found.key.split("|")[:2])
    if other == f"{form.state} {form.year}" and not is_current:
        return older(path, form)
    if other in (f"{form.state} {year}" for year in YEARS):
        return other_year(path, form, found.place, other.split()[1])
    parts = {"place": found.place, "other": other, "form": f"{form.state} {form.year}"}
    return FormRefusedError(path, "other_form", form.language, **parts)


def _refuse_labels(path: Path, form: Form, printed: str, kept: Mapping[str, Found]) -> None:
    """Refuse a row beside another label than was printed there, or is printed there today."""
    shown = {name: each.label for name, each in kept.items() if each.label}
    if printed == checksum({name: cell.text for name, cell in shown.items()}):
        return
    for each in asked():
        known = (label(each, form), whole_label(each, form))
        cell = shown.get(each.name)
        if cell and " ".join(cell.text.split()) not in (" ".join(one.split()) for one in known):
            parts = {"place": cell.place, "label": known[0]}
            raise FormRefusedError(path, "label", form.language, **parts)
