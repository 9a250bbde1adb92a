"""Each kind of fault once, where it tells most, and that nothing broken goes unseen.

`make faults` does it hundreds of times over; what is `exhaustive` here is left to it too.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults import readers, runs, sequences, surroundings
from faults.damages import planned
from faults.injuries import FULL, KILL, KILL_IN_WRITE, MOMENT, QUOTA, READ_ONLY, Injury
from faults.laboratory import copy, in_child, small_disk
from faults.saboteurs import OF_INVARIANTS, OF_READERS, Saboteur
from faults.trials import FIRST, STAGES, Patients, patients

LEFT_OUT = [
    ("current version", "cut off"), ("current version", "its folder gone"),
    ("current manifest", "a flipped bit"), ("current manifest", "cut off"),
    ("current manifest", "gone"),
]  # fmt: skip
"""Damage that takes a run to mend, where another like it is done here; `make faults` does all."""
exhaustive = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def sick() -> Iterator[Patients]:
    with patients() as made:
        yield made


@pytest.mark.parametrize(
    ("stage", "kind", "at"),
    [
        ("", MOMENT, 900),
        ("warehouse", KILL_IN_WRITE, 300_000),
        ("version", KILL, 12),
        ("version", FULL, 9),
        ("site", READ_ONLY, 9),
        ("extracts", QUOTA, 10_000),
        pytest.param("harmonised", KILL, 4, marks=exhaustive),
    ],
)
def test_nothing_is_lost(sick: Patients, stage: str, kind: str, at: int) -> None:
    trial = sick.trial(stage, Injury(kind, at))
    assert trial.came
    assert trial.broken == ()


@exhaustive
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
    assert len(read.versions) > 1  # how many of them depends on the processors


def test_what_is_damaged_is_told_or_made_again(sick: Patients) -> None:
    """One of each kind, but for those that are left to `make faults`."""
    come = [each for each in planned(10_000) if (each.what, each.how) not in LEFT_OUT]
    assert {trial: trial.broken for trial in sick.damaged(come) if trial.broken} == {}


@pytest.mark.parametrize("seed", [0, 2])
def test_verbs_one_after_the_other_some_killed(sick: Patients, seed: int) -> None:
    assert sick.gone_through(seed, sequences.QUICK).broken == ()


def _leave_a_lock(home: Path) -> None:
    (home / "data/published/current/.extracts.lock").touch()


@pytest.mark.parametrize("act", [_leave_a_lock, OF_INVARIANTS[0].act, OF_INVARIANTS[1].act])
def test_what_a_verb_would_leave_behind_is_found(sick: Patients, act) -> None:
    with copy(sick.at["end"]) as home:
        assert in_child(sequences.sound, home).gave == []
        act(home)
        assert in_child(sequences.sound, home).gave != []


@exhaustive
def test_two_runs_at_once(sick: Patients) -> None:
    assert sick.twins().broken == ()


@exhaustive
def test_the_same_bytes_in_other_surroundings(sick: Patients) -> None:
    with copy(sick.at[STAGES[0]]) as home:
        assert surroundings.made_in(home, surroundings.TOGETHER) == sick.unfailed


@pytest.mark.parametrize("saboteur", OF_INVARIANTS, ids=str)
def test_what_is_broken_is_found(sick: Patients, saboteur: Saboteur) -> None:
    assert saboteur.is_noticed(sick.sabotaged(saboteur.act))


def test_each_invariant_has_a_saboteur() -> None:
    """But for the words of a failure, which have the next test."""
    assert {saboteur.invariant for saboteur in OF_INVARIANTS} == {1, 2, 4, 5, 6}


@pytest.mark.parametrize("said", ["", "warehouse: it failed", "No space left on device"])
def test_words_that_do_not_help_are_found(sick: Patients, said: str) -> None:
    with copy(sick.at["end"]) as home:
        found = in_child(runs.examined, home, sick.before, said, sick.unfailed).gave
    assert found == ([f"3: no place, cause and remedy: {said}"] if said else [])


@pytest.mark.parametrize("saboteur", OF_READERS, ids=str)
def test_readers_notice_what_is_not_one_whole_version(sick: Patients, saboteur: Saboteur) -> None:
    with copy(sick.at["end"]) as home:
        sound = in_child(readers.look, home).gave
        saboteur.act(home)
        found = in_child(readers.look, home).gave
    assert sound.lost == ()
    assert saboteur.said in found.lost[0]
