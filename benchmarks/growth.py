"""What grows how: invented worlds, in each of which one thing is several times as much.

    python benchmarks/growth.py [--only THING ...] [--stages STAGE ...]

Each stage runs in a process of its own. Its seconds are those of the processor without imports; the
exponent is that of their growth, 1 for a straight line, and lower where a constant part still
weighs. Sources come with their releases and rows. `growth_world.py` says what is invented: only 35
states have words on the pages and in the workbooks, so more states go as far as the comparison of
sources.
"""

import argparse
import tempfile
from math import log
from pathlib import Path
from typing import NamedTuple

from measure import machine, python, table

HERE = Path(__file__).parent
JOB = HERE / "growth_job.py"
STAGES = ("harmonise", "warehouse", "checks", "discrepancy", "pages", "extracts")
WITHOUT_WORDS = STAGES[:-2]
WORLDS: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    "sources": ({}, {"sources": 64, "releases": 128, "rows": 40_000}),
    "states": ({}, {"states": 140}),
    "releases": ({"sources": 4, "releases": 25}, {"sources": 4, "releases": 200}),
    "rows": ({}, {"rows": 1_000_000}),
}
"""What differs from `USUAL` in the smaller and in the larger world, by what grows."""
USUAL = {"sources": 16, "states": 35, "releases": 32, "rows": 10_000}
HEADINGS = ("stage", "grows", "from", "to", "CPU s", "CPU s", "times", "exponent", "greatest MiB")
TARGETS = (
    "Targets: exponents up to 1.1, all stages of 64 sources together 4.2 times those of 16, memory "
    "under 1,500 MiB."
)


class Cost(NamedTuple):
    """Seconds of processor time of a stage, and its greatest memory in MiB."""

    cpu: float
    peak: float


def main() -> None:
    """Measure the worlds and print each stage's growth."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="+", choices=WORLDS, default=[*WORLDS], metavar="THING")
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES, metavar="STAGE")
    options = parser.parse_args()
    print(machine("pandas", "duckdb", "pandera"))
    known: dict[tuple[int, ...], dict[str, Cost]] = {}
    for thing in options.only:
        stages = [each for each in options.stages if thing != "states" or each in WITHOUT_WORDS]
        small, large = ({**USUAL, **changed} for changed in WORLDS[thing])
        costs = [_measured(known, world, stages) for world in (small, large)]
        lines = _lines(thing, small[thing], large[thing], costs, stages)
        print(f"\n{table(HEADINGS, lines)}", flush=True)
    print(f"\n{TARGETS}")


def _measured(
    known: dict[tuple[int, ...], dict[str, Cost]], world: dict[str, int], stages: list[str]
) -> dict[str, Cost]:
    """Return what each stage of a world costs; a world is made once."""
    size = tuple(world.values())
    if not set(stages) <= known.get(size, {}).keys():
        with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
            home = Path(folder)
            python(JOB, *map(str, size), *stages, home=home)
            lines = (home / "log.txt").read_text(encoding="utf-8").splitlines()
        costs = [line.split() for line in lines[-len(stages) :]]
        known[size] = {stage: Cost(float(cpu), float(peak)) for stage, cpu, peak in costs}
    return known[size]


def _lines(
    thing: str, small: int, large: int, costs: list[dict[str, Cost]], stages: list[str]
) -> list[tuple[str, ...]]:
    """Return a line for each stage, and one for all together."""
    lines: list[tuple[str, ...]] = []
    for stage in (*stages, "all"):
        of = stages if stage == "all" else [stage]
        one, other = (sum(cost[each].cpu for each in of) for cost in costs)
        lines.append((
            stage, thing, f"{small:,}", f"{large:,}", f"{one:.2f}", f"{other:.2f}",
            f"{other / one:.1f}", f"{log(other / one) / log(large / small):.2f}",
            f"{max(costs[1][each].peak for each in of):,.0f}",
        ))  # fmt: skip
    return lines


if __name__ == "__main__":
    main()
