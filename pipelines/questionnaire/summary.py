"""The answer to a form on one page: what was read, what is wrong or missing, what is published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pipelines.lib import templates
from pipelines.questionnaire import protect
from pipelines.questionnaire.answers import Problem
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import QUESTIONS, Form, Row, rows
from pipelines.questionnaire.labels import indicator_name, label
from pipelines.questionnaire.texts import texts
from pipelines.words.language import Language

_TEMPLATE: Final = "summary.html.j2"


def page(
    checked: Checked,
    printed: Mapping[Row, str],
    changed: Sequence[str],
    sha256: str,
    *,
    attended: bool,
) -> str:
    """Return the page as HTML, without anything from elsewhere.

    `changed` is as in `Submission`, `sha256` the checksum of the form; one that nobody has
    `attended` waits for a review. A form that was accepted has a second page, with which its office
    releases the figures.
    """
    form, answers = checked.filled.form, checked.filled.answers
    marked = [problem for problem in checked.problems if not problem.explained]
    environment = templates.environment(Path(__file__).parent)
    return environment.get_template(_TEMPLATE).render(
        form=form,
        text=texts(form.language),
        title=form.say("summary_title", area=form.area, year=form.year),
        is_accepted=checked.is_accepted,
        verdict=form.say(
            "refused" if not checked.is_accepted else "accepted" if attended else "accepted_waits"
        ),
        read=form.say(
            "summary_read_text",
            given=sum(not each.figure.is_empty for each in answers.values()),
            rows=len(answers),
        ),
        errors=grouped([problem for problem in marked if problem.stops], form),
        warnings=grouped([problem for problem in marked if not problem.stops], form),
        explained=grouped([problem for problem in checked.problems if problem.explained], form),
        missing=_missing(checked),
        changed=[_names(form)[name][1] for name in changed],
        added=[_names(form)[name][1] for name in checked.filled.added],
        left=checked.filled.left,
        released=_released(checked, sha256),
        between=Language(form.language, {}, {}).semicolon,
        published=_published(printed, form),
        hidden=form.say("summary_hidden", count=_hidden(checked, printed)),
    )


def grouped(problems: list[Problem], form: Form) -> list[tuple[str, str, str]]:
    """Return name, places and sentence of problems; one of a whole and its parts is named once."""
    names = _names(form)
    places_of: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for problem in problems:
        subject, name = names[problem.name]
        text = problem.text(form.language)
        places_of.setdefault((subject, text), (name, []))[1].append(problem.place)
    return [(name, _joined(places), text) for (_, text), (name, places) in places_of.items()]


def _joined(places: Iterable[str]) -> str:
    """Return places with each sheet named once: `Victims, E7, E8`."""
    cells: dict[str, list[str]] = {}
    for place in places:
        sheet, _, cell = place.rpartition(", ")
        cells.setdefault(sheet, []).append(cell)
    return "; ".join(f"{sheet}, {', '.join(own)}".lstrip(", ") for sheet, own in cells.items())


def _names(form: Form) -> dict[str, tuple[str, str]]:
    """Return the subject of each row and question, and its name where no heading is above it."""
    names = {row.name: (row.indicator, _name(row, form)) for row in rows()}
    return names | {each.name: (each.name, label(each, form)) for each in QUESTIONS}


def _released(checked: Checked, sha256: str) -> list[tuple[str, str]]:
    """Return the lines of the page with which an office releases its figures."""
    form, stated = checked.filled.form, checked.stated
    lines = {name: stated.get(name, "") for name in ("office", "function", "released")}
    named = [(form.say(f"ask_{name}"), text) for name, text in lines.items()]
    return [*named, (form.say("release_checksum"), sha256)] if checked.is_accepted else []


def _missing(checked: Checked) -> list[str]:
    """Return the names of the totals without a figure."""
    answers, form = checked.filled.answers, checked.filled.form
    empty = (row for row in rows() if not row.breakdown and answers[row.name].figure.is_empty)
    return [_name(row, form) for row in empty]


def _published(printed: Mapping[Row, str], form: Form) -> Iterator[tuple[str, str, bool]]:
    """Yield name and text of each printed figure, and whether it is a part of the one above."""
    totals = {row.indicator for row, text in printed.items() if text and not row.breakdown}
    for row, text in printed.items():
        if text:
            is_below = bool(row.breakdown) and row.indicator in totals
            name = label(row, form) if is_below else _name(row, form)
            shown = form.choices(row).get(text, protect.shown(text))
            yield name, shown, is_below


def _hidden(checked: Checked, printed: Mapping[Row, str]) -> int:
    """Return how many figures are printed as an interval, or not at all."""
    return sum(not text.isdecimal() for row, text in printed.items() if row in checked.figures)


def _name(row: Row, form: Form) -> str:
    name = indicator_name(row, form)
    return f"{name}, {label(row, form)}" if row.breakdown else name
