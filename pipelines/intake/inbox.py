"""The inbox: a file in `data/inbox` is recognised by its layout and taken in.

It becomes a new release of the source whose layout it has; a file that fits no source, or several,
is set aside with a report. Nothing is published here: the next run does that.
"""

import re
import stat
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from pipelines.intake import raw_table, release_day, sandbox
from pipelines.lib import clock, paths
from pipelines.lib.console import err
from pipelines.lib.errors import TipstatError
from pipelines.lib.lock import alone
from pipelines.raw import manifest
from pipelines.raw.manifest import RefusedReleaseError
from pipelines.sources import FileRefusedError, Publication, discover

SETTLED: Final = timedelta(seconds=10)
"""Time for which a file must be unchanged: it may still be being copied."""

LONGEST_NAME: Final = 200
"""Longest kept file name, in bytes: systems allow 255, and a day or an ending is added."""

_RECOGNISED: Final = 0.75
"""Least share of a file's columns that are the layout's, if others were added."""

_SHOWN: Final = 3
"""Number of sources that a report compares a file with."""

_SET_ASIDE: Final = "set_aside"

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

_WORKBOOKS_AND_UTF_16: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xfe\xff")
"""First bytes of files that are read although they have zero bytes."""


@dataclass(frozen=True)
class Outcome:
    """Result of taking in a file."""

    file: str
    message: str  # the result, on one line
    source: str = ""  # the source of the file; "" if it was set aside
    is_new: bool = False  # whether a release was entered


def waiting() -> list[Path]:
    """Return the files in the inbox that may be taken, the oldest release first."""
    return [file for file in _files() if not _reason_to_wait(file)]


def listing() -> dict[str, list[int]]:
    """Return the size and time of change of each file in the inbox, in bytes and nanoseconds."""
    found = {}
    for file in _files():
        with suppress(FileNotFoundError):  # gone in the meantime
            state = file.lstat()
            found[file.name] = [state.st_size, state.st_mtime_ns]
    return found


def left() -> list[str]:
    """Return the files that are not taken yet, each with the reason on one line."""
    reasons = [(_name(file), _reason_to_wait(file)) for file in _files()]
    return [f"{name}: {reason}" for name, reason in reasons if reason]


def _files() -> list[Path]:
    """Return the files by the day in their names: an older release after a newer one is refused."""
    if not paths.inbox().is_dir():
        return []
    files = [path for path in paths.inbox().iterdir() if not path.name.startswith(".")]
    files.sort(key=lambda each: (_day_in_name(each) or "today", each.name))
    return [file for file in files if file.is_symlink() or not file.is_dir()]


def _reason_to_wait(file: Path) -> str:
    if file.is_symlink():
        return "a link, which is not followed; put the file itself there"
    if file.name == _SET_ASIDE:
        return "has the name of the folder for files that no source takes; give it another name"
    settled = (datetime.now(tz=UTC) - SETTLED).timestamp()
    try:
        state = file.stat()
    except FileNotFoundError:
        return "gone in the meantime"
    if not stat.S_ISREG(state.st_mode):
        return "no file, but a pipe, a socket or a device, which is not read; remove it"
    if state.st_mtime < settled:
        return ""
    seconds = SETTLED.seconds
    return f"changed less than {seconds} seconds ago, perhaps still being copied; try again"


Taker = Callable[[Path], Outcome | None]
"""Takes in a file that is not a publication, such as a questionnaire; returns None for others."""


@dataclass(frozen=True)
class Attendant:
    """The person who answers for the files that are taken in, if anybody does."""

    name: str = manifest.UNATTENDED
    # shows a file of a publication, as the release of a day, and asks whether to take it in
    is_taken: Callable[[Publication, Path, str], bool] = lambda *_: True


NOBODY: Final = Attendant()


def take(
    names: Container[str] | None = None,
    taker: Taker = lambda _: None,
    attendant: Attendant = NOBODY,
) -> list[Outcome]:
    """Take in or set aside every waiting file, or those with these names; `taker` is asked first.

    Makes the inbox if there is none. A file that cannot be moved stays, and the others are taken.
    """
    paths.inbox().mkdir(parents=True, exist_ok=True)
    outcomes = []
    with alone(paths.lock(), err.print):
        for file in waiting():
            if names is not None and file.name not in names:
                continue
            name = _name(file)
            try:
                kept = file if name == file.name else file.rename(free(file.with_name(name)))
                outcomes.append(_take(kept, _day_in_name(file), taker, attendant))
            except OSError as error:
                outcomes.append(Outcome(name, f"{name}: stays in the inbox ({error}); try again"))
    return outcomes


