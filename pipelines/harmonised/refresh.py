"""Harmonise a release and write its files, or hold it back.

Parquet files are written here, not by a Dagster IO manager (docs/decisions/orchestration.md).
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.cases import gate, printed
from pipelines.harmonised import assertions, guard, release_files
from pipelines.harmonised.guard.pairs import FIGURE
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.harmonised.release_files import Release
from pipelines.lib import error_place, paths, progress
from pipelines.lib.digest import sha256
from pipelines.lib.errors import TipstatError
from pipelines.lib.lock import alone
from pipelines.raw import corrections, findings, fingerprint, manifest, reviews, stated_files
from pipelines.raw.manifest import RawFile, RefusedReleaseError
from pipelines.sources import File, FileRefusedError, Publication
from schemas.contract import CONTRACTS


class DoubtfulReleaseError(RefusedReleaseError):
    """A release that looks wrong; a person must review it."""


class UnprovenError(RefusedReleaseError):
    """Counts from case records without a certificate that proves their protection."""


class FiguresBefore:
    """Cells and figures of releases; the file of each is read once for as long as it is in use."""

    def __init__(self) -> None:
        self._tables: dict[Release, pa.Table] = {}

    def of(self, releases: Sequence[Release], cell: Sequence[str]) -> pd.DataFrame:
        """Return the figures of releases below each other, in their order, as text and numbers."""
        tables = {}
        for release in releases:
            table = self._tables.get(release)
            if table is None:
                file = pq.ParquetFile(release.files.rows)
                figure = [name for name in FIGURE if name in file.schema_arrow.names]
                table = file.read(columns=["release", *cell, *figure])
                texts = [
                    column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
                    for column in table.columns
                ]
                table = pa.table(texts, names=table.column_names)
            tables[release] = table
        self._tables = tables
        return pa.concat_tables(tables.values()).to_pandas(ignore_metadata=True)

    def forget(self, release: Release) -> None:
        """Read a release's file again next time, since it was rewritten."""
        self._tables.pop(release, None)


def refresh_all(publication: Publication, folder: Path) -> list[str]:
    """Refresh the releases of a source below a folder, in the order in which they came.

    Returns the days of those that were made.
    """
    before = FiguresBefore()
    return [
        each.release
        for each in release_files.by_arrival(release_files.releases(folder, publication.source.id))
        if refresh(publication, each, before)
    ]


def refresh_locked(publication: Publication) -> list[str]:
    """Refresh the project's releases of a source, under its lock."""
    with alone(paths.source_lock(publication.source.id)):
        return refresh_all(publication, paths.harmonised())


def refresh(
    publication: Publication,
    release: Release,
    before: FiguresBefore | None = None,
    *,
    anew: bool = False,
) -> bool:
    """Harmonise a release and write its files, unless they are up to date, or `anew`.

    Damaged files are made again; a refused release is held back, and so is one with which our code
    fails. `before` has what was read of other releases. Returns whether there was anything to do.
    """
    before = before or FiguresBefore()
    entries = manifest.entries(release.source, release.release)
    inputs = fingerprint.of_release(entries)
    if not anew and release.is_made_from(inputs):
        was_held_back = bool(release.held_back)
        release.take_up()
        return was_held_back
    if not anew and release.held_back_by and release.held_back_by == fingerprint.of_everything():
        return False  # the gate would refuse it again
    progress.report(f"{release.source} {release.release}")
    try:
        made = harmonised(publication, entries)
        _refuse_doubtful(publication, release, made, before, manifest.is_attended(entries))
        release.keep(made, inputs)
    except RefusedReleaseError as refusal:
        release.hold_back(str(refusal))
    except (OSError, MemoryError, TipstatError):  # of this machine, or of what all releases share
        raise
    except Exception as error:
        release.fail(_bug(error, publication, release), inputs)
    before.forget(release)
    return True


def _bug(error: Exception, publication: Publication, release: Release) -> str:
    """Return kind, text and place of an error; no text where it may quote a person's row."""
    text = " ".join(str(error).split())
    if text and publication.source.person_level:
        text = "its text is not shown, since it may quote a person's row"
    said = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return f"{release.source} {release.release}: {said} ({error_place.of(error)})"


def rebuild(publication: Publication, release: Release) -> bool:
    """Harmonise a release and write its files, even if they are up to date.

    Returns whether its rows are, byte for byte, the same as before.
    """
    rows_file = release.files.rows
    before = sha256(rows_file) if rows_file.is_file() else ""
    refresh(publication, release, anew=True)
    return rows_file.is_file() and sha256(rows_file) == before


def rows(publication: Publication, release: Release) -> pd.DataFrame:
    """Return the rows of a release: from its files if they are up to date, else harmonised now.

    Raises:
        RefusedReleaseError: the release cannot be harmonised.
    """
    entries = manifest.entries(release.source, release.release)
    if release.is_made_from(fingerprint.of_release(entries)):
        return pd.read_parquet(release.files.rows)
    return harmonised(publication, entries).rows


