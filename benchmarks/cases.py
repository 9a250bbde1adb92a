"""Case records: to count them beside SQL by hand, to protect a table, certify it and check it.

    python benchmarks/cases.py [--small] [--spark]

Records are invented: 5 million are counted by our expression and by SQL that gives the same bytes,
in turns; 20 million under a memory limit of 512 MB. The table is generated: 15 years of 1,800
figures (33 areas, sex, age, form of exploitation; crossed by two for the state, by sex for areas).
The peer of its protection is what an audit of the result costs for each hidden figure: two linear
programmes. Each step runs in a process of its own, whose imports count. With --spark, which needs
the extra, Spark counts the same 5 million records beside DuckDB, and nothing else is measured.
"""

import argparse
import csv
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from measure import Cost, adopt_orphans, machine, python, table

from pipelines.cases import check

HERE = Path(__file__).parent
JOB = HERE / "cases_job.py"
PAIRS = 3
AUDITED = 40
"""Hidden figures that are audited, of the first year."""

LIMITS = {"protect": (300.0, None), "certify": (180.0, None), "check": (4.0, 150.0)}
"""Targets for the whole table: seconds of processor time, greatest MiB."""


class Size(NamedTuple):
    """The size of a measurement: records, records under the memory limit, years."""

    rows: int
    limited: int
    years: int


FULL, SMALL = Size(5_000_000, 20_000_000, 15), Size(500_000, 1_000_000, 1)


def main() -> None:
    """Measure each part and print its costs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--small", action="store_true", help="fewer records, one year")
    parser.add_argument("--spark", action="store_true", help="Spark beside DuckDB, nothing else")
    options = parser.parse_args()
    size = SMALL if options.small else FULL
    print(machine("numpy", "pandas", "scipy", "duckdb", "ibis-framework"))
    for part in (_spark,) if options.spark else (_count, _limited, _protect):
        with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
            print(f"\n{part(Path(folder), size)}")


def _count(home: Path, size: Size) -> str:
    """Return what counting costs beside SQL by hand; both must give the same bytes."""
    records = home / "records.parquet"
    python(JOB, "records", str(size.rows), records, home=home)
    jobs = {
        "count": (JOB, "count", records, home / "count.csv", ""),
        "SQL by hand": (HERE / "cases_by_hand.py", records, home / "SQL by hand.csv"),
    }
    turns: list[dict[str, Cost]] = []
    for turn in range(PAIRS):
        names = reversed(jobs) if turn % 2 else jobs
        turns.append({name: python(*jobs[name], home=home) for name in names})
    one, other = ((home / f"{name}.csv").read_bytes() for name in jobs)
    if one != other:
        raise RuntimeError("the expression and SQL by hand count differently")
    lines = [
        (name, f"{median(turn[name].cpu for turn in turns):.1f}",
         f"{max(turn[name].peak for turn in turns):,.0f}",
         f"{median(turn[name].cpu / turn['SQL by hand'].cpu for turn in turns):.2f}")
        for name in jobs
    ]  # fmt: skip
    heading = f"{size.rows:,} records, the same bytes; medians of {PAIRS} pairs, target 2.0"
    return f"{heading}\n{table(('', 'CPU s', 'greatest MiB', 'ratio'), lines)}"


def _limited(home: Path, size: Size) -> str:
    """Return the greatest memory of a count that must spill."""
    records = home / "records.parquet"
    python(JOB, "records", str(size.limited), records, home=home)
    cost = python(JOB, "count", records, home / "cells.csv", "512MB", home=home)
    lines = [("count", f"{cost.cpu:.1f}", f"{cost.peak:,.0f}", "<= 800")]
    heading = f"{size.limited:,} records, memory limit 512 MB"
    return f"{heading}\n{table(('', 'CPU s', 'greatest MiB', 'target'), lines)}"


def _spark(home: Path, size: Size) -> str:
    """Return what Spark costs beside DuckDB; both must give the same bytes."""
    records = home / "records.parquet"
    python(JOB, "records", str(size.rows), records, home=home)
    adopt_orphans()
    jobs = {"DuckDB": ("2GB",), "Spark local[2]": ("2GB", "local[2]")}
    costs = {
        name: python(JOB, "count", records, home / f"{name}.csv", *options, home=home)
        for name, options in jobs.items()
    }
    one, other = ((home / f"{name}.csv").read_bytes() for name in jobs)
    if one != other:
        raise RuntimeError("Spark and DuckDB count differently")
    peer = costs["DuckDB"]
    lines = [
        (name, f"{cost.wall:.1f}", f"{cost.wall / peer.wall:.1f}", f"{cost.cpu:.1f}",
         f"{cost.cpu / peer.cpu:.1f}", f"{cost.peak:,.0f}", f"{cost.peak / peer.peak:.1f}")
        for name, cost in costs.items()
    ]  # fmt: skip
    headings = ("", "s", "ratio", "CPU s", "ratio", "greatest MiB", "ratio")
    return f"{size.rows:,} records, the same bytes; one run each\n{table(headings, lines)}"


def _protect(home: Path, size: Size) -> str:
    """Return what each step of disclosure control costs."""
    files = home / "printed.csv", home / "certificate.csv.gz"
    years = str(size.years)
    costs = {
        "protect": python(JOB, "protect", years, *files, home=home),
        "certify": python(JOB, "certify", years, *files, home=home),
        "check": python("-I", check.__file__, *files, home=home),
    }
    outcome = (home / "log.txt").read_text(encoding="utf-8").strip()
    audit = python(JOB, "audit", str(AUDITED), *files, home=home).cpu / AUDITED
    statuses = _statuses(files[0])
    hidden = len(statuses) - statuses.count("F")
    counts = ", ".join(f"{statuses.count(each):,} {each}" for each in sorted(set(statuses)))
    lines = [
        (name, f"{cost.cpu:.1f}", _target(LIMITS[name][0]), f"{cost.peak:,.0f}",
         _target(LIMITS[name][1]), f"{cost.cpu / hidden / audit:.3f}")
        for name, cost in costs.items()
    ]  # fmt: skip
    headings = ("", "CPU s", "target", "greatest MiB", "target", "CPU / audit")
    return (
        f"{len(statuses):,} figures: {counts}; {outcome}; {files[1].stat().st_size / 1e6:.2f} MB\n"
        f"{table(headings, lines)}\n"
        f"The targets are those of {FULL.years} years. An audit costs {audit:.2f} s for each of "
        f"{hidden:,} hidden figures, by a sample of {AUDITED}."
    )


def _statuses(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as text:
        return [row["conf_status"] for row in csv.DictReader(text)]


def _target(most: float | None) -> str:
    return "" if most is None else f"<= {most:,.0f}"


if __name__ == "__main__":
    main()
