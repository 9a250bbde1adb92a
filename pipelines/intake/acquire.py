"""Fetch new releases from publishers: download a file, read it, and enter new figures in data/raw.

The file as published is kept in `data/fetched`, which is not part of the project; its figure table
and its line in the manifest are. An unreadable file is refused; the releases in data/raw stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from pipelines.intake import raw_table, release_day, sandbox
from pipelines.lib import clock, paths
from pipelines.raw import fetch_state, manifest
from pipelines.raw.download import Download, Limits, Validators
from pipelines.raw.fetch_state import Attempt
from pipelines.raw.manifest import RefusedReleaseError
from pipelines.raw.network_errors import FetchError
from pipelines.raw.newest_file import Place, download_newest
from pipelines.raw.transport import NetworkEnvironment
from pipelines.reader.unfinished import refuse_unfinished
from pipelines.sources import FileRefusedError, Publication
from schemas.source import Source

_WORLD: Final = NetworkEnvironment()
_DEFAULT: Final = Limits()


@dataclass(frozen=True)
class Outcome:
    """Result of an attempt to fetch a source."""

    source: str
    message: str  # the result, on one line
    new: bool = False  # whether a release was entered
    refused: bool = False  # whether it failed, or could not look everywhere
    unreachable: bool = False  # whether it failed because the publisher could not be reached


def fetch(
    publication: Publication, *, network: NetworkEnvironment = _WORLD, limits: Limits = _DEFAULT
) -> Outcome:
    """Fetch the newest file of a source, and enter it as a release if it is new.

    A refusal, or that the file was not looked for everywhere, is remembered until an attempt
    succeeds; until then outputs report it.
    """
    source = publication.source
    if source.by_hand:
        return Outcome(source.id, f"manual download: {source.by_hand}")
    before = fetch_state.last(source.id) or Attempt(source.id, "")
    missed: tuple[str, ...] = ()
    try:
        refuse_unfinished(source)
        place, found = _download(publication, before, network, limits)
        missed = place.missed
        if found:
            result, new = _enter(publication, place, found)
            attempt = Attempt(
                source.id,
                found.moment,
                etag=found.etag,
                last_modified=found.last_modified,
                sha256=found.sha256,
                address=place.address,
            )
        else:
            result, new = "not modified since the last download", False
            attempt = replace(before, moment=clock.now())
        message = _after(missed, result if new or missed else f"nothing new: {result}")
        fetch_state.remember(replace(attempt, refused=message if missed else ""))
        return Outcome(source.id, message, new=new, refused=bool(missed))
    except (FetchError, RefusedReleaseError, OSError) as refusal:
        message = _after(missed, str(refusal))
        fetch_state.remember(replace(before, moment=clock.now(), refused=message))
        unreachable = isinstance(refusal, FetchError) and refusal.may_pass
        return Outcome(source.id, message, refused=True, unreachable=unreachable)


def _after(missed: Sequence[str], result: str) -> str:
    """Return a result, behind the places at which a newer file may have been missed."""
    if not missed:
        return result
    return f"not looked at everywhere: {'; '.join(missed)}; elsewhere: {result}"


def _download(
    publication: Publication, before: Attempt, network: NetworkEnvironment, limits: Limits
) -> tuple[Place, Download | None]:
    """Return the newest file, or None if the server reports that it was not modified."""
    source = publication.source
    incoming = paths.fetched() / source.id / f"incoming{Path(source.layouts[0].file).suffix}"
    incoming.parent.mkdir(parents=True, exist_ok=True)
    incoming.unlink(missing_ok=True)  # left by an attempt that was killed
    entered = {entry.publisher_sha256 for entry in manifest.entries(source.id)}

    def known(address: str) -> Validators:
        if before.sha256 in entered and address == before.address:
            return Validators(before.etag, before.last_modified)
        return Validators()

    return download_newest(source, incoming, known, limits, network)


def _enter(publication: Publication, place: Place, found: Download) -> tuple[str, bool]:
    """Enter a downloaded file as a release, unless its bytes or figures are entered already.

    Returns the result in words, and whether a release was entered.
    """
    source = publication.source
    known = manifest.entries(source.id)
    try:
        sandbox.refuse_unreadable(publication, found.path)
        if same := [entry.release for entry in known if entry.publisher_sha256 == found.sha256]:
            return f"the same as the release of {same[0]}", False
        if alike := raw_table.same_figures(publication, found.path, known):
            return f"the same figures as the release of {alike[0]}, in another file", False
        release = _day(source, found, max((entry.release for entry in known), default=""))
        name = source.layouts[0].file
        changed = f", changed there on {place.changed}" if place.changed else ""
        entry = raw_table.add_release(
            publication,
            found.path,
            release,
            found.moment,
            f"{found.address}{changed}",
            address=place.address,
            name=name,
        )
        kept = found.path.with_name(f"{release}-{name}")
        if not kept.exists():
            found.path.rename(kept)
        return f"release of {entry.release}: {int(entry.rows):,} rows in {entry.path}", True
    finally:
        found.path.unlink(missing_ok=True)


def _day(source: Source, found: Download, newest: str) -> str:
    """Return the day of the release: the one that the file states, if its publisher states days.

    Else it is the server's date of the file; or the day of the download, if that date is before the
    newest release, since the file is newer.

    Raises:
        FileRefusedError: the file states no day, though its publisher does, or one up to that of
            the newest release, whose figures are others.
    """
    if not release_day.cell(source):
        today = found.moment[:10]
        try:
            day = parsedate_to_datetime(found.last_modified).date().isoformat()
        except ValueError:
            return today
        return day if newest < day <= today else today
    day = release_day.stated(found.path, source)
    if not day:
        raise FileRefusedError(
            f"{found.address}: cell {release_day.cell(source)} has no day, and without the day of "
            "its release the file is none; look at it, and enter it with 'tipstat add-release FILE "
            f"--source {source.id} --release YYYY-MM-DD'"
        )
    if day < newest:
        raise FileRefusedError(
            f"{found.address}: states the day {day}, but the newest release is that of {newest}; "
            f"an older file is offered than before: look for the newest at {source.page}"
        )
    if day == newest:
        raise FileRefusedError(
            f"{found.address}: states the day of the release of {newest}, but has other figures; "
            "it is held back: download it, compare it with 'tipstat validate FILE --source "
            f"{source.id}', and enter it, if it is to be used, with 'tipstat add-release FILE "
            f"--source {source.id} --release DAY', DAY being that of the change"
        )
    return day
