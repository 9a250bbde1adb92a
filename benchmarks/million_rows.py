"""A warehouse of a million observations, beside a bare load of the same files.

    python benchmarks/million_rows.py [--rows N] [--pairs N]

A release of N rows in UNODC's shape joins the shipped figures of all sources. The build makes all
tables, views, descriptions, statistics, rule results and checks. Its peer is DuckDB loading the
same Parquet files into tables and checking that their keys are unique. They take turns, each in a
process of its own whose imports count.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median

from measure import Cost, machine, python, table

HERE = Path(__file__).parent
JOBS = {"warehouse": ("million_rows_job.py", "build"), "bare load": ("bare_load.py",)}
HEADINGS = ("", "CPU s", "wall s", "greatest MiB", "CPU / bare")


def main() -> None:
    """Make the files, measure both jobs in turns and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_070_000, metavar="N")
    parser.add_argument("--pairs", type=int, default=3, metavar="N")
    options = parser.parse_args()
    print(machine("pandas", "duckdb", "pandera", "scipy", "statsmodels"))
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        python(HERE / "glotip_shaped.py", str(options.rows), home=home)
        made = python(HERE / "million_rows_job.py", "harmonise", home=home)
        print(f"\n{(home / 'log.txt').read_text(encoding='utf-8')}", flush=True)
        turns = [_turn(home, turn) for turn in range(options.pairs)]
    harmonise = ("harmonise", f"{made.cpu:.2f}", f"{made.wall:.2f}", f"{made.peak:,.0f}", "")
    print(f"{table(HEADINGS, [harmonise, *(_line(name, turns) for name in JOBS)])}\n")
    print(f"Medians of {options.pairs} pairs; harmonised once.")


def _turn(home: Path, turn: int) -> dict[str, Cost]:
    """Return the costs of both jobs; they go first in turns, so that a drift hits both alike."""
    names = reversed(JOBS) if turn % 2 else JOBS
    return {name: python(HERE / JOBS[name][0], *JOBS[name][1:], home=home) for name in names}


def _line(name: str, turns: list[dict[str, Cost]]) -> tuple[str, ...]:
    costs = [turn[name] for turn in turns]
    return (
        name,
        f"{median(cost.cpu for cost in costs):.2f}",
        f"{median(cost.wall for cost in costs):.2f}",
        f"{max(cost.peak for cost in costs):,.0f}",
        f"{median(turn[name].cpu / turn['bare load'].cpu for turn in turns):.2f}",
    )


if __name__ == "__main__":
    main()
