"""Find the newest file of a source at its publisher, and download it.

A publisher whose portal is made with Drupal puts each upload into the folder of its month, under
the name of the one before (`files/2025-11/data_glotip.xlsx`), or with `_0` where a file of that
name was there already. The portal lists its files, but the listing may be closed one day; the links
on its pages may be stale, but they name the folders. Only the hosts that the source declares are
asked, over https.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson

from pipelines.raw.download import Download, Limits, Validators, download, read_text
from pipelines.raw.network_address import absolute, host
from pipelines.raw.network_errors import FetchError
from pipelines.raw.transport import NetworkEnvironment
from schemas.source import Source

_SMALL: Final = 5_000_000
"""Largest listing or page, in bytes."""
_QUICK: Final = 60
"""Seconds until a listing or a page must be there."""
_FOLDERS: Final = 12
"""Number of newest folders that are looked into, to spare the publisher's server."""
_SHOWN: Final = 4
"""Number of failures that a message names, besides the last: listing, its file and two pages."""
_FOLDER: Final = re.compile(
    r"(?://([\w.:-]{1,300}))?(/(?:[\w.-]{1,100}/){0,9}files/\d{4}-\d{2}/)", re.ASCII
)
"""Host, if it is stated, and path of a folder of uploads; of few parts, to be found in no time."""


@dataclass(frozen=True)
class Place:
    """An address at which the newest file may be."""

    address: str
    changed: str = ""  # when the file was changed, by the publisher's listing, ISO 8601
    # why the listing, its file or the pages, which come first, did not lead to it, a line each;
    # with any of them, a newer file may be elsewhere
    missed: tuple[str, ...] = ()


def download_newest(
    source: Source,
    target: Path,
    known: Callable[[str], Validators],
    limits: Limits,
    network: NetworkEnvironment,
) -> tuple[Place, Download | None]:
    """Download the newest file of a source to `target`; return where it was found as well.

    The source's listing is asked first, then its pages, then its address. Where one is absent, or
    a listing or page forbidden, the search goes on, and the place says what was missed. `known`
    returns the validators of the file that was last downloaded from an address; the download is
    None if the server has none newer.

    Raises:
        FetchError: it is nowhere, or forbidden, or as `download` raises it. A failure that may
            pass, of a listing or page too, is no reason to look elsewhere: an older file would be
            found.
    """
    looked_up = [address for address in (source.listing, *source.pages) if address]
    if looked_up:
        hosts = frozenset(map(host, [*looked_up, source.address]))
        network = replace(network, hosts=hosts)
    missed: list[FetchError] = []
    tried: list[FetchError] = []  # addresses that were likely, and the source's own
    try:
        for place in _places(source, limits, network, missed):
            with _noted(missed if place.changed else tried, forbidden=False):
                validators = known(place.address)
                found = download(place.address, target, validators, limits, network=network)
                return replace(place, missed=tuple(map(str, missed))), found
    except FetchError as error:
        tried.append(error)
    *before, last = [*missed, *tried]
    if before:
        more = len(before) - _SHOWN
        others = [str(error) for error in before[:_SHOWN]] + [f"{more} more"] * (more > 0)
        last = FetchError(f"{last}; before that: {'; '.join(others)}", may_pass=last.may_pass)
    raise last


def _places(
    source: Source, limits: Limits, network: NetworkEnvironment, missed: list[FetchError]
) -> Iterator[Place]:
    """Yield where the file may be, the likeliest first; add to `missed` what leads nowhere."""
    small = replace(limits, largest_bytes=_SMALL, total_seconds=min(limits.total_seconds, _QUICK))
    name = Path(source.layouts[0].file)
    listed: list[Place] = []
    if source.listing:
        with _noted(missed, forbidden=True):
            text, at = read_text(source.listing, small, network=network)
            listed = [_listed(text, at, name.name)]
    yield from listed
    folders: set[str] = set()
    for page in source.pages:
        with _noted(missed, forbidden=True):
            text, at = read_text(page, small, network=network)
            folders |= _folders(text, at, network.hosts)
    newest = sorted(folders, key=lambda folder: folder[-len("YYYY-MM/") :], reverse=True)
    for folder in newest[:_FOLDERS]:
        yield Place(f"{folder}{name.stem}_0{name.suffix}")
        yield Place(f"{folder}{name.name}")
    yield Place(source.address)


@contextmanager
def _noted(failures: list[FetchError], *, forbidden: bool) -> Iterator[None]:
    """Note what is absent, or also what is forbidden; any other failure ends the search."""
    try:
        yield
    except FetchError as error:
        if not (error.absent or (forbidden and error.forbidden)):
            raise
        failures.append(error)


def _listed(text: str, address: str, name: str) -> Place:
    """Return the place of the file with just this name that was changed last."""
    try:
        entries = [entry["attributes"] for entry in orjson.loads(text)["data"]]
        found = [
            (datetime.fromisoformat(entry["changed"]), absolute(address, entry["uri"]["url"]))
            for entry in entries
            if entry["filename"] == name
        ]
        changed, latest = max(found, default=(None, ""))
    except (KeyError, TypeError, ValueError) as error:
        raise FetchError(
            f"{address}: not a listing of files by Drupal's JSON:API; look at it in a browser",
            absent=True,
        ) from error
    if changed is None:
        raise FetchError(f"{address}: lists no {name}", absent=True)
    return Place(latest, changed.isoformat())


def _folders(text: str, address: str, hosts: frozenset[str]) -> set[str]:
    """Return the folders of uploads that a page names on hosts that may be asked."""
    found = _FOLDER.findall(text.replace("\\/", "/"))  # slashes of JSON within the page
    here = host(address)
    folders = {f"https://{at or here}{path}" for at, path in found if not at or at in hosts}
    if not folders:
        raise FetchError(f"{address}: names no folder such as /files/2025-11/", absent=True)
    return folders
