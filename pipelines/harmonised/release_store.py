"""The harmonised files: what was made of each release, and why a release is held back.

A release that is refused does not stop the others: its reason lies in its folder in place of its
rows, the run ends with exit code 1, and every output says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.harmonised import guard
from pipelines.harmonised.harmonise import ContractBrokenError, Harmonised, harmonise
from pipelines.lib import paths
from pipelines.lib.atomic import replacing
from pipelines.lib.digest import sha256
from pipelines.raw import corrections, fetch_state, findings, fingerprint, manifest, reviews
from pipelines.raw.corrections import CorrectionError
from pipelines.raw.findings import FindingsError
from pipelines.raw.manifest import ManifestError, RawFile
from pipelines.raw.reviews import ReviewError
from pipelines.sources import File, FileRefusedError, Publication

ROW_GROUP: Final = 122_880
"""Rows of a Parquet row group: DuckDB's own, so that it reads them in parallel."""


class DoubtfulReleaseError(Exception):
    """A release that looks wrong beside the one before it, until a person has looked at it."""


REFUSALS: Final = (
    FileRefusedError,
    ManifestError,
    CorrectionError,
    FindingsError,
    ContractBrokenError,
    ReviewError,
    DoubtfulReleaseError,
)
"""Errors that hold a release back; their one line says what, where and what to do."""


@dataclass(frozen=True)
class Release:
    """The harmonised files of a release."""

    folder: Path
    source: str
    release: str

    @property
    def _below(self) -> Path:
        return self.folder / self.source / self.release

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """The rows, the quarantine and the account."""
        names = ("rows.parquet", "quarantine.parquet", "row_account.parquet")
        first, second, third = (self._below / name for name in names)
        return first, second, third

    @property
    def stamp(self) -> Path:
        """Two lines: checksums of what the files were made from, and of their bytes."""
        return self._below / "fingerprint"

    @property
    def action(self) -> str:
        """Action of the release in the manifest: REPLACE or MERGE."""
        return manifest.entries(self.source, self.release)[0].action

    @property
    def held_back(self) -> str:
        """Reason for holding the release back; "" if it is not held back."""
        return self._reason.read_text(encoding="utf-8") if self._reason.is_file() else ""

    @property
    def _reason(self) -> Path:
        return self._below / "held_back"

    def is_made_from(self, inputs: str) -> bool:
        """Return whether its files are, byte for byte, those that were made from these inputs."""
        return self.stamp.is_file() and self._stamped() == [inputs, self._checksum()]

    @property
    def is_damaged(self) -> bool:
        """Return whether its files changed since they were written."""
        return self.stamp.is_file() and self._stamped()[1:] != [self._checksum()]

    def _stamped(self) -> list[str]:
        return self.stamp.read_text(encoding="utf-8", errors="replace").splitlines()

    def _checksum(self) -> str:
        """Return the checksum of the bytes of its files; "" if one is gone."""
        if not all(file.is_file() for file in self.files):
            return ""
        return fingerprint.joined(*map(sha256, self.files))

    def hold_back(self, reason: str) -> None:
        """Hold the release back: record the reason and delete its files."""
        for file in (self.stamp, *self.files):
            file.unlink(missing_ok=True)
        self._below.mkdir(parents=True, exist_ok=True)
        self._reason.write_text(reason, encoding="utf-8")

    def keep(self, harmonised: Harmonised, inputs: str) -> None:
        """Write the files, each whole or not at all, and stamp them with their inputs."""
        self._below.mkdir(parents=True, exist_ok=True)
        self.stamp.unlink(
            missing_ok=True
        )  # a run that is killed must not leave a stamp on a mixture
        frames = (harmonised.rows, harmonised.quarantine, harmonised.account)
        for frame, path in zip(frames, self.files, strict=True):
            with replacing(path) as new:
                frame.to_parquet(new, compression="zstd", index=False, row_group_size=ROW_GROUP)
        self._reason.unlink(missing_ok=True)
        fingerprint.put_on(self.stamp, f"{inputs}\n{self._checksum()}")


def releases(folder: Path, source: str | None = None) -> list[Release]:
    """The releases of the manifest, of one source or of all, by source and release."""
    named = dict.fromkeys((entry.source, entry.release) for entry in manifest.entries(source))
    return [Release(folder, *each) for each in named]


def _refuse_incomplete(entries: Sequence[RawFile]) -> None:
    """Refuses a release with fewer files than the one before, which it would replace."""
    source, release = entries[0].source, entries[0].release
    earlier = [entry for entry in manifest.entries(source) if entry.release < release]
    before = [entry for entry in earlier if entry.release == earlier[-1].release]
    if len(entries) < len(before) and entries[0].action == manifest.REPLACE:
        raise FileRefusedError(
            f"{source} {release}: has {len(entries)} of the {len(before)} files that the release "
            f"of {before[0].release} has; add the others with 'tipstat add-release'"
        )


