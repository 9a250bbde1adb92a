"""Take a form in: read it, check it, answer the office, and enter a release if all is well.

The answer is a marked copy of the form and a summary of one page. Both may show numbers that are
not published: they go to the office alone, and are never written among our figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.intake.inbox import Outcome
from pipelines.lib import paths
from pipelines.lib.atomic import replacing
from pipelines.published.images import browser
from pipelines.published.images.refusal import PrintError
from pipelines.questionnaire import (
    delimited,
    protect,
    published_figures,
    reading,
    release,
    summary,
    workbook,
)
from pipelines.questionnaire.answers import FormRefusedError, NoFormError
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import KIND, Row
from pipelines.raw import stated_files
from pipelines.raw.manifest import RawFile

ANSWERS: Final = "answers"
"""Folder of the inbox for the answers to forms that were put there."""
SUFFIXES: Final = (".xlsx", ".csv")


@dataclass(frozen=True)
class Submission:
    """A form that came in, and what became of it."""

    checked: Checked  # the form after its check
    printed: Mapping[Row, str]  # the text that is printed of each figure
    entry: RawFile | None  # the release; None if the form was not accepted, or has no new figures
    # the questions about the figures that an earlier form answered otherwise
    changed: tuple[str, ...]
    answer: tuple[Path, ...]  # the files of the answer


def submit(file: Path, folder: Path) -> Submission:
    """Check a form, enter it if it is accepted, and write the answer into a folder.

    Raises:
        NoFormError: the file is not one of our forms.
        FormRefusedError: it cannot be read in exactly one way.
        ManifestError: the release of today would change, and was reviewed or published; or other
            counts of persons of the year were printed in this calendar year.
    """
    filled = reading.read(file)
    published = published_figures.read(filled.form)
    checked = Checked(filled, published)
    before = release.printed_before(filled.form)
    printed = protect.printed(checked.figures, before, published.unodc)
    nothing = release.Entered(None, ())
    entry, changed = release.enter(checked, printed) if checked.is_accepted else nothing
    content = workbook.Content(published.last_texts, filled.answers, checked.problems)
    folder.mkdir(parents=True, exist_ok=True)
    name = file.stem if file.suffix.lower() == ".xlsx" else file.name.replace(".", "-")
    marked, page = (folder / f"{name}-{each}" for each in ("checked.xlsx", "summary.html"))
    with replacing(marked, private=True) as temporary:
        workbook.write(temporary, filled.form, content)
    with replacing(page, private=True) as temporary:
        temporary.write_text(summary.page(checked, printed, changed), encoding="utf-8")
    return Submission(checked, printed, entry, changed, (marked, page, *_pdf(page)))


def _pdf(page: Path) -> tuple[Path, ...]:
    """Print the summary as PDF, where there is a browser to do so."""
    place = page.with_suffix(".pdf")
    try:
        content = browser.pdf(page.absolute().as_uri())
    except PrintError:
        return ()
    with replacing(place, private=True) as temporary:
        temporary.write_bytes(content)
    return (place,)


def take(file: Path) -> Outcome | None:
    """Take in a file of the inbox if it is a form; return None if it is not.

    Its answer waits in `data/inbox/answers`. The form itself is deleted, since it may hold numbers
    that are not published; the answer has all of its content.

    Raises:
        FormRefusedError, ManifestError: as `submit`.
    """
    if file.suffix.lower() not in SUFFIXES or not _may_be_form(file):
        return None
    answers = paths.inbox() / ANSWERS
    if answers.is_symlink():  # what is in it is for its owner alone
        raise FormRefusedError(f"{answers}: a link; put a folder in its place")
    try:
        made = submit(file, answers)
    except NoFormError:
        return None
    file.unlink()
    form, is_accepted = made.checked.filled.form, made.checked.is_accepted
    source = stated_files.identity(form.state, stated_files.NATIONAL_REPORT) if is_accepted else ""
    return Outcome(file.name, message(made), source, made.entry is not None or bool(made.changed))


def _may_be_form(file: Path) -> bool:
    """Return False for a text that does not name our forms: it needs no child process."""
    if file.suffix.lower() != ".csv":
        return True
    with file.open("rb") as opened:
        return KIND.encode() in opened.read(delimited.LONGEST)


def message(made: Submission) -> str:
    """Return what became of a form, on one line."""
    form, problems = made.checked.filled.form, made.checked.problems
    name = f"questionnaire of {form.state} {form.year}"
    if not made.checked.is_accepted:
        count = sum(not problem.explained for problem in problems)
        marked = "1 problem is" if count == 1 else f"{count} problems are"
        return f"{name}: not accepted, {marked} marked in {made.answer[0]}"
    otherwise = f"stated otherwise than before: {', '.join(made.changed)}" if made.changed else ""
    if not made.entry:
        news = f"no new figures, but {otherwise}" if otherwise else "nothing new"
        return f"{name}: accepted, {news}"
    figures = f"{name}: accepted, {made.entry.rows} figures in {made.entry.path}"
    return f"{figures}; {otherwise}" if otherwise else figures
