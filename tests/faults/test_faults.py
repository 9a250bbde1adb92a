"""A fast part of `make faults`: every kind of fault at every stage, and that none goes unseen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults import readers, runs, surroundings
from faults.injuries import FULL, KILL, KILL_IN_WRITE, MOMENT, QUOTA, READ_ONLY, Injury
from faults.laboratory import copy, in_child, small_disk
from faults.trials import FIRST, STAGES, Patients, patients

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="session")
def sick() -> Iterator[Patients]:
    with patients() as made:
        yield made


@pytest.mark.parametrize(
    ("stage", "kind", "at"),
    [
        ("harmonised", KILL, 4), ("warehouse", KILL_IN_WRITE, 300_000), ("site", READ_ONLY, 9),
        ("extracts", QUOTA, 10_000), ("version", KILL, 12), ("version", FULL, 9), ("", MOMENT, 900),
    ],
)  # fmt: skip
def test_nothing_is_lost(sick: Patients, stage: str, kind: str, at: int) -> None:
    trial = sick.trial(stage, Injury(kind, at))
    assert trial.came
    assert trial.broken == ()


@pytest.mark.parametrize("from_the_end", [0, 6])
def test_the_last_steps_of_the_switch(sick: Patients, from_the_end: int) -> None:
    """Between the links, with nothing published before."""
    trial = sick.trial(FIRST, Injury(KILL, sick.operations[FIRST] - from_the_end))
    assert trial.came
    assert trial.broken == ()


def test_a_full_disk(sick: Patients, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        if disk is None:
            pytest.skip("needs to be root, to mount a small file system")
        trial = sick.starved("warehouse", 2**20, disk)
    assert trial.came
    assert trial.broken == ()


def test_readers_while_versions_are_published(sick: Patients) -> None:
    with copy(sick.at["end"]) as home:
        read = readers.read_while_publishing(home, readers=8, versions=12)
    assert read.lost == ()
    assert read.times >= 8


def test_two_runs_at_once(sick: Patients) -> None:
    assert sick.twins().broken == ()


def test_the_same_bytes_in_other_surroundings(sick: Patients) -> None:
    with copy(sick.at[STAGES[0]]) as home:
        assert surroundings.made_in(home, surroundings.TOGETHER) == sick.unfailed


def _flip(file: Path) -> None:
    file.chmod(0o644)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _site_elsewhere(home: Path) -> None:
    link = home / "data/published/site"
    link.unlink()
    link.symlink_to(Path("versions") / "2000-01-01T000000.000Z" / "site")


SABOTEURS = {
    "1: ": _site_elsewhere,
    "2: ": lambda home: _flip(home / "data/published/current/site/index.html"),
    "4: ": lambda home: (home / "data/raw/manifest.csv").write_text("nothing", encoding="utf-8"),
}


@pytest.mark.parametrize("invariant", SABOTEURS)
def test_what_is_broken_is_found(sick: Patients, invariant: str) -> None:
    with copy(sick.at["end"]) as home:
        SABOTEURS[invariant](home)
        found = in_child(runs.examined, home, sick.before, "", sick.unfailed).gave
    assert [line for line in found if line.startswith(invariant)]


@pytest.mark.parametrize("said", ["", "warehouse: it failed", "No space left on device"])
def test_words_that_do_not_help_are_found(sick: Patients, said: str) -> None:
    with copy(sick.at["end"]) as home:
        found = in_child(runs.examined, home, sick.before, said, sick.unfailed).gave
    assert [line for line in found if line.startswith("3: ")] == (
        [f"3: no place, cause and remedy: {said}"] if said else []
    )
