"""The whole `tipstat run` on the shipped figures, the first and an unchanged second one.

Beside them what no run can be faster than: a Python that imports the libraries and ends.

    python benchmarks/run_time.py
"""

import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Final

import measure

SHIPPED: Final = Path(__file__).parents[1] / "data" / "raw"
FLOOR: Final = "import dagster, duckdb, pandas, pandera.pandas, plotly, pyarrow"
ROUNDS: Final = 3


def main() -> None:
    """Prints medians of three rounds, each in a project folder of its own."""
    rounds = [_round() for _ in range(ROUNDS)]
    walls, cpus = (
        [
            statistics.median(getattr(cost, name) for cost in each)
            for each in zip(*rounds, strict=True)
        ]
        for name in ("wall", "cpu")
    )
    print(measure.machine("dagster", "duckdb", "pandas", "pandera", "plotly"))
    print(f"Medians of {ROUNDS} rounds; after installation, offline.\n")
    names = ("imports alone", "first run", "unchanged second run")
    lines = [
        (name, f"{wall:.2f}", f"{wall / walls[0]:.2f}", f"{wall / walls[1]:.2f}", f"{cpu:.2f}")
        for name, wall, cpu in zip(names, walls, cpus, strict=True)
    ]
    print(measure.table(("", "wall s", "of imports", "of first run", "CPU s"), lines))


def _round() -> tuple[measure.Cost, measure.Cost, measure.Cost]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(SHIPPED, home / "data" / "raw")
        run = ("-m", "pipelines.cli", "run")
        return (
            measure.python("-c", FLOOR, home=home),
            measure.python(*run, home=home),
            measure.python(*run, home=home),
        )


if __name__ == "__main__":
    main()
