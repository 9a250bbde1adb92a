"""The harmonised files of each release, and the reasons why releases are held back.

A refused release does not stop the others: its folder holds the reason instead of its rows, the run
ends with exit code 1, and every output reports it. If it is our code that fails, rows that were
made from the same file stay beside the reason, and in use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipelines.lib.atomic import replace_text, replacing
from pipelines.lib.digest import sha256
from pipelines.raw import fetch_state, fingerprint, manifest

if TYPE_CHECKING:  # they take longer to import than most verbs do
    import pandas as pd

    from pipelines.harmonised.harmonise import Harmonised

ERROR: Final = "error"
"""In `Release.held_back_by`: our code failed with the release."""

ROW_GROUP: Final = 122_880
"""Rows in a Parquet row group: DuckDB's own size, so that it reads groups in parallel."""


class Files(NamedTuple):
    """The Parquet files of a release; `warehouse.database` loads each into a table."""

    rows: Path
    quarantine: Path
    account: Path
    errata: Path


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
    def files(self) -> Files:
        """Files of the rows, the quarantine, the account and the errata."""
        names = ("rows.parquet", "quarantine.parquet", "row_account.parquet", "errata.parquet")
        return Files(*(self._below / name for name in names))

    @property
    def quarantine_csv(self) -> Path:
        """File of the quarantine for people; the one that is read again is among `files`."""
        return self._below / "quarantine.csv"

    @property
    def proof_sheet(self) -> Path:
        """Parquet file of the proof sheet, for the review of a release that looks wrong."""
        return self._below / "proof_sheet.parquet"

    @property
    def stamp(self) -> Path:
        """File of two checksums: of the inputs of the harmonised files, and of their bytes."""
        return self._below / "fingerprint"

    @property
    def action(self) -> str:
        """Action of the release in the manifest: REPLACE or MERGE."""
        return manifest.entries(self.source, self.release)[0].action

    @property
    def retrieved(self) -> str:
        """Day or moment at which the release was retrieved."""
        return manifest.entries(self.source, self.release)[0].retrieved

    @property
    def held_back(self) -> str:
        """Reason for holding the release back; "" if it is not held back."""
        if not self._reason.is_file():
            return ""
        return self._reason.read_text(encoding="utf-8", errors="replace")

    @property
    def _reason(self) -> Path:
        return self._below / "held_back"

    @property
    def _by(self) -> Path:
        return self._below / "held_back_by"

    @property
    def held_back_by(self) -> str:
        """ERROR, or the checksum of everything among which the gate refused it; else ""."""
        return self._by.read_text(encoding="utf-8") if self._by.is_file() else ""

    @property
    def is_refused_by_gate(self) -> bool:
        """Return whether it is held back because nothing could be published with it."""
        return self.held_back_by not in ("", ERROR)

    @property
    def is_used(self) -> bool:
        """Return whether its rows are published: not held back, or rows of an earlier run stay."""
        return not self.held_back or self.stamp.is_file()

    def is_made_from(self, inputs: str) -> bool:
        """Return whether the files are, byte for byte, those that were made from these inputs."""
        return self.stamp.is_file() and self._stamped() == [inputs, self._checksum()]

    @property
    def is_damaged(self) -> bool:
        """Return whether the files changed since they were written."""
        return self.stamp.is_file() and self._stamped()[1:] != [self._checksum()]

    def _stamped(self) -> list[str]:
        return self.stamp.read_text(encoding="utf-8", errors="replace").splitlines()

    def _checksum(self) -> str:
        """Return the checksum of the bytes of the files; "" if one is missing."""
        if not all(file.is_file() for file in self.files):
            return ""
        return fingerprint.of_texts(*map(sha256, self.files))

    def hold_back(self, reason: str, by: str = "") -> None:
        """Hold the release back: record the reason and delete its files; `by` as `held_back_by`."""
        for file in (self.stamp, self.quarantine_csv, *self.files):
            file.unlink(missing_ok=True)
        self._record(reason, by)

    def fail(self, reason: str, inputs: str) -> None:
        """Hold the release back for an error of our code; rows made from the same file stay."""
        of_code, *_ = self._stamped()[0].split() if self.stamp.is_file() else [""]
        if self.is_made_from(f"{of_code} {inputs.split()[-1]}"):  # by whatever code
            self._record(f"{reason}; its rows of an earlier run stay in use", ERROR)
        else:
            self.hold_back(reason, ERROR)

    def _record(self, reason: str, by: str) -> None:
        self._below.mkdir(parents=True, exist_ok=True)
        replace_text(self._by, by)
        replace_text(self._reason, reason)

    def keep_proof_sheet(self, sheet: "pd.DataFrame") -> None:
        """Write the proof sheet of a release that is about to be held back."""
        self._below.mkdir(parents=True, exist_ok=True)
        with replacing(self.proof_sheet) as new:
            sheet.to_parquet(new, index=False)

    def take_up(self) -> None:
        """Forget why the release was held back."""
        for file in (self._reason, self._by, self.proof_sheet):
            file.unlink(missing_ok=True)

    def keep(self, harmonised: "Harmonised", inputs: str) -> None:
        """Write the files, each whole or not at all, and stamp them with their inputs."""
        from pipelines.harmonised import quarantine  # it imports pandas

        self._below.mkdir(parents=True, exist_ok=True)
        # A run that is killed must not leave a stamp on a mixture.
        self.stamp.unlink(missing_ok=True)
        frames = (
            harmonised.rows, harmonised.quarantine, harmonised.account, harmonised.errata,
        )  # fmt: skip
        for frame, path in zip(frames, self.files, strict=True):
            with replacing(path) as new:
                frame.to_parquet(new, compression="zstd", index=False, row_group_size=ROW_GROUP)
        with replacing(self.quarantine_csv) as new:
            quarantine.write(harmonised.quarantine, new)
        self.take_up()
        fingerprint.write_stamp(self.stamp, f"{inputs}\n{self._checksum()}")


