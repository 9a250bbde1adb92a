"""Damage to files of a project in which nothing is running: the cheap kind of fault.

One process damages many copies of a project, one after the other.
"""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from faults import project
from faults.invariants import Digest, digest
from faults.laboratory import linked
from pipelines.published.versions import checksum, links, version


@dataclass(frozen=True)
class Damage:
    """One damage.

    Attributes:
        files: the files of which one is damaged, a name of `FILES`.
        kind: a name of `KINDS`.
        seed: chooses the file, the bit and the length.
    """

    files: str
    kind: str
    seed: int

    @property
    def needs_verify(self) -> bool:
        """True if a run does not look for it."""
        return (self.files, self.kind) == ("current version", "a flipped bit")

    def inflict(self, home: Path) -> Path:
        """Damage a project, and return the file that was damaged."""
        choice = random.Random(self.seed)
        file = choice.choice(sorted(FILES[self.files](home / "data")))
        KINDS[self.kind](file, choice)
        return file


def _flip(file: Path, choice: random.Random) -> None:
    data = bytearray(file.read_bytes())
    data[choice.randrange(len(data))] ^= 1 << choice.randrange(8)
    _in_place_of(file, bytes(data))


def _cut(file: Path, choice: random.Random) -> None:
    """Cut off more than the last byte: a manifest without its newline means the same."""
    data = file.read_bytes()
    _in_place_of(file, data[: choice.randrange(len(data) - 1)])


def _remove(file: Path, _: random.Random) -> None:
    file.unlink()


def _lead_elsewhere(link: Path, choice: random.Random) -> None:
    right = str(link.readlink())
    places = ["nowhere", "versions", "../raw", "current/site"]
    link.unlink()
    link.symlink_to(choice.choice([place for place in places if place != right]))


def _remove_folder(file: Path, _: random.Random) -> None:
    shutil.rmtree(file.parent)


def _in_place_of(file: Path, content: bytes) -> None:
    """Write a file of the copy's own; other copies may share the one before."""
    file.unlink()
    file.write_bytes(content)


def _below(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file() and file.stat().st_size)


def _current(data: Path) -> Path:
    return (data / "published/current").resolve()


def _of_version(folder: Path) -> list[Path]:
    return [file for file in _below(folder) if file.name != version.MANIFEST]


def _older(data: Path) -> list[Path]:
    folders = (data / "published/versions").iterdir()
    return [folder for folder in folders if folder != _current(data)]


FILES: dict[str, Callable[[Path], list[Path]]] = {
    "harmonised": lambda data: [*_below(data / "harmonised")],
    "current version": lambda data: _of_version(_current(data)),
    "older version": lambda data: [file for each in _older(data) for file in _of_version(each)],
    "current manifest": lambda data: [_current(data) / version.MANIFEST],
    "older manifest": lambda data: [each / version.MANIFEST for each in _older(data)],
    "link": lambda data: [
        data / "warehouse/tipstat.duckdb",
        *(data / "published" / name for name in ("current", "site", "extracts", "warehouse")),
    ],
}
KINDS: dict[str, Callable[[Path, random.Random], None]] = {
    "a flipped bit": _flip,
    "cut off": _cut,
    "gone": _remove,
    "its folder gone": _remove_folder,
    "leads elsewhere": _lead_elsewhere,
}
OF_FILES = ("a flipped bit", "cut off", "gone")
PLAN = (
    *(("harmonised", kind, 6) for kind in OF_FILES),
    ("current version", "a flipped bit", 220),
    ("current version", "cut off", 6),
    ("current version", "gone", 6),
    ("current version", "its folder gone", 4),
    *(("older version", kind, 95) for kind in (*OF_FILES, "its folder gone")),
    *(("current manifest", kind, 5) for kind in OF_FILES),
    *(("older manifest", kind, 60) for kind in OF_FILES),
    ("link", "gone", 25),
    ("link", "leads elsewhere", 25),
)
"""Files, kind of damage, and how often it comes."""
MENDED = 20
"""One in so many flipped bits of the current version is mended too; `verify` names all."""


def planned(share: int = 1) -> list[Damage]:
    """List all damages, or one in so many of each kind, at least one."""
    return [
        Damage(files, kind, seed)
        for files, kind, times in PLAN
        for seed in range(0, times, min(share, times))
    ]


def outcomes(home: Path, damages: Sequence[Damage], unfailed: Digest) -> list[tuple[str, ...]]:
    """Return what does not hold after each damage, and after the run that follows it."""
    return [tuple(_outcome(home, damage, unfailed)) for damage in damages]


def _outcome(home: Path, damage: Damage, unfailed: Digest) -> Iterator[str]:
    with linked(home) as copy:
        project.enter(copy)
        try:
            yield from _unnoticed(damage, damage.inflict(copy))
            if not damage.needs_verify or damage.seed % MENDED == MENDED - 1:
                yield from _unmended(damage, unfailed)
        except Exception as error:
            yield f"cannot be examined: {error!r}"


def _unnoticed(damage: Damage, file: Path) -> Iterator[str]:
    """`tipstat verify` names the damage, unless a flipped bit of a manifest changes no meaning."""
    may_mean_the_same = damage.files.endswith("manifest") and damage.kind == "a flipped bit"
    if damage.files != "harmonised" and not may_mean_the_same and not faults():
        yield f"2: verify does not name {file}"


def faults() -> list[str]:
    """Return what `tipstat verify` reports of versions and links."""
    found = [*links.astray(), *version.unreadable()]
    return found + [line for each in version.versions() for line in checksum.faults(each)]


def _unmended(damage: Damage, unfailed: Digest) -> Iterator[str]:
    """A run, and for a flipped bit what `verify` advises, leaves readers one whole version."""
    if failed := project.run_if_needed():
        yield f"4: the next run fails: {failed}"
        return
    now = version.current()
    if now and checksum.faults(now) and damage.kind == "a flipped bit":
        shutil.rmtree(now.folder)  # as `verify` advises
        project.run_if_needed()
    now = version.current()
    if now is None or checksum.faults(now) or links.astray():
        yield "1: readers do not see one whole version"
        return
    found = digest()
    for name in sorted(found.keys() | unfailed.keys()):
        if found.get(name) != unfailed.get(name):
            yield f"4: {name} is not as in a run that never failed"
