"""Functions that trials call in processes of their own.

Importing this module makes a process ready to run at once.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from faults import injuries, invariants, project
from pipelines.intake import acquire
from pipelines.raw.download import Limits
from pipelines.raw.transport import NetworkEnvironment
from pipelines.sources import discover

_LIMITS = Limits(
    connect_seconds=2, read_seconds=2, total_seconds=4, attempts=2, largest_bytes=1_000_000
)


def prepare(home: Path, before: Sequence[str], after: Sequence[str], stages: Sequence[str]) -> str:
    """Publish the figures of some sources, enter more, and run the first stages for them."""
    project.enter(home)
    if before:
        project.lay(home, tuple(before))
        project.run()
        project.age()
    project.lay(home, tuple(after))
    if stages:
        project.run(*stages)
    return project.published()


def operations(home: Path, stage: str) -> int:
    """Run a stage, and count how often it changes something on the disk."""
    project.enter(home)
    counted = injuries.count(home)
    project.run(stage)
    return counted()


def made(home: Path) -> invariants.Digest:
    """Return the checksums of what a run left."""
    project.enter(home)
    return invariants.digest()


def injured(home: Path, injury: injuries.Injury, stages: Sequence[str]) -> str:
    """Run stages under a fault; return the messages if they fail, "" if they do not."""
    project.enter(home)
    injury.arm(home)
    return project.run(*stages)


def examined(
    home: Path, before: str, message: str | None, unfailed: invariants.Digest
) -> list[str]:
    """Return the invariants that do not hold."""
    project.enter(home)
    return invariants.invariants(before, message, unfailed)


def as_it_is(home: Path, before: str, unfailed: invariants.Digest) -> list[str]:
    """Return the invariants that do not hold now; no run is made."""
    project.enter(home)
    return [*invariants.standing(before), *invariants.settled(unfailed)]


def fetched(home: Path, address: str) -> str:
    """Fetch a source from an address; return why it was refused, "" if it was not."""
    project.enter(home)
    known = discover()["usa_sdg"]
    publication = replace(known, source=replace(known.source, address=address, by_hand=""))
    network = NetworkEnvironment(public=lambda _: True, wait=lambda _: None)
    outcome = acquire.fetch(publication, network=network, limits=_LIMITS)
    return outcome.message if outcome.refused else ""