def refuse_stray_corrections() -> None:
    """Refuses corrections of a release that is not in the manifest.

    Raises:
        CorrectionError: there is one.
    """
    known = {(entry.source, entry.release) for entry in manifest.entries()}
    for each in corrections.entries():
        if (each.source, each.release) not in known:
            raise CorrectionError(
                f"{paths.corrections()}: {each.id} corrects {each.source} {each.release}, which is "
                "not in the manifest; mend or remove the line"
            )


@dataclass(frozen=True)
class Refusal:
    """A release, or an attempt to fetch one, that was refused; `release` is "" for the latter."""

    source: str
    release: str
    not_refreshed_since: str | None
    reason: str


def refusals(folder: Path) -> list[Refusal]:
    """Return what is held back, and since when its source has not been refreshed."""
    at_hand = releases(folder)
    good = {each.source: each.release for each in at_hand if not each.held_back}
    refused = [(each.source, each.release, each.held_back) for each in at_hand if each.held_back]
    refused += [(attempt.source, "", attempt.refused) for attempt in fetch_state.refused()]
    return [
        Refusal(source, release, _since(release, good.get(source)), reason)
        for source, release, reason in refused
    ]


def _since(release: str, good: str | None) -> str | None:
    """The last good release, if what was refused is newer than it."""
    return good if good and (not release or release > good) else None


def made_from(folder: Path) -> str:
    """Checksum of what is published: all inputs, and the refusals."""
    return fingerprint.joined(fingerprint.of_everything(), *map(repr, refusals(folder)))


def refresh(publication: Publication, release: Release) -> bool:
    """Harmonise a release into its files, unless they are what was made from the same.

    A file that was damaged is made again. Returns whether there was anything to do. A release that
    is refused is held back.
    """
    entries = manifest.entries(release.source, release.release)
    inputs = fingerprint.of_release(entries)
    if release.is_made_from(inputs):
        return False
    try:
        made = harmonised(publication, entries)
        _refuse_doubtful(publication, release, made)
        release.keep(made, inputs)
    except REFUSALS as refusal:
        release.hold_back(str(refusal))
    return True


def rows(publication: Publication, release: Release) -> pd.DataFrame:
    """Return the rows of a release: those that were harmonised, or else harmonised now.

    Raises:
        An error of `REFUSALS`: the release is not to be read.
    """
    entries = manifest.entries(release.source, release.release)
    if release.is_made_from(fingerprint.of_release(entries)):
        return pd.read_parquet(release.files[0])
    return harmonised(publication, entries).rows


def make_again(publication: Publication, release: Release) -> bool:
    """Harmonises a release into its files, whatever they were made from.

    Returns whether its rows are, byte for byte, those that were there.
    """
    rows = release.files[0]
    before = sha256(rows) if rows.is_file() else ""
    release.stamp.unlink(missing_ok=True)
    refresh(publication, release)
    return rows.is_file() and sha256(rows) == before


def _refuse_doubtful(publication: Publication, release: Release, made: Harmonised) -> None:
    """Refuse a release that looks wrong beside what stands before it, unless it was accepted."""
    name = f"{release.source} {release.release}"
    reviewed = reviews.last(release.source, release.release)
    if reviewed and reviewed.decision == reviews.KEEP:
        raise DoubtfulReleaseError(
            f"{name}: kept back by the review of {reviewed.reviewed}: {reviewed.reason}"
        )
    earlier = [
        each
        for each in releases(release.folder, release.source)
        if each.release < release.release and each.files[0].is_file()
    ]
    before = [pd.read_parquet(each.files[0]) for each in standing(earlier)]
    if reviewed or not before:
        return
    if said := guard.doubts(publication, release.action, before, made):
        raise DoubtfulReleaseError(
            f"{name}: {'; '.join(said)}; look at the publisher's file, then 'tipstat review {name} "
            "--accept' or '--keep', with --reason"
        )


def damaged(folder: Path) -> list[str]:
    """Return a line for each release whose harmonised files were changed since they were made."""
    return [
        f"{each.stamp.parent}: not what was harmonised; 'tipstat run' makes it again"
        for each in releases(folder)
        if each.is_damaged
    ]


def standing(of_source: Sequence[Release]) -> list[Release]:
    """Return the releases of which figures hold, the newest first.

    They are the last one that replaced all, and those that updated it. `of_source` are releases of
    one source by day.
    """
    replacing = [at for at, each in enumerate(of_source) if each.action == manifest.REPLACE]
    return list(of_source[replacing[-1] if replacing else 0 :])[::-1]


def harmonised(publication: Publication, entries: Sequence[RawFile]) -> Harmonised:
    """Harmonise the raw files of a release, with corrections and findings applied.

    Raises:
        FileRefusedError, ManifestError, CorrectionError, ContractBrokenError: see `harmonise`.
        FindingsError: a file was not examined, or its findings are damaged.
    """
    first = entries[0]
    _refuse_incomplete(entries)
    corrected = tuple(corrections.entries(first.source, first.release))
    for entry in entries:
        manifest.verify(entry)
    files = [
        File(entry.path, entry.publisher_file, corrected, findings.of(entry)) for entry in entries
    ]
    found = harmonise(publication, first.release, *files)
    if found.too_short and not guard.is_partial(publication, first.action):
        raise FileRefusedError(found.too_short)
    return found
