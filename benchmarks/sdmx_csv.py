"""SDMX-CSV of a million observations: the extract against pysdmx's own writer, on the same rows.

    python benchmarks/sdmx_csv.py [--rows N] [--pairs N]

The extract asks the warehouse for the rows, orders and writes them, here into one file. pysdmx has
them in memory, in order and as text. Only that is timed, each in a process of its own, whose
greatest memory is that of all it does. The two take turns; both files must hold the same rows.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from measure import Cost, machine, python, table

HERE = Path(__file__).parent
OURS, THEIRS, STRUCTURE = "observation.csv", "pysdmx.csv", "structure.xml"
SHAPED = 1.08
"""Rows like GLOTIP's that give one observation: what is dirty stays in quarantine."""

SAME = """
    select * replace (
        try_cast("OBS_VALUE" as double) as "OBS_VALUE",
        try_cast("LOWER_BOUND" as double) as "LOWER_BOUND",
        try_cast("UPPER_BOUND" as double) as "UPPER_BOUND"
    )
    from read_csv('{}', all_varchar = true, header = true)
"""
"""pysdmx writes whole numbers with a decimal."""

HEADINGS = ("", "wall s", "CPU s", "greatest MiB")
MEASURED = ("wall", "cpu", "peak")


def main() -> None:
    """Makes a warehouse, measures both, compares what they wrote, and prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--pairs", type=int, default=3, metavar="N")
    parser.add_argument("--job", choices=JOBS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        JOBS[options.job](Path(os.environ["TIPSTAT_HOME"]))
        return
    print(machine("duckdb", "pysdmx", "pandas"))
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        python(HERE / "glotip_shaped.py", str(round(options.rows * SHAPED)), home=home)
        python(HERE / "pipeline_job.py", home=home)
        pairs = [(_timed("extract", home), _timed("pysdmx", home)) for _ in range(options.pairs)]
        python(__file__, "--job", "compare", home=home)
        print((home / "log.txt").read_text(encoding="utf-8").rstrip())
    print(f"\n{table(HEADINGS, _lines(pairs))}\n\nMedians of {options.pairs} pairs.")
    print("Target at 1,000,000 observations: at most 0.25 of pysdmx's wall-clock time.")


def _timed(job: str, home: Path) -> Cost:
    """The memory of a job's process, and the seconds that it says its writing took."""
    cost = python(__file__, "--job", job, home=home)
    wall, cpu = map(float, (home / "log.txt").read_text(encoding="utf-8").split())
    return replace(cost, wall=wall, cpu=cpu)


def _lines(pairs: list[tuple[Cost, Cost]]) -> list[tuple[str, ...]]:
    """The lines of the table: medians of each, and the median of each pair's ratio."""
    lines = []
    for name, costs in zip(("the extract", "pysdmx"), zip(*pairs, strict=True), strict=True):
        medians = (median(getattr(cost, what) for cost in costs) for what in MEASURED)
        lines.append((name, *(f"{figure:,.2f}" for figure in medians)))
    ratios = (
        median(getattr(ours, what) / getattr(theirs, what) for ours, theirs in pairs)
        for what in MEASURED
    )
    return [*lines, ("ratio", *(f"{ratio:.2f}" for ratio in ratios))]


def _clocked(write: Callable[[], object]) -> None:
    """Runs, and prints the seconds on the wall and of the processors."""
    wall, cpu = time.perf_counter(), time.process_time()
    write()
    print(time.perf_counter() - wall, time.process_time() - cpu)


def _extract(home: Path) -> None:
    import duckdb

    from pipelines.lib import paths
    from pipelines.published.extracts.sdmx import extract

    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        made = extract.structures(connection, extract.prepared_on(connection))
        [flow] = (each for each in made.dataflows if each.name == "DF_TIP")
        figures = extract.in_csv(flow)
        _clocked(lambda: connection.sql(figures).write_csv(str(home / OURS)))
        (home / STRUCTURE).write_text(made.of_data.xml(), encoding="utf-8")


def _pysdmx(home: Path) -> None:
    import pandas as pd
    from pysdmx.io import get_datasets, write_sdmx
    from pysdmx.io.format import Format
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model.dataset import ActionType

    text = {"dtype": str, "keep_default_na": False, "encoding": "utf-8"}
    sample = pd.read_csv(home / OURS, nrows=10, **text).to_csv(index=False)
    [known] = get_datasets(sample, home / STRUCTURE)
    rows = pd.read_csv(home / OURS, **text).drop(columns=["STRUCTURE", "STRUCTURE_ID", "ACTION"])
    data = PandasDataset(structure=known.structure, data=rows, action=ActionType.Replace)
    path = str(home / THEIRS)
    _clocked(lambda: write_sdmx(data, Format.DATA_SDMX_CSV_2_0_0, output_path=path))


def _compare(home: Path) -> None:
    """Prints how many rows both files hold; fails if they do not hold the same."""
    import duckdb

    ours, theirs = (SAME.format(home / name) for name in (OURS, THEIRS))
    with duckdb.connect() as connection:
        for one, other in ((ours, theirs), (theirs, ours)):
            if connection.execute(f"({one}) except all ({other}) limit 1").fetchall():
                raise SystemExit("the two files do not hold the same rows")
        [(rows,)] = connection.execute(f"select count(*) from ({ours})").fetchall()
    print(f"{rows:,} observations, the same in both files")


JOBS = {"extract": _extract, "pysdmx": _pysdmx, "compare": _compare}

if __name__ == "__main__":
    main()
