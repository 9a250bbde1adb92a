"""Trials: a fault is injected into a run, and an examination of what is left follows."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from faults import runs, sequences, surroundings
from faults.damages import Damage, outcomes
from faults.injuries import DISK, SEQUENCE, TWINS, Injury
from faults.invariants import Digest
from faults.laboratory import Ended, copy, in_child, linked, no_space_but

BEFORE = ("can_sdg", "pry_ine")
"""The sources whose figures are published already when a fault comes."""
AFTER = (*BEFORE, "usa_sdg")
"""The sources of the run that the fault comes to."""
STAGES = ("harmonised", "warehouse", "site", "extracts", "version")
FIRST = "first"
"""The last stage of a project in which nothing was ever published."""


@dataclass(frozen=True)
class Trial:
    """The outcome of one fault.

    Attributes:
        stage: the stage it was meant for; "" for a whole run.
        injury: the fault.
        came: False if the stage ended before the fault.
        broken: the invariants that do not hold after it.
    """

    stage: str
    injury: Injury
    came: bool
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Projects:
    """Projects at the beginning of each stage of a run that has everything to do.

    Attributes:
        at: the project, by stage; `first` only if it was made.
        before: the version that readers see in them, but for `first`.
        unfailed: what the run makes if no fault comes.
        operations: how often each stage changes something on the disk.
    """

    at: dict[str, Path]
    before: str
    unfailed: Digest
    operations: dict[str, int]

    def trial(self, stage: str, injury: Injury) -> Trial:
        """Inject a fault into a stage, or into the whole run if it is ""."""
        with linked(self.at[stage or STAGES[0]]) as home:
            stages = ("version",) if stage == FIRST else (stage,) if stage else ()
            ended = in_child(runs.injured, home, injury, stages)
            return self.examine(home, stage, injury, ended)

    def damaged(self, damages: Sequence[Damage]) -> list[Trial]:
        """Damage copies of the finished project, or of one that has only harmonised files."""
        trials = []
        for stage, is_harmonised in ((STAGES[1], True), ("end", False)):
            chosen = [each for each in damages if (each.files == STAGES[0]) == is_harmonised]
            found = in_child(outcomes, self.at[stage], chosen, self.unfailed).returned
            broken = found or [("the examination itself failed",)] * len(chosen)
            trials += [
                Trial(each.files, Injury(each.kind, each.seed), came=True, broken=faults)
                for each, faults in zip(chosen, broken, strict=True)
            ]
        return trials

    def sequence(self, seed: int, verbs: Sequence[str], address: str = "") -> Trial:
        """Give verbs in an order of chance, and kill some of them."""
        steps = sequences.steps(seed, verbs)
        broken = sequences.broken_after(self.at["end"], steps, address)
        return Trial("verbs", Injury(SEQUENCE, seed), came=True, broken=tuple(broken))

    def starved(self, stage: str, spare: int, disk: Path) -> Trial:
        """Run a stage on a disk that has only so many bytes left; examine with more."""
        injury = Injury(DISK, spare)
        with _ONE_DISK, copy(self.at[stage], disk) as home:
            with no_space_but(spare, disk):
                ended = in_child(runs.injured, home, injury, (stage,))
            return self.examine(home, stage, injury, ended)

    def twins(self) -> Trial:
        """Begin two runs of the same project at the same time."""
        injury = Injury(TWINS, 0)
        with linked(self.at[STAGES[0]]) as home, ThreadPoolExecutor(2) as both:
            started = [both.submit(in_child, runs.injured, home, injury, ()) for _ in range(2)]
            ended = [each.result() for each in started]
            broken = [
                f"1: a run failed beside another: {each}" for each in ended if each.returned != ""
            ]
            found = self.examine(home, "", injury, ended[0])
        return replace(found, came=True, broken=(*broken, *found.broken))

    def fetched(self, address: str, good: str) -> Trial:
        """Fetch from a server that misbehaves; examine when the server is itself again."""
        injury = Injury(f"server: {address.rsplit('/', 1)[-1]}", 0)
        with linked(self.at["end"]) as home:
            ended = in_child(runs.fetched, home, address)
            back = in_child(runs.fetched, home, good)
            found = self.examine(home, "", injury, ended)
        broken = [f"4: still refused: {back}"] if back.returned != "" else []
        return replace(found, broken=(*broken, *found.broken))

    def elsewhere(self, name: str) -> Trial:
        """Run in other surroundings, which must make no difference."""
        with linked(self.at[STAGES[0]]) as home:
            made = surroundings.made_in(home, surroundings.SURROUNDINGS[name])
        broken = () if made == self.unfailed else ("4: other bytes than elsewhere",)
        return Trial("", Injury(name, 0), came=True, broken=broken)

    def sabotaged(self, act: Callable[[Path], None]) -> list[str]:
        """Break what a sound run left; return the invariants that do not hold."""
        with copy(self.at["end"]) as home:
            act(home)
            return in_child(runs.examined, home, self.before, "", self.unfailed).returned or []

    def examine(self, home: Path, stage: str, injury: Injury, ended: Ended) -> Trial:
        """Check the invariants of what a run left that ended so."""
        killed = ended.code < 0
        before = "" if stage == FIRST else self.before
        message = None if killed else ended.returned
        found = in_child(runs.examined, home, before, message, self.unfailed).returned
        broken = ["the examination itself failed"] if found is None else found
        if ended.code > 0:
            broken = [*broken, "3: the run ended without a word of its own"]
        return Trial(stage, injury, killed or bool(message), tuple(broken))


_ONE_DISK = Lock()


@contextmanager
def projects() -> Iterator[Projects]:
    """Make the projects, for as long as they are needed."""
    with tempfile.TemporaryDirectory(prefix="tipstat-faults-") as folder:
        at = {stage: Path(folder) / stage for stage in STAGES}
        operations = {}
        before = in_child(runs.prepare, at[STAGES[0]], BEFORE, AFTER, ()).returned
        for stage, later in zip(STAGES, [*STAGES[1:], "end"], strict=True):
            with copy(at[stage]) as home:
                operations[stage] = in_child(runs.operations, home, stage).returned
                home.rename(at.setdefault(later, Path(folder) / later))
        unfailed = in_child(runs.made, at["end"]).returned
        yield Projects(at, before, unfailed, operations)


def with_first(made: Projects) -> Projects:
    """Add the project in which nothing was ever published, before its first publication."""
    home = made.at["end"].with_name(FIRST)
    in_child(runs.prepare, home, (), AFTER, STAGES[:-1])
    with copy(home) as place:
        operations = in_child(runs.operations, place, STAGES[-1]).returned
    return replace(
        made, at=made.at | {FIRST: home}, operations=made.operations | {FIRST: operations}
    )
