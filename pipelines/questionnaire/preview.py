"""Show an office what its state's page gains by a form, before anything is entered.

The form is entered in a copy of the project, the database is built with it, and the facts of the
page are compared with those of the published one (`warehouse.page_facts`). The copy is deleted.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from pipelines.harmonised import refresh, release_files
from pipelines.lib import paths, settings
from pipelines.lib.errors import TipstatError
from pipelines.questionnaire import submission
from pipelines.questionnaire.form import Form, Row, rows
from pipelines.questionnaire.labels import whole_label
from pipelines.questionnaire.submission import Submission
from pipelines.raw import manifest
from pipelines.raw.manifest import RawFile
from pipelines.sources import discover
from pipelines.warehouse import database, page_facts
from pipelines.warehouse.page_facts import Compared, Fact
from pipelines.words import interface_text
from pipelines.words.disclosure import bounds, interval_text
from schemas import codelists


class PreviewError(TipstatError):
    """There is no published version of this program to compare with."""


class Preview(NamedTuple):
    """A form as it would be taken in, and the page with it against the page without."""

    made: Submission  # its files are deleted
    before: Sequence[Fact]  # the facts of the published page
    compared: Compared


def preview(file: Path) -> Preview:
    """Take a form in, in a copy of the project, and compare the page of its state.

    Raises:
        PreviewError: there is no published version, or another program made it.
        NoFormError, FormRefusedError: as `submission.submit`.
    """
    published = paths.warehouse()
    with TemporaryDirectory() as name:
        trial = Path(name)
        _copy(trial)
        with settings.elsewhere(trial):
            made = submission.submit(file, trial / "answer")
            before = _facts(published, made.checked.filled.form.state)
            after = _with(made.entry, trial) if made.entry else published
            found = _facts(after, made.checked.filled.form.state)
    return Preview(made, before, page_facts.compare(before, found))


def _copy(trial: Path) -> None:
    """Lay what a version is made of into a folder."""
    tables = paths.corrections(), paths.reviews(), paths.known_cases(), paths.objections()
    for place in (paths.raw(), paths.harmonised(), *tables):
        copied = trial / place.relative_to(paths.home())
        if place.is_dir():
            shutil.copytree(place, copied)
        elif place.is_file():
            shutil.copy(place, copied)
    if paths.warehouse().is_file():
        link = trial / paths.warehouse().relative_to(paths.home())
        link.parent.mkdir()
        link.symlink_to(paths.warehouse().resolve())


def _with(entry: RawFile, trial: Path) -> Path:
    """Build the database of the copy with a release, whether or not a review would keep it back."""
    files = manifest.entries(entry.source, entry.release)
    made = refresh.harmonised(discover()[entry.source], files)
    release_files.Release(paths.harmonised(), entry.source, entry.release).keep(made, "")
    version = trial / "tipstat.duckdb"
    with duckdb.connect(version) as connection:
        connection.begin()
        database.fill(connection, paths.harmonised())
        connection.commit()
    return version


def _facts(version: Path, state: str) -> list[Fact]:
    try:
        with duckdb.connect(str(version), read_only=True) as connection:
            return page_facts.read_page_facts(connection, state)
    except (duckdb.IOException, duckdb.CatalogException) as error:
        raise PreviewError(
            f"{version}: has no pages of this program to compare with; publish with 'tipstat run'"
        ) from error


def lines(shown: Preview, form: Form) -> Iterator[tuple[str, str, str]]:
    """Yield what the page gains: a figure, what it has so far, and what it has with the form.

    They are in the language of `form`.
    """
    order = [row.name for row in rows()]
    place = {each: _row(each).name for each in shown.compared.gained}
    asked = [
        each for each, name in place.items() if name in order and each.kind == page_facts.FIGURE
    ]
    for fact in sorted(asked, key=lambda each: (order.index(place[each]), each.year)):
        cell = (fact.kind, fact.indicator, fact.cell)
        same = [e for e in shown.before if (e.kind, e.indicator, e.cell) == cell]
        last = max(same, key=lambda each: each.year, default=None)
        yield name(fact, form), text(last, form) if last else "–", text(fact, form)


def _row(fact: Fact) -> Row:
    """Return the row of a fact, without its sheet; of what no form asks too."""
    return Row("", fact.indicator, *fact.cell.split())


def name(fact: Fact, form: Form) -> str:
    """Return what a fact is about, in the form's language."""
    row = _row(fact)
    if row.name in {each.name for each in rows()}:
        return whole_label(row, form)
    codes = " ".join(code for code in fact.cell.split() if code != "_T")
    return f"{codelists.labels('indicator', form.language)[fact.indicator]} {codes}".strip()


def text(fact: Fact, form: Form) -> str:
    """Return the figure of a fact with its year; of a headline or a verdict the year alone."""
    if fact.lower is None:
        return f"{fact.year}"
    language = interface_text.language(form.language)
    bottom, top = bounds(fact.lower, fact.upper)
    figure = language.number(fact.lower)
    shown = figure if fact.lower == fact.upper else interval_text(bottom, top, language.number)
    return f"{shown} ({fact.year})"
