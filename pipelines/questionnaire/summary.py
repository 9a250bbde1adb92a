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
    form, answers, stated = checked.filled.form, checked.filled.answers, checked.stated
    marked = [problem for problem in checked.problems if not problem.explained]
    names = {name: shown for name, (_, shown) in _names(form).items()}
    verdict = "accepted" if attended else "accepted_waits"
    environment = templates.environment(Path(__file__).parent)
    return environment.get_template(_TEMPLATE).render(
        form=form,
        text=texts(form.language),
        title=form.say("summary_title", area=form.area, year=form.year),
        is_accepted=checked.is_accepted,
        verdict=form.say(verdict if checked.is_accepted else "refused"),
        read=form.say(
            "summary_read_text",
            given=sum(not each.figure.is_empty for each in answers.values()),
            rows=len(answers),
        ),
        errors=grouped([problem for problem in marked if problem.stops], form),
        warnings=grouped([problem for problem in marked if not problem.stops], form),
        explained=grouped([problem for problem in checked.problems if problem.explained], form),
        missing=[
            names[row.name]
            for row in rows()
            if not row.breakdown and answers[row.name].figure.is_empty
        ],
        changed=[names[name] for name in changed],
        added=[names[name] for name in checked.filled.added],
        left=checked.filled.left,
        released=[
            (form.say(f"ask_{name}"), stated.get(name, ""))
            for name in ("office", "function", "released")
        ],
        checksum=sha256,
        between=Language(form.language, {}, {}).semicolon,
        published=_published(printed, form),
        hidden=form.say(  # printed as an interval, or not at all
            "summary_hidden", count=sum(not text.isdecimal() for text in printed.values())
        ),
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
    found = {each.name: (each.name, label(each, form)) for each in QUESTIONS}
    for row in rows():
        parts = [indicator_name(row, form), *([label(row, form)] if row.breakdown else [])]
        found[row.name] = row.indicator, ", ".join(parts)
    return found


def _published(printed: Mapping[Row, str], form: Form) -> Iterator[tuple[str, str, bool]]:
    """Yield name and text of each printed figure, and whether it is a part of the one above."""
    names = _names(form)
    totals = {row.indicator for row, text in printed.items() if text and not row.breakdown}
    for row, text in printed.items():
        if text:
            is_below = bool(row.breakdown) and row.indicator in totals
            name = label(row, form) if is_below else names[row.name][1]
            shown = form.choices(row).get(text, protect.shown(text))
            yield name, shown, is_below
