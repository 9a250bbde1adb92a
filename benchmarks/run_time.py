"""Time of a whole `tipstat run`: the first on the shipped figures, and an unchanged second.

    python benchmarks/run_time.py [--times N]

Each first run has a new project folder that holds nothing but data/raw. The peer, run in turn with
them, is the floor (`floor_job.py`): the same imports, a bare load of the same rows, and the same
bytes written and hashed. On a machine that others use too, read the processor time.
"""

import argparse
import shutil
import tempfile
from pathlib import Path
from statistics import median

from measure import Cost, adopt_orphans, machine, python, table

HERE = Path(__file__).parent
RAW = HERE.parent / "data" / "raw"
RUN = ("-c", "from pipelines.cli.app import main; main()", "run")
HEADINGS = ("", "wall s", "CPU s", "greatest MiB", "wall / floor", "CPU / floor", "wall / first")
TARGETS = "Targets on 2 quiet CPUs: first run 4.5 times the floor, unchanged run under 1 s."


def main() -> None:
    """Measures in turns and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=3, metavar="N")
    times = parser.parse_args().times
    print(machine("dagster", "pandas", "duckdb", "pandera"))
    adopt_orphans()  # the processes that share a run's work
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        if times > 1:
            _turn(folder)  # warms the disk's cache and compiles what is not
        first, second, floor = zip(*(_turn(folder) for _ in range(times)), strict=True)
    named = {"floor": floor, "first run": first, "unchanged second run": second}
    lines = [_line(name, costs, floor, first) for name, costs in named.items()]
    print(f"\n{table(HEADINGS, lines)}\n\nMedians of {times}. {TARGETS}")


def _turn(folder: str) -> tuple[Cost, Cost, Cost]:
    """A first run, a second, and the floor.

    What they make stays until all is measured: ext4 is slow to make files for five minutes after it
    removed as many.
    """
    home = Path(tempfile.mkdtemp(dir=folder))
    shutil.copytree(RAW, home / "data" / "raw")
    first, second = python(*RUN, home=home), python(*RUN, home=home)
    return first, second, python(HERE / "floor_job.py", home=home)


def _line(
    name: str, costs: tuple[Cost, ...], floor: tuple[Cost, ...], first: tuple[Cost, ...]
) -> tuple[str, ...]:
    medians = (median(cost.wall for cost in costs), median(cost.cpu for cost in costs))
    ratios = (
        median(one.wall / other.wall for one, other in zip(costs, floor, strict=True)),
        median(one.cpu / other.cpu for one, other in zip(costs, floor, strict=True)),
        median(one.wall / other.wall for one, other in zip(costs, first, strict=True)),
    )
    peak = f"{max(cost.peak for cost in costs):,.0f}"
    return (name, *(f"{each:.2f}" for each in medians), peak, *(f"{each:.2f}" for each in ratios))


if __name__ == "__main__":
    main()
