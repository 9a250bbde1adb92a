"""Damage to what lies on the disk, and what must come of it: the cheap kind of fault.

Nothing is running meanwhile, so that one process damages many copies of a project, each of hard
links, one after the other.
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
        what: which files, a name of `FILES`.
        how: a name of `HOW`.
        seed: chooses the file, the bit and the length.
    """

    what: str
    how: str
    seed: int

    def __str__(self) -> str:
        """The name of its line in the table."""
        return f"{self.how} ({self.what})"

    @property
    def is_seen_by_verify_alone(self) -> bool:
        """Whether a run does not look for it."""
        return (self.what, self.how) == ("current version", "a flipped bit")

    def come(self, home: Path) -> Path:
        """Damages a project; which file."""
        choice = random.Random(self.seed)
        file = choice.choice(sorted(FILES[self.what](home / "data")))
        HOW[self.how](file, choice)
        return file


def _flip(file: Path, choice: random.Random) -> None:
    data = bytearray(file.read_bytes())
    data[choice.randrange(len(data))] ^= 1 << choice.randrange(8)
    _in_place_of(file, bytes(data))


def _cut(file: Path, choice: random.Random) -> None:
    data = file.read_bytes()
    _in_place_of(file, data[: choice.randrange(len(data))])


def _remove(file: Path, _: random.Random) -> None:
    file.unlink()


def _lead_elsewhere(link: Path, choice: random.Random) -> None:
    link.unlink()
    link.symlink_to(choice.choice(["nowhere", "versions", "../raw", "current/site"]))


def _remove_folder(file: Path, _: random.Random) -> None:
    shutil.rmtree(file.parent)


def _in_place_of(file: Path, content: bytes) -> None:
    """The copy's own file: the others share theirs."""
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
HOW: dict[str, Callable[[Path, random.Random], None]] = {
    "a flipped bit": _flip,
    "cut off": _cut,
    "gone": _remove,
    "its folder gone": _remove_folder,
    "leads elsewhere": _lead_elsewhere,
}
OF_FILES = ("a flipped bit", "cut off", "gone")
PLAN = (
    *(("harmonised", how, 25) for how in OF_FILES),
    ("current version", "a flipped bit", 180),
    ("current version", "cut off", 25),
    ("current version", "gone", 25),
    ("current version", "its folder gone", 10),
    *(("older version", how, 75) for how in (*OF_FILES, "its folder gone")),
    ("current manifest", "a flipped bit", 30),
    ("current manifest", "cut off", 10),
    ("current manifest", "gone", 10),
    *(("older manifest", how, 60) for how in OF_FILES),
    ("link", "gone", 25),
    ("link", "leads elsewhere", 25),
)
"""How often each comes, and to what."""
MENDED = 10
"""Of how many flipped bits in the current version one is mended too: all are told."""


def planned(share: int = 1) -> list[Damage]:
    """All damages, or one in so many of each kind, at least one."""
    return [
        Damage(what, how, seed)
        for what, how, times in PLAN
        for seed in range(0, times, min(share, times))
    ]


def suffered(home: Path, damages: Sequence[Damage], unfailed: Digest) -> list[tuple[str, ...]]:
    """What does not hold after each damage, and a run that follows it; of this process."""
    return [tuple(_suffer(home, damage, unfailed)) for damage in damages]


def _suffer(home: Path, damage: Damage, unfailed: Digest) -> Iterator[str]:
    with linked(home) as copy:
        project.enter(copy)
        try:
            yield from _told(damage, damage.come(copy))
            if not damage.is_seen_by_verify_alone or damage.seed % MENDED == MENDED - 1:
                yield from _healed(damage, unfailed)
        except Exception as error:
            yield f"cannot be examined: {error!r}"


def _told(damage: Damage, file: Path) -> Iterator[str]:
    """`tipstat verify` names the damage, unless it is a bit of a manifest that says no less."""
    is_a_note = damage.what.endswith("manifest") and damage.how == "a flipped bit"
    if damage.what != "harmonised" and not is_a_note and not faults():
        yield f"2: nobody says what became of {file}"


def faults() -> list[str]:
    """What `tipstat verify` says of versions and links."""
    found = [*links.astray(), *version.unreadable()]
    return found + [line for each in version.versions() for line in checksum.faults(each)]


def _healed(damage: Damage, unfailed: Digest) -> Iterator[str]:
    """A run, and for a flipped bit what `verify` advises, leaves readers one whole version."""
    if failed := project.run_if_needed():
        yield f"4: the next run fails: {failed}"
        return
    now = version.current()
    if now and checksum.faults(now) and damage.how == "a flipped bit":
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