def harmonised(publication: Publication, entries: Sequence[RawFile]) -> Harmonised:
    """Return the harmonised raw files of a release, with corrections and findings applied.

    Raises:
        FileRefusedError: it would replace a release of more files, or see `harmonise`.
        ManifestError, CorrectionError, ContractBrokenError: see `harmonise`.
        FindingsError: a file was not examined, or its findings are damaged.
        UnprovenError: counts from case records, or earlier ones of the same source, have no
            certificate that proves their protection.
    """
    first = entries[0]
    before = manifest.newest(first.source, before=first.release)
    if len(entries) < len(before) and first.action == manifest.REPLACE:
        raise FileRefusedError(
            f"{first.source} {first.release}: has {len(entries)} of the {len(before)} files that "
            f"the release of {before[0].release} has; add the others with 'tipstat add-release'"
        )
    corrected = tuple(corrections.entries(first.source, first.release))
    for entry in entries:
        manifest.verify(entry)
    files = [
        File(entry.path, entry.publisher_file, corrected, findings.read_findings(entry))
        for entry in entries
    ]
    found = harmonise(publication, first.release, *files)
    if found.too_short and not guard.is_partial(publication, first.action):
        raise FileRefusedError(found.too_short)
    if found.nothing_published:
        raise FileRefusedError(f"{first.source} {first.release}: {found.nothing_published}")
    if first.source.endswith(stated_files.CASE_RECORDS):
        earlier = [each for each in manifest.entries(first.source) if each.release <= first.release]
        certificate = stated_files.certificate(first.source, first.release)
        if fault := gate.fault_of_rows(printed_figures(publication, earlier), certificate):
            raise UnprovenError(f"{first.source} {first.release}: {fault}; {gate.REMEDY}")
    return found


def printed_figures(publication: Publication, entries: Sequence[RawFile]) -> pd.DataFrame:
    """Return the figures of raw files, counts from case records, as a printed table."""
    rows = [publication.entered(entry).rows.assign(release=entry.release) for entry in entries]
    empty = pd.DataFrame(columns=list(printed.COLUMNS))
    return pd.concat(map(printed.of_observations, rows)) if rows else empty


def _refuse_doubtful(
    publication: Publication,
    release: Release,
    made: Harmonised,
    before: FiguresBefore,
    is_attended: bool,
) -> None:
    """Refuse a release that its source's assertions or the current figures doubt.

    One that nobody attended is refused as well where the guard cannot judge it. A named person may
    accept it; the proof sheet is kept for the review.
    """
    name = f"{release.source} {release.release}"
    reviewed = reviews.last(release.source, release.release)
    if reviewed and reviewed.decision == reviews.KEEP:
        raise DoubtfulReleaseError(
            f"{name}: kept back by the review of {reviewed.reviewed}: {reviewed.reason}"
        )
    if reviewed and reviewed.is_about_its_files:
        return
    is_whole = not (made.is_partial or guard.is_partial(publication, release.action))
    doubts = assertions.failures(publication.source, made, is_whole=is_whole)
    if not is_attended and release.source.endswith(stated_files.NATIONAL_REPORT):
        doubts.append("its form names no function and day of release, or nobody has compared the "
                      "figures that it marks as published elsewhere")  # fmt: skip
    used, action = _releases_before(release)
    if is_attended and not used and not doubts:
        return
    cell = CONTRACTS[publication.source.contract].cell
    current = before.of(used, cell) if used else guard.stacked([made.rows[:0]], cell)
    other = same_count(publication, release.folder)
    compared = guard.compare(publication, action, current, made, attended=is_attended, other=other)
    doubts += compared.lines
    if doubts:
        release.keep_proof_sheet(compared.sheet())
        raise DoubtfulReleaseError(
            f"{name}: {'; '.join(doubts)}; look at the publisher's file and at 'tipstat "
            f"review {name}', then 'tipstat review {name} --accept' or '--keep', with --reason and "
            "--by"
        )


def same_count(publication: Publication, folder: Path) -> pd.DataFrame | None:
    """Return the current figures of the source that prints the same count; None if there is none.

    They are read as they are there: on a first run that source may not yet have any.
    """
    name = publication.source.same_count
    known = release_files.releases(folder, name) if name else []
    whole = [each for each in known if each.files.rows.is_file()]
    if not whole:
        return None
    cell = CONTRACTS[publication.source.contract].cell
    return FiguresBefore().of(release_files.current(whole), cell).drop_duplicates(list(cell))


def _releases_before(release: Release) -> tuple[list[Release], str]:
    """Return the releases to compare a release with, the newest first, and its action on them.

    They are the releases in use before its day. If there are none, it is the next release by day,
    if that was retrieved earlier; the release then counts as an update of it.
    """
    known = release_files.releases(release.folder, release.source)
    whole = [release for release in known if release.files.rows.is_file()]
    earlier = [each for each in whole if each.release < release.release]
    later = [each for each in whole if each.release > release.release]
    came_before = [each for each in later if each.retrieved < release.retrieved][:1]
    used = release_files.current(earlier) or came_before
    action = release.action if earlier else manifest.MERGE
    return used, action
