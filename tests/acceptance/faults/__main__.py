"""All faults, one after the other: `make faults`. Prints what was injected, survived and lost.

    python -m faults [--share N]

With `--share 10` only every tenth.
"""

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from misbehaving_server import BODIES, serving

from faults import readers, sequences, surroundings
from faults.damages import planned
from faults.injuries import FULL, KILL, KILL_IN_WRITE, MOMENT, QUOTA, READ_ONLY, Injury
from faults.laboratory import copy, small_disk
from faults.saboteurs import OF_INVARIANTS
from faults.trials import FIRST, STAGES, Patients, Trial, patients

SERVERS = (
    "404", "403", "500", "429", "wait-far", "silent", "hang-up", "not-http", "drip", "drip-header",
    "endless", "announces-much", "cut-off", "chunks-cut-off", "gzip-cut-off", "gzip-bomb", "circle",
    "to-file", "to-ftp", "empty.csv", "page.csv", "utf16.csv", "pdf.csv", "good.csv",
)  # fmt: skip
OPERATIONS = {KILL: 16, FULL: 6, READ_ONLY: 4}
"""At how many of a stage's operations each comes: at all of them, if there are no more."""
SIZES = {
    "harmonised": (0, 1_000, 4_096),
    "warehouse": (0, 1_000, 4_096, 20_000, 100_000, 400_000, 1_000_000, 3_000_000),
    "extracts": (0, 1_000, 4_096, 20_000),
}
"""Up to what size a stage writes files of its own."""
MOMENTS = range(100, 3_000, 200)
SPARE = (0, 4_096, 65_536, 2**18, 2**20, 2**21, 2**22, 2**23)
READERS, VERSIONS = 100, 200
SEQUENCES = 40
BATCHES = 20
"""Of damages: each has a process."""

Try = Callable[[], Trial]
Lines = dict[str, tuple[int, list[str]]]
"""By fault, how often it came, and what was lost."""


def main() -> None:
    """Injects, examines, prints; exit code 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--share", type=int, default=1, metavar="N")
    share = parser.parse_args().share
    with (
        tempfile.TemporaryDirectory() as folder,
        small_disk(Path(folder) / "disk") as disk,
        patients() as sick,
        serving() as server,
        ThreadPoolExecutor(os.cpu_count()) as workers,
    ):
        disks = [*_disks(sick, disk)][::share]
        starved = workers.submit(lambda: [attempt() for attempt in disks])  # there is one disk
        tries = [*_injuries(sick), *_servers(sick, server.at), *_elsewhere(sick), sick.twins]
        tries += _sequences(sick, server.at("shipped.csv"))
        done = [*workers.map(lambda attempt: attempt(), tries[::share]), *starved.result()]
        damages = planned(share)
        batches = [damages[start::BATCHES] for start in range(BATCHES)]
        done += [trial for each in workers.map(sick.damaged, batches) for trial in each]
        found = workers.map(lambda each: each.is_noticed(sick.sabotaged(each.act)), OF_INVARIANTS)
        unseen = [each for each, is_seen in zip(OF_INVARIANTS, found, strict=True) if not is_seen]
        lines = _counted(done) | _read(sick, READERS // share, VERSIONS // share)
    if disk is None:
        _say("No real disk was filled: that needs to be root.")
    _say(
        f"Broken on purpose: {len(OF_INVARIANTS)}, not noticed: {', '.join(map(str, unseen)) or 0}"
    )
    _print(lines)
    sys.exit(bool(unseen) or any(lost for _, lost in lines.values()))


def _injuries(sick: Patients) -> Iterator[Try]:
    for stage in (*STAGES, FIRST):
        for kind, most in OPERATIONS.items():
            for at in _spread(sick.operations[stage], most):
                yield _trial(sick, stage, Injury(kind, at))
    for stage, sizes in SIZES.items():
        for kind in (KILL_IN_WRITE, QUOTA):
            for size in sizes:
                yield _trial(sick, stage, Injury(kind, size))
    for moment in MOMENTS:
        yield _trial(sick, "", Injury(MOMENT, moment))


def _trial(sick: Patients, stage: str, injury: Injury) -> Try:
    return lambda: sick.trial(stage, injury)


def _spread(count: int, most: int) -> Sequence[int]:
    """Numbers from 1 to `count`, at most so many, the first and the last among them."""
    if count <= most:
        return range(1, count + 1)
    return sorted({1 + round(step * (count - 1) / (most - 1)) for step in range(most)})


def _servers(sick: Patients, at: Callable[[str], str]) -> Iterator[Try]:
    """A server that misbehaves, and is itself again: it has what is here already."""
    raw = sick.at["end"] / "data" / "raw" / "usa_sdg"
    [shipped] = [file for file in raw.glob("*.csv") if ".findings" not in file.suffixes]
    BODIES["shipped.csv"] = (shipped.read_bytes(),)
    for name in SERVERS:
        yield lambda name=name: sick.fetched(at(name), at("shipped.csv"))


def _disks(sick: Patients, disk: Path | None) -> Iterator[Try]:
    for stage in STAGES[:-1] if disk else ():  # the last makes room before it writes
        for spare in SPARE:
            yield lambda stage=stage, spare=spare: sick.starved(stage, spare, disk)


def _elsewhere(sick: Patients) -> Iterator[Try]:
    for name in surroundings.SURROUNDINGS:
        yield lambda name=name: sick.elsewhere(name)


def _sequences(sick: Patients, address: str) -> Iterator[Try]:
    for seed in range(SEQUENCES):
        yield lambda seed=seed: sick.gone_through(seed, sequences.ALL, address)


def _counted(done: Sequence[Trial]) -> Lines:
    lines: Lines = defaultdict(lambda: (0, []))
    for trial in done:
        name = f"{trial.injury.kind} ({trial.stage or 'run'})"
        came, lost = lines[name]
        said = "; ".join(trial.broken)
        lines[name] = came + trial.came, lost + ([f"n = {trial.injury.at}: {said}"] if said else [])
    return dict(lines)


def _read(sick: Patients, count: int, versions: int) -> Lines:
    """Reads while versions are published."""
    with copy(sick.at["end"]) as home:
        read = readers.read_while_publishing(home, count, versions)
    seen = f"{count} readers read {read.times:,} times and saw {len(read.versions)} versions"
    _say(f"While {versions} versions were published, {seen}.")
    lost = [*read.lost, *([seen] if len(read.versions) < versions / 2 else [])]
    return {f"{count} readers, {versions} versions": (1, ["; ".join(lost[:5])] if lost else [])}


def _print(lines: Lines) -> None:
    """What was lost, at most three cases of a fault; then the table."""
    for name, (_, lost) in sorted(lines.items()):
        for said in lost[:3]:
            _say(f"lost: {name}: {said}")
    width = max(map(len, lines))
    _say(f"{'fault':<{width}}  injected  survived  lost")
    for name, (came, lost) in sorted(lines.items()):
        _say(f"{name:<{width}}  {came:>8}  {came - len(lost):>8}  {len(lost):>4}")
    came = sum(came for came, _ in lines.values())
    gone = sum(len(lost) for _, lost in lines.values())
    _say(f"faults injected: {came}, survived: {came - gone}, lost: {gone}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
