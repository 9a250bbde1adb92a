"""Take a form in: read it, check it, answer the office, and enter a release if all is well.

The answer is a marked copy of the form and a summary of one page. Both may show numbers that are
not published: they go to the office alone, and are never written among our figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipelines.intake.inbox import Outcome, free
from pipelines.lib import clock, paths
from pipelines.lib.atomic import replacing
from pipelines.lib.digest import sha256
from pipelines.published.images import browser
from pipelines.published.images.browser import PrintError
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
from pipelines.questionnaire.form import KIND, QUESTIONS, Row
from pipelines.questionnaire.labels import label
from pipelines.raw import manifest, reviews, stated_files
from pipelines.raw.manifest import RawFile

ANSWERS: Final = "answers"
"""Folder of the inbox for the answers to forms that were put there."""
RECEIVED: Final = "received"
"""Folder of the inbox for the forms themselves, as they came in."""
SUFFIXES: Final = (".xlsx", ".csv")
_ANSWER: Final = ("checked.xlsx", "summary.html")
"""Ends of the names of an answer's files; the PDF is beside the page."""


@dataclass(frozen=True)
class Submission:
    """A form that came in, and what became of it."""

    checked: Checked  # the form after its check
    printed: Mapping[Row, str]  # the text that is printed of each figure
    entry: RawFile | None  # the release; None if the form was not accepted, or has no new figures
    # the questions about the figures that an earlier form answered otherwise
    changed: tuple[str, ...]
    answer: tuple[Path, ...]  # the files of the answer


def submit(file: Path, folder: Path, name: str = "", compared_by: str = "") -> Submission:
    """Check a form, enter it if it is accepted, and write the answer into a folder.

    Args:
        file: the form as it came back.
        folder: where the answer is written.
        name: begin of the names of the answer's files, by default that of the file.
        compared_by: who has opened the publication that the form names, and found each marked
            figure there. Without it these figures are protected like the others, and the release
            waits for a review, as it does where the office does not say that it releases it.

    Raises:
        NoFormError: the file is not one of our forms.
        FormRefusedError: it cannot be read in exactly one way; or the release of today would
            change, and was reviewed or published; or other counts of persons of the year were
            printed in this calendar year; or it was compared, and marks no figure.
    """
    filled = reading.read_form(file)
    published = published_figures.beside(filled.form)
    checked = Checked(filled, published)
    before = release.printed_before(filled.form)
    if compared_by and not checked.public:
        raise FormRefusedError(file, "no_mark", filled.form.language)
    public = checked.public if compared_by else ()
    printed = protect.printed(checked.figures, before, published.unodc, public)
    is_released = {"function", "released"} <= checked.stated.keys()
    attended = is_released and (not checked.public or bool(compared_by))
    entry, changed = None, tuple[str, ...]()
    if checked.is_accepted:
        entry, changed = release.enter(checked, printed, attended=attended)
    if entry and public:
        where, day = checked.stated["published_at"], checked.stated["published_on"]
        names = ", ".join(row.name for row in public)
        compared = f"published at {where} on {day}, of {filled.form.year}: {names}"
        reviews.enter(entry.source, entry.release, reviews.COMPARED, compared, compared_by)
    content = workbook.Content(published.last_texts, filled.answers, checked.problems)
    folder.mkdir(parents=True, exist_ok=True)
    marked, page = (folder / f"{name or _stem(file)}-{each}" for each in _ANSWER)
    with replacing(marked, private=True) as temporary:
        workbook.write(temporary, filled.form, content)
    with replacing(page, private=True) as temporary:
        text = summary.page(checked, printed, changed, sha256(file), attended=attended)
        temporary.write_text(text, encoding="utf-8")
    return Submission(checked, printed, entry, changed, (marked, page, *_pdf(page)))


def _stem(file: Path) -> str:
    """Return the begin of the names of an answer; a workbook and a text may share a stem."""
    return file.stem if file.suffix.lower() == ".xlsx" else file.name.replace(".", "-")


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

    Its answer waits in `data/inbox/answers`, the form itself in `data/inbox/received`, under the
    day on which it came in. Both are for their owner alone: they may hold numbers that are not
    published.

    Raises:
        FormRefusedError: as `submit`.
    """
    if file.suffix.lower() not in SUFFIXES:
        return None
    if file.suffix.lower() == ".csv":  # one that does not name our forms needs no child process
        with file.open("rb") as opened:
            if KIND.encode() not in opened.read(delimited.LONGEST):
                return None
    answers, received = paths.inbox() / ANSWERS, paths.inbox() / RECEIVED
    for folder in (answers, received):
        if folder.is_symlink():  # what is in it is for its owner alone
            raise FormRefusedError(folder, "link")
    kept = free(received / f"{clock.today()}-{file.name}")
    try:
        made = submit(file, answers, _stem(kept))
    except NoFormError:
        return None
    received.mkdir(mode=0o700, exist_ok=True)
    file.chmod(0o600)
    file.rename(kept)
    form, is_accepted = made.checked.filled.form, made.checked.is_accepted
    source = stated_files.identity(form.state, stated_files.NATIONAL_REPORT) if is_accepted else ""
    return Outcome(file.name, message(made), source, made.entry is not None or bool(made.changed))


def clear() -> tuple[list[Path], list[Path]]:
    """Delete the forms in `data/inbox/received` whose answer is no longer in `answers`.

    Returns:
        the forms that were deleted, and those that are kept since their answer was not sent yet.
    """
    answers = paths.inbox() / ANSWERS
    received = sorted(file for file in (paths.inbox() / RECEIVED).glob("*") if file.is_file())
    waiting = [
        file for file in received if any((answers / f"{_stem(file)}-{e}").exists() for e in _ANSWER)
    ]
    sent = [file for file in received if file not in waiting]
    for file in sent:
        file.unlink()
    return sent, waiting


def message(made: Submission, language: str = "") -> str:
    """Return what became of a form, on one line, by default in its language."""
    checked, entry, changed = made.checked, made.entry, made.changed
    form = replace(checked.filled.form, language=language or checked.filled.form.language)
    found = []
    if not checked.is_accepted:
        count = sum(not problem.explained for problem in checked.problems)
        found.append(form.say("verb_refused", count=count, file=made.answer[0]))
    elif entry:
        found.append(form.say("verb_accepted", count=entry.rows, file=entry.path))
        if not manifest.is_attended([entry]):
            why = "verb_marked" if checked.public else "verb_waits"
            where = checked.stated.get("published_at", "")
            parts = {"source": entry.source, "day": entry.release, "address": where}
            found.append(form.say(why, count=len(checked.public), **parts))
    else:
        found.append(form.say("verb_same"))
    if changed:
        asked = [label(each, form) for each in QUESTIONS if each.name in changed]
        found.append(form.say("verb_changed", questions=", ".join(asked)))
    if checked.filled.added:
        found.append(form.say("verb_added", count=len(checked.filled.added)))
    if checked.filled.left:
        found.append(form.say("verb_left", places=", ".join(checked.filled.left)))
    name = form.say("verb_form", area=form.area, year=form.year)
    return f"{name}: {'; '.join(found)}"