def _take(file: Path, day: str, taker: Taker, attendant: Attendant) -> Outcome:
    """Take in a file, or set it aside; `day` is that in its name, "" if it has none."""
    try:
        if taken := taker(file):
            return taken
        known = discover()
        found = sandbox.attempts(known.values(), file)
    except TipstatError as refusal:
        return _set_aside(file, [], [str(refusal)])
    fits = {source: each.likeness for source, each in found.items() if not each.refusal}
    best = max(fits.values(), default=0)
    # Few columns besides those of a layout: `Year, Value` and a third one may be anybody's.
    alike = [source for source in fits if fits[source] == best >= _RECOGNISED]
    if len(alike) != 1:
        return _set_aside(file, alike, _nearest(file, found))
    publication = known[alike[0]]
    source = publication.source
    try:
        stated = release_day.stated(file, source)
        release = day or stated or clock.today()
        entered = manifest.entries(source.id)
        same = raw_table.same_figures(publication, file, entered)
        if same:
            message = f"{source.id}: nothing new, the same as the release of {same[0]}"
        else:
            _refuse_undated(file, day, stated, publication)
            _refuse_older(release, entered)
            if not attendant.is_taken(publication, file, release):
                return Outcome(file.name, f"{file.name}: stays in the inbox", source.id)
            origin, by = f"handed in as {file.name}", attendant.name
            entry = raw_table.add_release(publication, file, release, clock.today(), origin, by=by)
            message = f"{source.id}: release of {release}, {int(entry.rows):,} rows in {entry.path}"
    except (RefusedReleaseError, OSError) as refusal:
        return _set_aside(file, [], [f"{source.id}: {refusal}"])
    _put_away(file, publication, release)
    return Outcome(file.name, message, source.id, not same)


def _refuse_undated(file: Path, day: str, stated: str, publication: Publication) -> None:
    """Refuse a file by the day in its name: an impossible one, or another than the file states.

    Without one, the file must state it, if its publisher states the day of each release.

    Raises:
        FileRefusedError: the name is to be corrected.
    """
    source = publication.source
    if not day and (wrong := _DAY.search(file.name)):
        raise FileRefusedError(
            f"{wrong[0]} in its name is no day up to today; correct the name, and lay the file "
            "into the inbox again"
        )
    if stated and day not in ("", stated):
        raise FileRefusedError(
            f"its name has the day {day}, but the file states {stated} in cell "
            f"{release_day.cell(source)}; correct the name, and lay the file into the inbox again, "
            f"or, if it was changed on {day}, take it in with 'tipstat add-release FILE --source "
            f"{source.id} --release {day}'"
        )
    if not day and not stated and source.release_day == "STATED":
        raise FileRefusedError(
            "its name has no day, and that of its release was not found in the file; put the day "
            "into the name, such as '2025-04-14 name.xlsx', or take it in with 'tipstat "
            f"add-release FILE --source {source.id} --release YYYY-MM-DD'"
        )


def _refuse_older(day: str, known: Sequence[manifest.RawFile]) -> None:
    """Refuse a file of a day before the newest release of its source."""
    newest = max((entry.release for entry in known), default="")
    if day < newest:
        raise FileRefusedError(
            f"it is of the day {day}, but the newest release is that of {newest}; if it is an "
            f"older release, take it in with --release {day}, else with the day of its release"
        )


def _nearest(file: Path, found: dict[str, sandbox.Attempt]) -> list[str]:
    """Return a line for each of the sources to whose header that of the file is nearest."""
    with file.open("rb") as opened:
        head = opened.read(65_536)
    if b"\0" in head and not head.startswith(_WORKBOOKS_AND_UTF_16):
        return ["This is neither text nor a workbook."]
    ranked = sorted(found, key=lambda source: -found[source].likeness)
    near = [source for source in ranked if found[source].likeness > 0][:_SHOWN]
    if not near:
        return [f"No source has a similar header; {len(found)} were compared."]
    rest = len(found) - len(near)
    return [
        "Nearest sources:",
        *(
            f"{source}: {found[source].refusal or 'fits, but the file has many other columns'}"
            for source in near
        ),
        f"The header of {rest} other sources is less like it, or not like it at all.",
    ]


def _set_aside(file: Path, fits: list[str], refused: list[str]) -> Outcome:
    """Move the file to `set_aside`, with a report of the reasons beside it."""
    reason = f"fits several sources ({', '.join(fits)})" if fits else "is not taken by any source"
    folder = paths.inbox() / _SET_ASIDE
    if folder.is_symlink() or folder.is_file():
        message = f"{file.name}: {reason}, and stays, since {folder} is no folder; move that away"
        return Outcome(file.name, message)
    folder.mkdir(exist_ok=True)
    place = free(folder / file.name)
    file.rename(place)
    report = place.with_name(f"{place.name}.txt")
    lines = [
        f"{file.name} {reason}.",
        "Take it in with 'tipstat add-release FILE --source ID', or describe its source with",
        "'tipstat new-source FILE'. Remove it if it describes persons.",
        "",
        *(f"{source}: fits" for source in fits),
        *refused,
    ]
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Outcome(file.name, f"{file.name}: {reason}; see {report}")


def _put_away(file: Path, publication: Publication, day: str) -> None:
    """Move the publisher's file to those that were fetched; delete one that describes persons."""
    if publication.source.person_level:
        file.unlink()
        return
    place = free(paths.fetched() / publication.source.id / f"{day}-{file.name}")
    place.parent.mkdir(parents=True, exist_ok=True)
    file.rename(place)


def free(place: Path) -> Path:
    """Return the path, or a numbered one beside it if there is a file already."""
    names = (place.with_name(f"{place.stem}-{at}{place.suffix}") for at in range(2, 10_000))
    return next(each for each in (place, *names) if not each.exists())


def _name(file: Path) -> str:
    """Return the printable form of a file's name; the end of a long one."""
    printable = "".join(letter if letter.isprintable() else "_" for letter in file.name)
    return printable.encode()[-LONGEST_NAME:].decode(errors="ignore")


def _day_in_name(file: Path) -> str:
    """Return the first past day in the file's name; "" if there is none."""
    return next(filter(clock.is_past, _DAY.findall(file.name)), "")
