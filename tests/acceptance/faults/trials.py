"""Trials: a fault comes to a run, and what is left is examined."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from faults import runs, sequences, surroundings
from faults.damages import Damage, suffered
from faults.injuries import DISK, SEQUENCE, TWINS, Injury
from faults.invariants import Digest
from faults.laboratory import Ended, copy, in_child, no_space_but

BEFORE = ("can_sdg", "pry_ine")
"""The sources whose figures are published already when a fault comes."""
AFTER = (*BEFORE, "usa_sdg")
"""Those of the run that the fault comes to."""
STAGES = ("harmonised", "warehouse", "site", "extracts", "version")
FIRST = "first"
"""The last stage of a project in which nothing was ever published."""


@dataclass(frozen=True)
class Trial:
    """What came of one fault.

    Attributes:
        stage: the stage it was meant for; "" for a whole run.
        injury: the fault.
        came: whether it came at all; the stage may have ended before it.
        broken: the invariants that do not hold after it.
    """

    stage: str
    injury: Injury
    came: bool
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Patients:
    """Projects at the beginning of each stage of a run that has everything to do.

    Attributes:
        at: the project, by stage.
        before: the version that readers see in them, but for `first`.
        unfailed: what the run makes if nothing happens to it.
        operations: how often each stage changes something on the disk.
    """

    at: dict[str, Path]
    before: str
    unfailed: Digest
    operations: dict[str, int]

    def trial(self, stage: str, injury: Injury) -> Trial:
        """Injures a stage (the whole run if it is ""), and examines what is left."""
        with copy(self.at[stage or STAGES[0]]) as home:
            stages = ("version",) if stage == FIRST else (stage,) if stage else ()
            ended = in_child(runs.injured, home, injury, stages)
            return self.examine(home, stage, injury, ended)

    def damaged(self, come: Sequence[Damage]) -> list[Trial]:
        """Damages copies of the finished project, or what is harmonised before the rest is made."""
        trials = []
        for stage, those in ((STAGES[1], True), ("end", False)):
            chosen = [each for each in come if (each.what == STAGES[0]) == those]
            found = in_child(suffered, self.at[stage], chosen, self.unfailed).gave
            broken = found or [("the examination itself failed",)] * len(chosen)
            trials += [
                Trial(each.what, Injury(each.how, each.seed), came=True, broken=what)
                for each, what in zip(chosen, broken, strict=True)
            ]
        return trials

    def gone_through(self, seed: int, verbs: Sequence[str], address: str = "") -> Trial:
        """Verbs one after the other as chance has them, some killed."""
        broken = sequences.gone_through(self.at["end"], sequences.steps(seed, verbs), address)
        return Trial("verbs", Injury(SEQUENCE, seed), came=True, broken=tuple(broken))

    def starved(self, stage: str, spare: int, disk: Path) -> Trial:
        """Runs a stage on a disk that has only so many bytes left; examines with more."""
        injury = Injury(DISK, spare)
        with copy(self.at[stage], disk) as home:
            with no_space_but(spare, disk):
                ended = in_child(runs.injured, home, injury, (stage,))
            return self.examine(home, stage, injury, ended)

    def twins(self) -> Trial:
        """Lets two runs of the same project begin at the same time."""
        injury = Injury(TWINS, 0)
        with copy(self.at[STAGES[0]]) as home, ThreadPoolExecutor(2) as both:
            started = [both.submit(in_child, runs.injured, home, injury, ()) for _ in range(2)]
            ended = [each.result() for each in started]
            broken = [
                f"1: a run failed beside another: {each}" for each in ended if each.gave != ""
            ]
            found = self.examine(home, "", injury, ended[0])
        return replace(found, came=True, broken=(*broken, *found.broken))

    def fetched(self, address: str, good: str) -> Trial:
        """Fetches from a server that misbehaves; examines when the server is itself again."""
        injury = Injury(f"server: {address.rsplit('/', 1)[-1]}", 0)
        with copy(self.at["end"]) as home:
            ended = in_child(runs.fetched, home, address)
            back = in_child(runs.fetched, home, good)
            found = self.examine(home, "", injury, ended)
        broken = [f"4: still refused: {back}"] if back.gave != "" else []
        return replace(found, broken=(*broken, *found.broken))

    def elsewhere(self, name: str) -> Trial:
        """Runs in other surroundings, which must make no difference."""
        with copy(self.at[STAGES[0]]) as home:
            made = surroundings.made_in(home, surroundings.SURROUNDINGS[name])
        broken = () if made == self.unfailed else ("4: other bytes than elsewhere",)
        return Trial("", Injury(name, 0), came=True, broken=broken)

    def sabotaged(self, act: Callable[[Path], None]) -> list[str]:
        """Breaks what a run left that nothing happened to; which invariants do not hold."""
        with copy(self.at["end"]) as home:
            act(home)
            return in_child(runs.examined, home, self.before, "", self.unfailed).gave or []

    def examine(self, home: Path, stage: str, injury: Injury, ended: Ended) -> Trial:
        """Looks at what is left of a run that ended so."""
        killed = ended.code < 0
        before = "" if stage == FIRST else self.before
        said = None if killed else ended.gave
        found = in_child(runs.examined, home, before, said, self.unfailed).gave
        broken = ["the examination itself failed"] if found is None else found
        if ended.code > 0:
            broken = [*broken, "3: the run ended without a word of its own"]
        return Trial(stage, injury, killed or bool(said), tuple(broken))


@contextmanager
def patients() -> Iterator[Patients]:
    """Makes them, for as long as they are needed."""
    with tempfile.TemporaryDirectory(prefix="tipstat-faults-") as folder:
        at = {stage: Path(folder) / stage for stage in (*STAGES, FIRST)}
        in_child(runs.prepare, at[FIRST], (), AFTER, STAGES[:-1])
        with copy(at[FIRST]) as home:
            operations = {FIRST: in_child(runs.operations, home, STAGES[-1]).gave}
        before = in_child(runs.prepare, at[STAGES[0]], BEFORE, AFTER, ()).gave
        for stage, later in zip(STAGES, [*STAGES[1:], "end"], strict=True):
            with copy(at[stage]) as home:
                operations[stage] = in_child(runs.operations, home, stage).gave
                home.rename(at.setdefault(later, Path(folder) / later))
        unfailed = in_child(runs.made, at["end"]).gave
        yield Patients(at, before, unfailed, operations)
