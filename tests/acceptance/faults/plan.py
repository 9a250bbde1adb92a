"""The faults that `make faults` injects: a thousand and more."""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from misbehaving_server import BODIES

from faults import sequences, surroundings
from faults.damages import planned
from faults.injuries import FULL, KILL, KILL_IN_WRITE, MOMENT, QUOTA, READ_ONLY, Injury
from faults.trials import FIRST, STAGES, Projects, Trial

SERVERS = (
    "404", "403", "500", "429", "wait-far", "silent", "hang-up", "not-http", "drip", "drip-header",
    "endless", "announces-much", "cut-off", "chunks-cut-off", "gzip-cut-off", "gzip-bomb", "circle",
    "to-file", "to-ftp", "empty.csv", "page.csv", "utf16.csv", "pdf.csv", "good.csv",
)  # fmt: skip
OPERATIONS = {KILL: 10, FULL: 3, READ_ONLY: 3}
"""The number of a stage's operations at which each comes: at all of them, if there are no more."""
SIZES = {
    "harmonised": (0, 1_000, 4_096),
    "warehouse": (0, 20_000, 400_000, 3_000_000),
    "extracts": (0, 1_000, 4_096, 20_000),
}
"""Sizes up to which a stage writes files of its own."""
MOMENTS = range(100, 3_000, 300)
SPARE = (0, 4_096, 2**18, 2**21)
SEQUENCES = 16
BATCH = 12
"""Damages in a row in one process."""

Attempt = Callable[[], Sequence[Trial]]


def attempts(
    made: Projects, address: Callable[[str], str], disk: Path | None, share: int = 1
) -> list[Attempt]:
    """List all faults in an order of chance, so that each minute has its share of slow ones.

    Args:
        made: the projects.
        address: gives the address of a page of the misbehaving server.
        disk: a small disk; None if there is none.
        share: with 10 only every tenth fault.
    """
    single = [*_injuries(made), *_servers(made, address), *_surroundings(made), made.twins]
    single += [*_sequences(made, address("shipped.csv")), *_disks(made, disk)]
    damages = planned(share)
    batches = -(-len(damages) // BATCH)
    found: list[Attempt] = [partial(made.damaged, damages[at::batches]) for at in range(batches)]
    found += [partial(_alone, each) for each in single[::share]]
    random.Random(0).shuffle(found)
    return found


def _alone(trial: Callable[[], Trial]) -> list[Trial]:
    return [trial()]


def _injuries(made: Projects) -> Iterator[Callable[[], Trial]]:
    for stage in (*STAGES, FIRST):
        for kind, most in OPERATIONS.items():
            for at in _spread(made.operations[stage], most):
                yield partial(made.trial, stage, Injury(kind, at))
    for stage, sizes in SIZES.items():
        for kind in (KILL_IN_WRITE, QUOTA):
            for size in sizes:
                yield partial(made.trial, stage, Injury(kind, size))
    for moment in MOMENTS:
        yield partial(made.trial, "", Injury(MOMENT, moment))


def _spread(count: int, most: int) -> Sequence[int]:
    """Numbers from 1 to `count`, at most so many, the first and the last among them."""
    if count <= most:
        return range(1, count + 1)
    return sorted({1 + round(step * (count - 1) / (most - 1)) for step in range(most)})


def _servers(made: Projects, address: Callable[[str], str]) -> Iterator[Callable[[], Trial]]:
    """A server that misbehaves, and then offers the file that is here already."""
    raw = made.at["end"] / "data" / "raw" / "usa_sdg"
    [shipped] = [file for file in raw.glob("*.csv") if ".findings" not in file.suffixes]
    BODIES["shipped.csv"] = (shipped.read_bytes(),)
    for name in SERVERS:
        yield partial(made.fetched, address(name), address("shipped.csv"))


def _surroundings(made: Projects) -> Iterator[Callable[[], Trial]]:
    for name in surroundings.SURROUNDINGS:
        yield partial(made.elsewhere, name)


def _sequences(made: Projects, address: str) -> Iterator[Callable[[], Trial]]:
    for seed in range(SEQUENCES):
        yield partial(made.sequence, seed, sequences.ALL, address)


def _disks(made: Projects, disk: Path | None) -> Iterator[Callable[[], Trial]]:
    for stage in STAGES[:-1] if disk else ():  # the last makes room before it writes
        for spare in SPARE:
            yield partial(made.starved, stage, spare, disk)
