"""Time of a whole `tipstat run`: the first on the shipped figures, and an unchanged second.

    python benchmarks/run_time.py [--times N]

Each first run has a new project folder that holds nothing but data/raw. The peer, run in turn with
them, only imports the libraries that the pipeline stands on: what anyone pays who uses them.
"""

import argparse
import shutil
import tempfile
from pathlib import Path
from statistics import median

from measure import Cost, machine, python, table

RAW = Path(__file__).parents[1] / "data" / "raw"
PEER = (
    "import dagster, duckdb, jinja2, pandas, pandera.pandas, pyarrow, rich, scipy.stats, "
    "statsmodels.genmod.generalized_linear_model, typer, xlsxwriter"
)
RUN = ("-c", "from pipelines.cli.app import main; main()", "run")
HEADINGS = ("", "wall s", "CPU s", "greatest MiB", "wall / imports", "wall / first run")
TARGETS = "Targets on 2 CPUs: first run, all sources, under 15 s; unchanged second at most a third."


def main() -> None:
    """Measures in turns and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=3, metavar="N")
    times = parser.parse_args().times
    print(machine("dagster", "pandas", "duckdb", "pandera"))
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        _turn(folder)  # warms the disk's cache and compiles what is not
        imports, first, second = zip(*(_turn(folder) for _ in range(times)), strict=True)
    lines = [
        _line(name, costs, imports, first)
        for name, costs in (
            ("imports alone", imports),
            ("first run", first),
            ("unchanged second run", second),
        )
    ]
    print(f"\n{table(HEADINGS, lines)}\n\nMedians of {times}. {TARGETS}")


def _turn(folder: str) -> tuple[Cost, Cost, Cost]:
    """The imports alone, a first run, and a second.

    What they make stays until all is measured: ext4 is slow to make files for five minutes after it
    removed as many.
    """
    home = Path(tempfile.mkdtemp(dir=folder))
    shutil.copytree(RAW, home / "data" / "raw")
    imports = python("-c", PEER, home=home)
    return imports, python(*RUN, home=home), python(*RUN, home=home)


def _line(
    name: str, costs: tuple[Cost, ...], imports: tuple[Cost, ...], first: tuple[Cost, ...]
) -> tuple[str, ...]:
    ratios = (
        median(one.wall / other.wall for one, other in zip(costs, peer, strict=True))
        for peer in (imports, first)
    )
    medians = (median(cost.wall for cost in costs), median(cost.cpu for cost in costs))
    peak = f"{max(cost.peak for cost in costs):,.0f}"
    return (name, *(f"{each:.2f}" for each in medians), peak, *(f"{each:.2f}" for each in ratios))


if __name__ == "__main__":
    main()
