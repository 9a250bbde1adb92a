"""Verbs in an order of chance, some killed, and what must hold after each."""

import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import typer.testing

from faults import damages, invariants, project, runs
from faults.injuries import KILL, Injury
from faults.laboratory import in_child, linked
from pipelines.cli import app
from pipelines.lib import paths
from pipelines.lib.errors import TipstatError
from pipelines.published.versions import version
from pipelines.raw import manifest

_KILLED = 3
"""One verb in so many is killed."""
_OPERATIONS = 40
"""Before which operation on the disk, at most; most verbs have fewer, and then live."""

Arguments = Callable[[random.Random], list[str]]


def _source(choice: random.Random) -> manifest.RawFile:
    return choice.choice(manifest.entries())


def _review(choice: random.Random) -> list[str]:
    entry, decision = _source(choice), choice.choice(["--accept", "--keep"])
    return ["review", entry.source, entry.release, decision, "--reason", "chance", "--by", "A"]


def _rollback(choice: random.Random) -> list[str]:
    whole = [each.id for each in version.versions() if not each.id.startswith("2000")]
    return ["rollback", choice.choice(whole)]


def _validate(choice: random.Random) -> list[str]:
    entry = _source(choice)
    return ["validate", str(entry.path), "--source", entry.source]


def _inbox(choice: random.Random) -> list[str]:
    paths.inbox().mkdir(parents=True, exist_ok=True)
    laid = paths.inbox() / f"{choice.randrange(9)}.csv"
    shutil.copy(_source(choice).path, laid)
    os.utime(laid, (0, 0))  # what was just laid there may still be being copied
    return ["inbox"]


def _query(choice: random.Random) -> list[str]:
    answers = paths.home() / f"answer.{choice.choice(['csv', 'json', 'parquet'])}"
    return ["query", "from published.headline order by all", "--out", str(answers)]


def _export(choice: random.Random) -> list[str]:
    elsewhere = ["--out", str(paths.home() / "extracts")]
    return ["export", "parquet", *choice.choice([[], elsewhere])]


def _chart(choice: random.Random) -> list[str]:
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        series = connection.execute(
            "select distinct ref_area, indicator from published.national_series order by all"
        ).fetchall()
    return ["chart", *choice.choice(series), "--out", str(paths.home() / "chart.svg")]


def _report(choice: random.Random) -> list[str]:
    return ["report", choice.choice(["PRY", "USA"]), "--out", str(paths.home() / "report.pdf")]


VERBS: dict[str, Arguments] = {
    "export": _export,
    "query": _query,
    "review": _review,
    "rollback": _rollback,
    "validate": _validate,
    "inbox": _inbox,
    "chart": _chart,
    "report": _report,
}
OTHERS = ("run", "fetch")
"""Verbs that are not called by their command: a run of the small project, a local server."""
ALL = (*VERBS, *OTHERS)
QUICK = ("run", "export", "review", "rollback", "inbox")


@dataclass(frozen=True)
class Step:
    """A verb of a sequence; `at` is the operation before which it is killed, 0 if it is not."""

    verb: str
    seed: int
    at: int

    def __str__(self) -> str:
        """Return it as messages name it."""
        return f"{self.verb} (seed {self.seed}{f', killed at {self.at}' if self.at else ''})"


def steps(seed: int, verbs: Sequence[str]) -> list[Step]:
    """Draw three to eight verbs."""
    choice = random.Random(seed)
    return [
        Step(
            choice.choice(verbs),
            choice.randrange(1_000_000),
            choice.randrange(1, _OPERATIONS) if choice.randrange(_KILLED) == 0 else 0,
        )
        for _ in range(choice.randint(3, 8))
    ]


def broken_after(home: Path, sequence: list[Step], address: str) -> list[str]:
    """Return what does not hold after a step of a sequence; those that follow it are not made."""
    with linked(home) as place:
        for number, step in enumerate(sequence, start=1):
            ended = in_child(made, place, step, address)
            found = in_child(sound, place).returned
            broken = ["the examination itself failed"] if found is None else [*found]
            if ended.code >= 0 and ended.returned:
                broken.append(ended.returned)
            if broken:
                given = ", ".join(map(str, sequence[:number]))
                return [f"{each}; after {given}" for each in broken]
    return []


def made(home: Path, step: Step, address: str) -> str:
    """Make a step; return its trace if it ends with one, else ""."""
    project.enter(home)
    if step.at:
        Injury(KILL, step.at).arm(home)
    if step.verb == "run":
        project.run_if_needed()
        return ""
    if step.verb == "fetch":
        runs.fetched(home, address)
        return ""
    ended = typer.testing.CliRunner().invoke(app.app, VERBS[step.verb](random.Random(step.seed)))
    refused = (SystemExit, TipstatError, OSError)
    if ended.exception is None or isinstance(ended.exception, refused):
        return ""
    return f"3: a trace: {ended.exception!r}"


def sound(home: Path) -> list[str]:
    """Return what does not hold: all that is published is whole, listed, and of one version."""
    project.enter(home)
    return [*_unsound()]


def _unsound() -> Iterator[str]:
    yield from (f"2: {line}" for line in damages.faults())
    yield from (f"5: {line}" for line in manifest.damaged(manifest.entries()))
    yield from invariants.one_version()