def releases(folder: Path, source: str | None = None) -> list[Release]:
    """Return the releases in the manifest, of one source or of all, by source and release."""
    named = dict.fromkeys((entry.source, entry.release) for entry in manifest.entries(source))
    return [Release(folder, *release) for release in named]


def quarantine_files(of_source: Sequence[Release]) -> list[Path]:
    """Return the files of the quarantined rows of releases, that of the newest first."""
    newest_first = sorted(of_source, key=lambda each: each.release, reverse=True)
    return [release.files.quarantine for release in newest_first]


def by_arrival(of_source: Sequence[Release]) -> list[Release]:
    """Return releases in the order in which they were retrieved, those of one day by release."""
    return sorted(of_source, key=lambda each: (each.retrieved, each.release))


def current(of_source: Sequence[Release]) -> list[Release]:
    """Return the releases whose figures are current, the newest first.

    They are the last release that replaced all before it, and those that updated it. `of_source`
    are the releases of one source by day.
    """
    replaced = [at for at, each in enumerate(of_source) if each.action == manifest.REPLACE]
    return list(of_source[replaced[-1] if replaced else 0 :])[::-1]


def changed(folder: Path) -> list[str]:
    """Return the sources with work to do: a changed or damaged file, or a release held back."""
    return sorted(
        {
            each.source
            for each in releases(folder)
            if each.held_back
            or not each.is_made_from(
                fingerprint.of_release(manifest.entries(each.source, each.release))
            )
        }
        | {entry.source for entry in manifest.entries() if manifest.damaged([entry])}
    )


def damaged(folder: Path) -> list[str]:
    """Return a line for each release whose harmonised files changed since they were written."""
    return [
        f"{release.stamp.parent}: not what was harmonised; 'tipstat run' makes it again"
        for release in releases(folder)
        if release.is_damaged
    ]


@dataclass(frozen=True)
class Refusal:
    """A release, or an attempt to fetch one, that was refused; `release` is "" for the latter."""

    source: str
    release: str
    not_refreshed_since: str | None
    reason: str


def refusals(folder: Path) -> list[Refusal]:
    """Return the releases and fetches that were refused, each with its source's last good release.

    That is None where the refused release is older, and the release itself where rows of an earlier
    run stay in use.
    """
    all_releases = releases(folder)
    good = {each.source: each.release for each in all_releases if each.is_used}
    refused = [
        (each.source, each.release, each.held_back) for each in all_releases if each.held_back
    ]
    refused += [(attempt.source, "", attempt.refused) for attempt in fetch_state.refused()]
    found = []
    for source, release, reason in refused:
        last = good.get(source)
        since = last if last and (not release or release >= last) else None
        found.append(Refusal(source, release, since, reason))
    return found


def made_from(folder: Path) -> str:
    """Return the checksum of everything that is published: all inputs, and the refusals."""
    return fingerprint.of_texts(fingerprint.of_everything(), *map(repr, refusals(folder)))
