"""Take an accepted form in as a release of the state's report: a whole table of all its years.

The years of the release before are carried over, so a new year adds, and a year that is reported
again revises. A day has one release: what comes later that day takes its place. Only what is
printed is written: no number that is hidden lies in any of our files.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pipelines.intake import raw_table
from pipelines.lib import clock, paths
from pipelines.lib.atomic import replace_text
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import Row
from pipelines.raw import manifest, reviews, stated_files
from pipelines.raw.manifest import RawFile
from pipelines.reader.source_metadata import stated_text
from pipelines.reader.text_tables import ROW
from pipelines.sources import Publication, stated_publication, stated_source
from schemas.source import Authority

LICENCE: Final = "CC BY 4.0"
"""The terms to which an office agrees by sending the form."""


def enter(checked: Checked, printed: Mapping[Row, str]) -> RawFile | None:
    """Enter the printed figures of a form as a release of today; None if they are entered already.

    Raises:
        ManifestError: the release of today would change, and a review has judged it.
        FileRefusedError, MetadataError: the figures or what is stated cannot be read back.
    """
    form = checked.filled.form
    source = stated_files.identity(form.state, stated_files.NATIONAL_REPORT)
    known = _sound(source)
    with TemporaryDirectory() as name, _stated(source, checked):
        publication = stated_publication(stated_source(stated_files.metadata(source)))
        file = Path(name) / publication.source.layouts[0].file
        lines = [*_header(publication), *_earlier(known, form.year), *_lines(checked, printed)]
        file.write_text(raw_table.text(lines), encoding="utf-8")
        if known and raw_table.same_figures(publication, file, known[-1:]):
            return None
        today, name = clock.today(), f"questionnaire_{form.state}_{form.year}.xlsx"
        _refuse_judged(source, today)
        if known and known[-1].release == today:
            _replace(known[-1], publication, file)
        return raw_table.add_release(publication, file, today, today, name=name)


def _refuse_judged(source: str, today: str) -> None:
    """Refuse other figures for a release that somebody accepted or kept back as it was."""
    if reviews.last(source, today):
        raise manifest.ManifestError(
            f"{source}: a form of today ({today}) was entered and reviewed already, so its figures "
            "stay as they are; submit this form again tomorrow"
        )


def _replace(entry: RawFile, publication: Publication, file: Path) -> None:
    """Replace the figures of the release of the same day.

    The line of the manifest follows; until then the release is held back.
    """
    _, text = raw_table.figure_table(raw_table.read(publication, file), entry.source)
    replace_text(entry.path, text)


def _sound(source: str) -> list[RawFile]:
    """Return the releases that are entered, without those that a review keeps back."""
    entered = manifest.entries(source) if paths.manifest().is_file() else []
    judged = {each.release: reviews.last(source, each.release) for each in entered}
    return [
        each
        for each in entered
        if not (found := judged[each.release]) or found.decision != reviews.KEEP
    ]


@contextmanager
def _stated(source: str, checked: Checked) -> Iterator[None]:
    """Write what the office states; put back what was there if the release is not entered."""
    file = stated_files.metadata(source)
    before = file.read_text(encoding="utf-8") if file.is_file() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_text(file, stated_text(_authority(checked)))
    try:
        yield
    except BaseException:
        if before is None:
            file.unlink()
        else:
            replace_text(file, before)
        raise


def _authority(checked: Checked) -> Authority:
    stated = checked.stated
    caveats = {"since": "Counted in this way since {}.", "law": "Law applied: {}."}
    return Authority(
        publisher=stated["office"],
        language=checked.filled.form.language,  # type: ignore[arg-type]  # one of the four
        licence=LICENCE,
        page=stated["page"],
        coll_method=stated["coll_method"],
        def_scope=stated["def_scope"],
        caveats=tuple(text.format(stated[n]) for n, text in caveats.items() if n in stated),
    )


def _header(publication: Publication) -> Iterator[list[str]]:
    yield [*publication.source.layouts[0].header]


def _earlier(known: list[RawFile], year: int) -> Iterator[list[str]]:
    """Yield the lines of the newest release about other years, without their row numbers."""
    if not known:
        return
    header, *lines = raw_table.lines(known[-1].path)
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
            yield [
                f"{form.year}", row.indicator, *row.codes, text, stated["time_basis"],
                stated["def_scope"], cell,
            ]  # fmt: skip
