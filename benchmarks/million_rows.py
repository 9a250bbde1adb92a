"""The pipeline against the same job by hand in DuckDB's SQL, on a million rows like GLOTIP's.

    python benchmarks/million_rows.py [--rows N ...] [--pairs N]

Both read the same files, each in a process of its own whose imports count, and leave the same
rows, quarantine, Parquet files and DuckDB file with all rules applied: that is asserted first.
Then they take turns, and the figures are medians over the pairs.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from measure import Cost, machine, python, table

HERE = Path(__file__).parent
HEADINGS = (
    "rows", "CPU s", "by hand", "ratio", "wall s", "by hand", "ratio", "greatest MiB", "by hand",
)  # fmt: skip
TARGETS = "Targets at 1,000,000 rows: ratio of CPU at most 1.3, peak under 1,024 MiB."


def main() -> None:
    """Compares and measures for each number of rows, and prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 60_000], metavar="N")
    parser.add_argument("--pairs", type=int, default=5, metavar="N")
    options = parser.parse_args()
    print(machine("pandas", "duckdb", "pandera", "pyarrow"))
    lines = [_line(rows, _pairs(rows, options.pairs)) for rows in options.rows]
    print(f"\n{table(HEADINGS, lines)}\n\nMedians of {options.pairs} pairs. {TARGETS}")


def _pairs(rows: int, pairs: int) -> list[tuple[Cost, Cost]]:
    """The costs of both jobs, once they are known to give the same."""
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        python(HERE / "glotip_shaped.py", str(rows), home=home)
        _pipeline(home)
        python(HERE / "reference_inputs.py", home=home)
        _by_hand(home)
        print(f"\n{rows:,} rows in, made by the pipeline and by hand:")
        python(HERE / "same_results.py", home=home)
        print((home / "log.txt").read_text(encoding="utf-8").rstrip())
        return list(_turns(home, pairs))


def _turns(home: Path, pairs: int) -> Iterator[tuple[Cost, Cost]]:
    """Both jobs in turns, the other one first each time, so that a drift hits both alike."""
    for turn in range(pairs):
        if turn % 2:
            by_hand = _by_hand(home)
            yield _pipeline(home), by_hand
        else:
            yield _pipeline(home), _by_hand(home)


def _pipeline(home: Path) -> Cost:
    for made in ("harmonised", "warehouse"):
        shutil.rmtree(home / "data" / made, ignore_errors=True)
    return python(HERE / "pipeline_job.py", home=home)


def _by_hand(home: Path) -> Cost:
    shutil.rmtree(home / "by_hand", ignore_errors=True)
    return python(HERE / "reference_job.py", home=home)


def _line(rows: int, pairs: list[tuple[Cost, Cost]]) -> tuple[str, ...]:
    """A line of the table: medians, and the median of each pair's ratio."""
    cells = [f"{rows:,}"]
    for name in ("cpu", "wall"):
        ours, theirs = (
            [getattr(cost, name) for cost in costs] for costs in zip(*pairs, strict=True)
        )
        ratio = median(one / other for one, other in zip(ours, theirs, strict=True))
        cells += [f"{median(ours):.2f}", f"{median(theirs):.2f}", f"{ratio:.2f}"]
    peaks = zip(*((one.peak, other.peak) for one, other in pairs), strict=True)
    return (*cells, *(f"{max(each):,.0f}" for each in peaks))


if __name__ == "__main__":
    main()
