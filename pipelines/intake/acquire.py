"""Fetch new releases from publishers: download a file, read it, and enter new figures in data/raw.

The file as published is kept in `data/fetched`, which is not part of the project; its figure table
and its line in the manifest are. An unreadable file is refused; the releases in data/raw stay.
"""

from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from pipelines.intake import raw_table, sandbox
from pipelines.lib import clock, paths
from pipelines.raw import fetch_state, manifest
from pipelines.raw.download import Download, Limits, Validators, download
from pipelines.raw.fetch_state import Attempt
from pipelines.raw.manifest import RefusedReleaseError
from pipelines.raw.network_errors import FetchError
from pipelines.raw.transport import NetworkEnvironment
from pipelines.sources import Publication

_WORLD: Final = NetworkEnvironment()
_DEFAULT: Final = Limits()


@dataclass(frozen=True)
class Outcome:
    """Result of an attempt to fetch a source."""

    source: str
    message: str  # the result, on one line
    new: bool = False  # whether a release was entered
    refused: bool = False  # whether it failed
    unreachable: bool = False  # whether it failed because the publisher could not be reached


def fetch(
    publication: Publication, *, network: NetworkEnvironment = _WORLD, limits: Limits = _DEFAULT
) -> Outcome:
    """Fetch the newest file of a source, and enter it as a release if it is new.

    A refusal is remembered until an attempt succeeds; until then outputs report it.
    """
    source = publication.source
    if source.by_hand:
        return Outcome(source.id, f"manual download: {source.by_hand}")
    before = fetch_state.last(source.id) or Attempt(source.id, "")
    try:
        found = _download(publication, before, network, limits)
        return _enter(publication, found) if found else _unchanged(before)
    except (FetchError, RefusedReleaseError, OSError) as refusal:
        fetch_state.remember(replace(before, moment=clock.now(), refused=str(refusal)))
        unreachable = isinstance(refusal, FetchError) and refusal.may_pass
        return Outcome(source.id, str(refusal), refused=True, unreachable=unreachable)


def _download(
    publication: Publication, before: Attempt, network: NetworkEnvironment, limits: Limits
) -> Download | None:
    """Return the newest file, or None if the server reports that it was not modified."""
    source = publication.source
    incoming = paths.fetched() / source.id / f"incoming{Path(source.layouts[0].file).suffix}"
    incoming.parent.mkdir(parents=True, exist_ok=True)
    incoming.unlink(missing_ok=True)  # left by an attempt that was killed
    entered = {entry.publisher_sha256 for entry in manifest.entries(source.id)}
    known = Validators()
    if before.sha256 in entered:
        known = Validators(before.etag, before.last_modified)
    return download(source.address, incoming, known, limits, network=network)


def _unchanged(before: Attempt) -> Outcome:
    fetch_state.remember(replace(before, moment=clock.now(), refused=""))
    return Outcome(before.source, "nothing new: not modified since the last download")


def _enter(publication: Publication, found: Download) -> Outcome:
    """Enter a downloaded file as a release, unless its bytes or figures are entered already."""
    source = publication.source
    known = manifest.entries(source.id)
    try:
        sandbox.refuse_unreadable(publication, found.path)
        same = [entry.release for entry in known if entry.publisher_sha256 == found.sha256]
        same = same or raw_table.same_figures(publication, found.path, known)
        outcome = (
            Outcome(source.id, f"nothing new: the same as the release of {same[0]}")
            if same
            else _new_release(publication, found, {entry.release for entry in known})
        )
    finally:
        found.path.unlink(missing_ok=True)
    fetch_state.remember(
        Attempt(source.id, found.moment, "", found.etag, found.last_modified, found.sha256)
    )
    return outcome


def _new_release(publication: Publication, found: Download, known: set[str]) -> Outcome:
    release, name = _release(found, known), publication.source.layouts[0].file
    entry = raw_table.add_release(
        publication, found.path, release, found.moment, found.address, name=name
    )
    kept = found.path.with_name(f"{release}-{name}")
    if not kept.exists():
        found.path.rename(kept)
    message = f"release of {entry.release}: {int(entry.rows):,} rows in {entry.path}"
    return Outcome(publication.source.id, message, new=True)


def _release(found: Download, known: set[str]) -> str:
    """Return the day of the release: the server's date of the file, or the day of the download.

    It is the latter if the server's date is before the newest release, since the file is newer.
    """
    today = found.moment[:10]
    try:
        day = parsedate_to_datetime(found.last_modified).date().isoformat()
    except ValueError:
        return today
    return day if max(known, default="") < day <= today else today
