"""Inject all faults: `make faults`. Prints how far it is, then what was lost.

    python -m faults [--share N]

With `--share 10` only every tenth. The exit code is 1 if anything was lost.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from misbehaving_server import serving
from small_disks import small_disk

from faults import readers
from faults.laboratory import linked
from faults.plan import attempts
from faults.saboteurs import OF_INVARIANTS
from faults.trials import Projects, Trial, projects, with_first

READERS, VERSIONS = 100, 40
WORKERS = (os.cpu_count() or 1) + 1
"""Faults at a time: one more than processors, since some of them wait for a server."""
EVERY = 25
"""Faults between two lines that say how far it is."""


@dataclass
class Progress:
    """The trials that have ended, each of which is printed if something was lost."""

    trials: list[Trial] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def add(self, trials: Sequence[Trial]) -> None:
        """Add trials, and print a line if there are so many more."""
        for trial in trials:
            if trial.broken:
                self.say(f"lost: {_name(trial)}: n = {trial.injury.at}: {'; '.join(trial.broken)}")
        lines = len(self.trials) // EVERY
        self.trials += trials
        if len(self.trials) // EVERY > lines:
            lost = sum(bool(trial.broken) for trial in self.trials)
            self.say(f"{sum(trial.came for trial in self.trials)} faults injected, {lost} lost")

    def say(self, line: str) -> None:
        """Print a line at once, after the minutes and seconds since the beginning."""
        minutes, seconds = divmod(int(time.monotonic() - self.begun), 60)
        sys.stdout.write(f"{minutes:>2}:{seconds:02} {line}\n")
        sys.stdout.flush()


def main() -> None:
    """Inject, examine, print; exit code 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--share", type=int, default=1, metavar="N")
    share = parser.parse_args().share
    progress = Progress()
    with projects() as prepared:
        made = with_first(prepared)
        progress.say("The projects are made.")
        _inject(made, share, progress)
        unnoticed = _unnoticed(made)
        progress.say(
            f"Broken on purpose: {len(OF_INVARIANTS)}, not noticed: {', '.join(unnoticed) or 0}"
        )
        lost = _read(made, max(1, READERS // share), max(12, VERSIONS // share), progress)
    lost += _print(progress.trials)
    sys.exit(bool(unnoticed or lost))


def _inject(made: Projects, share: int, progress: Progress) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        small_disk(Path(folder) / "disk", "1g") as disk,
        serving() as server,
        ThreadPoolExecutor(WORKERS) as workers,
    ):
        if disk is None:
            progress.say("No real disk is filled: that needs to be root.")
        planned = attempts(made, server.at, disk, share)
        for ended in as_completed([workers.submit(attempt) for attempt in planned]):
            progress.add(ended.result())


def _unnoticed(made: Projects) -> list[str]:
    """Name the saboteurs whose damage no invariant notices."""
    with ThreadPoolExecutor(WORKERS) as workers:
        found = workers.map(lambda each: each.is_noticed(made.sabotaged(each.act)), OF_INVARIANTS)
        return [
            str(each) for each, noticed in zip(OF_INVARIANTS, found, strict=True) if not noticed
        ]


def _read(made: Projects, count: int, versions: int, progress: Progress) -> int:
    """Read while versions are published; return 1 if a reader found something wrong."""
    with linked(made.at["end"]) as home:
        read = readers.read_while_publishing(home, count, versions)
    seen = f"{count} readers read {read.times:,} times and saw {len(read.versions)} versions"
    progress.say(f"While {versions} versions were published, {seen}.")
    lost = [*read.lost, *([seen] if len(read.versions) < versions / 2 else [])]
    for line in lost[:5]:
        progress.say(f"lost: readers: {line}")
    return bool(lost)


def _name(trial: Trial) -> str:
    return f"{trial.injury.kind} ({trial.stage or 'run'})"


def _print(trials: Sequence[Trial]) -> int:
    """Print a line for each fault, and their sum; return how many were lost."""
    by_name: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_name[_name(trial)].append(trial)
    width = max(map(len, by_name))
    _write(f"{'fault':<{width}}  injected  survived  lost")
    for name, those in sorted(by_name.items()):
        came, lost = _count(those)
        _write(f"{name:<{width}}  {came:>8}  {came - lost:>8}  {lost:>4}")
    came, lost = _count(trials)
    _write(f"faults injected: {came}, survived: {came - lost}, lost: {lost}")
    return lost


def _count(trials: Sequence[Trial]) -> tuple[int, int]:
    """Count the faults that came, and those after which something was lost."""
    return sum(trial.came for trial in trials), sum(bool(trial.broken) for trial in trials)


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
