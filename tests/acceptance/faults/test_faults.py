"""A sample of the faults of `make faults`, and a proof that each check can fail.

Of each kind that needs another cure one: a kill, a full disk, readers, damage, verbs, surroundings.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_disks import small_disk

from faults import invariants, readers, runs, sequences, surroundings
from faults.damages import Damage
from faults.injuries import KILL, Injury
from faults.laboratory import copy, in_child, linked
from faults.saboteurs import OF_INVARIANTS, OF_READERS, Saboteur
from faults.trials import STAGES, Projects, projects


@pytest.fixture(scope="module")
def made() -> Iterator[Projects]:
    with projects() as each_stage:
        yield each_stage


def test_nothing_is_lost_in_a_run_that_is_killed(made: Projects) -> None:
    trial = made.trial("version", Injury(KILL, 12))
    assert (trial.came, trial.broken) == (True, ())


def test_a_full_disk(made: Projects, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1g") as disk:
        if disk is None:
            pytest.skip("needs to be root, to mount a small file system")
        trial = made.starved("warehouse", 2**20, disk)
    assert (trial.came, trial.broken) == (True, ())


def test_readers_while_versions_are_published(made: Projects) -> None:
    with linked(made.at["end"]) as home:
        read = readers.read_while_publishing(home, readers=2, versions=3)
    assert read.lost == ()
    assert read.times >= 2
    assert len(read.versions) > 1  # how many of them depends on the processors


DAMAGES = (
    ("current version", "a flipped bit"), ("older version", "its folder gone"),
    ("older manifest", "cut off"), ("link", "leads elsewhere"),
)  # fmt: skip
"""Those that no run has to mend; tests of versions and of harmonised files have the like."""


def test_damage_is_named_or_mended(made: Projects) -> None:
    damages = [Damage(files, kind, seed=0) for files, kind in DAMAGES]
    assert {trial: trial.broken for trial in made.damaged(damages) if trial.broken} == {}


def test_verbs_one_after_the_other_some_killed(made: Projects) -> None:
    assert made.sequence(1, sequences.QUICK).broken == ()


def _leave_a_lock(home: Path) -> None:
    (home / "data/published/current/.extracts.lock").touch()


def test_leavings_of_a_verb_are_found(made: Projects) -> None:
    assert in_child(sequences.sound, made.at["end"]).returned == []
    for act in (_leave_a_lock, OF_INVARIANTS[0].act, OF_INVARIANTS[1].act):
        with copy(made.at["end"]) as home:
            act(home)
            assert in_child(sequences.sound, home).returned != [], act


def test_the_same_bytes_in_other_surroundings(made: Projects) -> None:
    with linked(made.at[STAGES[0]]) as home:
        assert surroundings.made_in(home, surroundings.TOGETHER) == made.unfailed


def test_a_saboteur_of_each_invariant_is_noticed(made: Projects) -> None:
    """`make faults` has them all, each alone, and the run that follows."""
    chosen = {each.invariant: each for each in reversed(OF_INVARIANTS)}
    assert chosen.keys() == {1, 2, 4, 5, 6}  # the words of a failure are broken below
    assert in_child(runs.as_it_is, made.at["end"], made.before, made.unfailed).returned == []
    with copy(made.at["end"]) as home:
        for each in chosen.values():
            each.act(home)
        found = in_child(runs.as_it_is, home, made.before, made.unfailed).returned
    assert [each for each in chosen.values() if not each.is_noticed(found)] == []


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
