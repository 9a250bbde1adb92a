"""Take an accepted form in as a release of the state's report: a whole table of all its years.

The years of the release before are carried over, so a new year adds, and a year that is reported
again revises. A day has one release: what comes later that day takes its place. Counts of persons
of a year are printed at most once in a calendar year: from prints that follow each other readers
could list persons. Only what is printed is written: no number that is hidden lies in our files.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pipelines.intake import raw_table
from pipelines.lib import clock, paths
from pipelines.lib.atomic import replace_bytes, replace_text
from pipelines.questionnaire import published_figures
from pipelines.questionnaire.answers import FormRefusedError
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import DIMENSIONS, Form, Row, rows
from pipelines.raw import manifest, reviews, stated_files
from pipelines.raw.manifest import RawFile
from pipelines.reader.source_metadata import stated_text
from pipelines.reader.text_tables import ROW
from pipelines.sources import Publication, stated_publication, stated_source
from schemas import codelists
from schemas.source import Authority

LICENCE: Final = "CC BY 4.0"
"""The terms to which an office agrees by sending the form."""

_FIELDS: Final = {
    "office": "publisher", "page": "page", "coll_method": "coll_method", "def_scope": "def_scope",
    "status": "registers",
}  # fmt: skip
"""Fields of what an authority states, by the question that asks for them."""
_CAVEATS: Final = {
    "since": "Counted in this way since {}.",
    "law": "Law applied: {}.",
    "coll_method_victims": "Figures on victims come from other records: {}.",
    "coll_method_justice": "Figures on justice come from other records: {}.",
    "coll_method_assistance": "Figures on assistance come from other records: {}.",
}
"""Caveats made of the answers to other questions."""


def enter(
    checked: Checked, printed: Mapping[Row, str], *, attended: bool = True
) -> tuple[RawFile | None, tuple[str, ...]]:
    """Enter the printed figures of a form as a release of today, and what the office states.

    One that nobody has `attended` waits for a review.
    A process that is killed leaves whole files, and the same form, submitted again, the rest.

    Returns:
        the release, None if the same figures are entered already; and the questions about the
        figures that an earlier form answered otherwise.

    Raises:
        FormRefusedError: the release of today would change, and was reviewed or published.
        FileRefusedError, MetadataError: the figures or what is stated cannot be read back.
    """
    form, today = checked.filled.form, clock.today()
    source = stated_files.identity(form.state, stated_files.NATIONAL_REPORT)
    changed, entered = _changed(source, checked.stated), _sound(source)
    with TemporaryDirectory() as name:
        stated = Path(name) / f"{source}.yml"
        stated.write_text(stated_text(_authority(checked)), encoding="utf-8")
        publication = stated_publication(stated_source(stated))
        layout = publication.source.layouts[0]
        file = Path(name) / layout.file
        lines = [[*layout.header], *_earlier(entered, form.year), *_lines(checked, printed)]
        file.write_text(raw_table.text(lines), encoding="utf-8")
        if entered and raw_table.same_figures(publication, file, entered[-1:]):
            _state(source, stated)
            return None, changed
        _refuse_second(form, printed)
        if reviews.last(source, today) or published_figures.is_published(source, today):
            raise FormRefusedError(Path(source), "settled", form.language, day=today)
        is_first = not stated_files.metadata(source).is_file()
        if is_first:  # figures of a source without a statement could not be read
            _state(source, stated)
        try:
            entry = _add(publication, file, form, attended=attended)
        except BaseException:
            if is_first:
                stated_files.metadata(source).unlink()
            raise
        _state(source, stated)
    return entry, changed


def _add(publication: Publication, file: Path, form: Form, *, attended: bool) -> RawFile:
    """Enter a figure table as the release of today, in place of what is there of today.

    Until the line of the manifest follows, a release that is replaced is held back.
    """
    today, source = clock.today(), publication.source.id
    name = f"questionnaire_{form.state}_{form.year}.xlsx"
    place = paths.raw() / source / f"{today}.csv"
    if place.is_file():
        replace_text(
            place, raw_table.figure_table(raw_table.read_raw_table(publication, file), source)[1]
        )
    by = publication.source.publisher if attended else manifest.UNATTENDED
    return raw_table.add_release(publication, file, today, today, name=name, by=by)


def _state(source: str, stated: Path) -> None:
    """Write what the office states, unless it is there already."""
    place, content = stated_files.metadata(source), stated.read_bytes()
    if not place.is_file() or place.read_bytes() != content:
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(place, content)


def printed_before(form: Form) -> list[dict[Row, str]]:
    """Return what each release has of the year of a form, the oldest first.

    A release of today that nobody has seen is left out: this one takes its place.

    Raises:
        ManifestError: the figure table of such a release is not there, or is no CSV.
    """
    found: list[dict[Row, str]] = []
    for entry in _seen(form):
        texts = _texts(entry, form.year)
        if texts and found[-1:] != [texts]:
            found.append(texts)
    return found


def _seen(form: Form) -> list[RawFile]:
    """Return the releases of a state that readers have or will have, whatever became of them."""
    source = stated_files.identity(form.state, stated_files.NATIONAL_REPORT)
    sound, today = _sound(source), clock.today()
    return [
        entry
        for entry in manifest.known(source)
        if (entry in sound and entry.release != today)
        or published_figures.is_published(source, entry.release)
    ]


def _sound(source: str) -> list[RawFile]:
    """Return the releases that are entered, without those that a review keeps back."""
    return [
        entry
        for entry in manifest.known(source)
        if not (last := reviews.last(source, entry.release)) or last.decision != reviews.KEEP
    ]


def _texts(entry: RawFile, year: int) -> dict[Row, str]:
    """Return the printed texts of a year in a release, by row of the form."""
    by_codes = {(row.indicator, *row.codes): row for row in rows()}
    header, *lines = _table(entry)
    found = {}
    for line in lines:
        cells = dict(zip(header, line, strict=True))
        row = by_codes.get(tuple(cells[name] for name in ("indicator", *DIMENSIONS)))
        if row and cells["time_period"] == f"{year}":
            found[row] = cells["figure"]
    return found


def _refuse_second(form: Form, printed: Mapping[Row, str]) -> None:
    """Refuse other counts of persons of a year that this calendar year has printed already.

    So does one that is accepted, and printed next unless it is kept back.
    """
    source, today = stated_files.identity(form.state, stated_files.NATIONAL_REPORT), clock.today()
    last, now = reviews.last(source, today), _of_persons(printed)
    is_accepted = last and last.decision == reviews.ACCEPT
    for entry in [*_seen(form), *(manifest.entries(source, today) if is_accepted else [])]:
        before = _of_persons(_texts(entry, form.year))
        if entry.release[:4] == today[:4] and before not in ({}, now):
            is_out = published_figures.is_published(entry.source, entry.release)
            code = "second" if is_out else "unpublished"
            parts = {"source": entry.source, "day": entry.release, "next": int(today[:4]) + 1}
            raise FormRefusedError(Path(entry.source), code, form.language, year=form.year, **parts)


def _of_persons(texts: Mapping[Row, str]) -> dict[Row, str]:
    return {row: text for row, text in texts.items() if text and row.is_protected}


def _authority(checked: Checked) -> Authority:
    stated = checked.stated
    return Authority(
        language=checked.filled.form.language,  # type: ignore[arg-type]  # one of the four
        licence=LICENCE,
        caveats=tuple(
            text.format(_in_english(name, stated[name]))
            for name, text in _CAVEATS.items()
            if name in stated
        ),
        **{field: stated.get(name, "") for name, field in _FIELDS.items()},  # type: ignore[arg-type]
    )


def _changed(source: str, stated: Mapping[str, str]) -> tuple[str, ...]:
    """Return the questions that were answered otherwise before; none if none was answered."""
    file = stated_files.metadata(source)
    if not file.is_file():
        return ()
    before = stated_source(file)
    found = {name: getattr(before, field) for name, field in _FIELDS.items()}
    for name, text in _CAVEATS.items():
        start, _, end = text.partition("{}")
        stating = [caveat for caveat in before.caveats if caveat.startswith(start)]
        found[name] = stating[0].removeprefix(start).removesuffix(end) if stating else ""
    return tuple(n for n, text in found.items() if text != _in_english(n, stated.get(n, "")))


def _in_english(name: str, answer: str) -> str:
    """Return an answer as a caveat has it: the name of a code for the records of one sheet."""
    is_code = answer and name in _CAVEATS and name.startswith("coll_method")
    return codelists.labels("coll_method", "en")[answer] if is_code else answer


def _table(entry: RawFile) -> list[list[str]]:
    if not entry.path.is_file():
        raise manifest.ManifestError(f"{entry.path}: no such file; restore it from a backup")
    return raw_table.lines(entry.path)


def _earlier(known: list[RawFile], year: int) -> Iterator[list[str]]:
    """Yield the lines of the newest release about other years, without their row numbers."""
    if not known:
        return
    header, *lines = _table(known[-1])
    number, period = header.index(ROW), header.index("time_period")
    for line in lines:
        if line[period] != f"{year}":
            yield line[:number] + line[number + 1 :]


def _lines(checked: Checked, printed: Mapping[Row, str]) -> Iterator[list[str]]:
    """Yield a line per printed figure, in the order of the header of the source's layout."""
    form, stated = checked.filled.form, checked.stated
    for row, text in printed.items():
        if text:
            place = checked.filled.answers[row.name].figure.place
            cell = f"questionnaire {form.year}, {place}"
            scope = stated.get(f"def_scope_{row.sheet}", stated["def_scope"])
            yield [
                f"{form.year}", row.indicator, *row.codes, text, stated["time_basis"], scope, cell,
            ]  # fmt: skip
