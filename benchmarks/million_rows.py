"""A million rows shaped like GLOTIP, dirty cells included: the pipeline beside hand-written SQL.

    python benchmarks/million_rows.py [ROWS ...]

Both do the whole job without Dagster: read, recode, parse, contract, quarantine, duplicates,
Parquet, warehouse with its views and comments, rules between rows. Both must come to the same
rows, accounts and verdicts; then processor time, wall-clock time and memory are compared.
"""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import measure

HERE: Final = Path(__file__).parent
ROWS: Final = (1_000_000, 60_000)
PAIRS: Final = 5


def main(row_counts: Sequence[int]) -> None:
    """Prints a line per number of rows: medians of five pairs, run in turn."""
    lines = []
    for rows in row_counts:
        with tempfile.TemporaryDirectory() as folder:
            lines.append(_line(rows, Path(folder)))
    print(measure.machine("pandas", "pandera", "pyarrow", "duckdb"))
    print(f"Medians of {PAIRS} pairs; both came to the same rows, accounts and verdicts.\n")
    headings = ("rows", "CPU s", "by hand", "ratio", "wall s", "by hand", "ratio", "MiB", "by hand")
    print(measure.table(headings, lines))


def _line(rows: int, home: Path) -> tuple[str, ...]:
    measure.python(HERE / "glotip_shaped.py", str(rows), home=home)
    measure.python(HERE / "pipeline_job.py", home=home)
    measure.python(HERE / "reference_inputs.py", home=home)
    pairs = [_pair(home) for _ in range(PAIRS)]
    measure.python(HERE / "same_results.py", home=home)
    figures = []
    for name in ("cpu", "wall"):
        ours, theirs = ([getattr(cost, name) for cost in side] for side in zip(*pairs, strict=True))
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        figures += [statistics.median(each) for each in (ours, theirs, ratios)]
    peaks = [max(cost.peak for cost in side) for side in zip(*pairs, strict=True)]
    return (f"{rows:,}", *(f"{each:.2f}" for each in figures), *(f"{each:.0f}" for each in peaks))


def _pair(home: Path) -> tuple[measure.Cost, measure.Cost]:
    """The job done both ways from the same files."""
    for made in ("data/harmonised", "data/warehouse", "reference/harmonised"):
        shutil.rmtree(home / made, ignore_errors=True)
    (home / "reference" / "tipstat.duckdb").unlink(missing_ok=True)
    return (
        measure.python(HERE / "pipeline_job.py", home=home),
        measure.python(HERE / "reference_job.py", home=home),
    )


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or ROWS)
