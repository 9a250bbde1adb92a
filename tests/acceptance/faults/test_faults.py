"""A sample of the faults of `make faults`, and a proof that each check can fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_disks import small_disk

from faults import invariants, readers, runs, sequences, surroundings
from faults.damages import planned
from faults.injuries import KILL, READ_ONLY, Injury
from faults.laboratory import copy, in_child, linked
from faults.saboteurs import OF_INVARIANTS, OF_READERS, Saboteur
from faults.trials import STAGES, Projects, projects

LEFT_OUT = [
    ("current version", "cut off"), ("current version", "gone"),
    ("current version", "its folder gone"),
    ("current manifest", "a flipped bit"), ("current manifest", "cut off"),
    ("current manifest", "gone"), ("harmonised", "cut off"), ("harmonised", "gone"),
]  # fmt: skip
"""Damage that takes a run to mend, where a similar one is tested here or of versions alone."""


@pytest.fixture(scope="module")
def made() -> Iterator[Projects]:
    with projects() as each_stage:
        yield each_stage


@pytest.mark.parametrize(("stage", "kind", "at"), [("version", KILL, 12), ("site", READ_ONLY, 9)])
def test_nothing_is_lost(made: Projects, stage: str, kind: str, at: int) -> None:
    trial = made.trial(stage, Injury(kind, at))
    assert trial.came
    assert trial.broken == ()


def test_a_full_disk(made: Projects, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1g") as disk:
        if disk is None:
            pytest.skip("needs to be root, to mount a small file system")
        trial = made.starved("warehouse", 2**20, disk)
    assert trial.came
    assert trial.broken == ()


def test_readers_while_versions_are_published(made: Projects) -> None:
    with linked(made.at["end"]) as home:
        read = readers.read_while_publishing(home, readers=3, versions=5)
    assert read.lost == ()
    assert read.times >= 3
    assert len(read.versions) > 1  # how many of them depends on the processors


def test_damage_is_named_or_mended(made: Projects) -> None:
    """One of each kind, but for those that are left to `make faults`."""
    damages = [each for each in planned(10_000) if (each.files, each.kind) not in LEFT_OUT]
    assert {trial: trial.broken for trial in made.damaged(damages) if trial.broken} == {}


def test_verbs_one_after_the_other_some_killed(made: Projects) -> None:
    assert made.sequence(1, sequences.QUICK).broken == ()


def _leave_a_lock(home: Path) -> None:
    (home / "data/published/current/.extracts.lock").touch()


@pytest.mark.parametrize("act", [_leave_a_lock, OF_INVARIANTS[0].act, OF_INVARIANTS[1].act])
def test_leavings_of_a_verb_are_found(made: Projects, act) -> None:
    with copy(made.at["end"]) as home:
        assert in_child(sequences.sound, home).returned == []
        act(home)
        assert in_child(sequences.sound, home).returned != []


def test_the_same_bytes_in_other_surroundings(made: Projects) -> None:
    with linked(made.at[STAGES[0]]) as home:
        assert surroundings.made_in(home, surroundings.TOGETHER) == made.unfailed


FIRST_OF_EACH = {each.invariant: each for each in reversed(OF_INVARIANTS)}
TOGETHER = ({1, 2, 4}, {5})
"""Invariants. Where rows were lost no run succeeds: it does not show whether another one holds."""


@pytest.mark.parametrize("invariants", TOGETHER, ids=str)
def test_a_saboteur_of_each_invariant_is_noticed(made: Projects, invariants: set[int]) -> None:
    """`make faults` has them all, each alone."""
    chosen = [FIRST_OF_EACH[each] for each in invariants]
    found = made.sabotaged(lambda home: [each.act(home) for each in chosen])
    assert [each for each in chosen if not each.is_noticed(found)] == []


def test_what_leaves_unseen_is_noticed_before_a_run_replaces_it(made: Projects) -> None:
    assert set().union({6}, *TOGETHER) == FIRST_OF_EACH.keys() == {1, 2, 4, 5, 6}
    with copy(made.at["end"]) as home:
        FIRST_OF_EACH[6].act(home)
        found = in_child(runs.standing, home, made.before).returned
    assert FIRST_OF_EACH[6].is_noticed(found)


@pytest.mark.parametrize("message", ["warehouse: it failed", "No space left on device"])
def test_a_message_that_does_not_help_is_found(message: str) -> None:
    assert [*invariants.named(message)] == [f"3: no place, cause and remedy: {message}"]


@pytest.mark.parametrize("saboteur", OF_READERS, ids=str)
def test_readers_notice_what_is_not_one_whole_version(made: Projects, saboteur: Saboteur) -> None:
    with copy(made.at["end"]) as home:
        sound = in_child(readers.look, home).returned
        saboteur.act(home)
        found = in_child(readers.look, home).returned
    assert sound.lost == ()
    assert saboteur.message in found.lost[0]
