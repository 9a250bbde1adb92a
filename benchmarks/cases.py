"""The cost of disclosure control: to protect a table, to certify it, to check the certificate.

    python benchmarks/cases.py [--small]

The table is generated: 15 years of 1,800 figures (33 areas, sex, age, form of exploitation; crossed
by two for the state, by sex for areas), 27,000 in all, of about 6,000 victims a year. With --small
it is one year. Each step runs in a process of its own, whose imports count.
"""

import argparse
import csv
import tempfile
from pathlib import Path

from measure import machine, python, table

from pipelines.cases import check

HERE = Path(__file__).parent
YEARS, SMALL = 15, 1
LIMITS = {"protect": (300.0, None), "certify": (180.0, None), "check": (4.0, 150.0)}
"""Targets for the whole table: seconds of processor time, greatest MiB."""


def main() -> None:
    """Measure each step once and print its cost beside its target."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--small", action="store_true", help="one year instead of 15")
    years = SMALL if parser.parse_args().small else YEARS
    print(machine("numpy", "pandas", "scipy"))
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        files = home / "printed.csv", home / "certificate.csv.gz"
        costs = {
            "protect": python(HERE / "cases_job.py", "protect", str(years), *files, home=home),
            "certify": python(HERE / "cases_job.py", "certify", str(years), *files, home=home),
            "check": python("-I", check.__file__, *files, home=home),
        }
        log = (home / "log.txt").read_text(encoding="utf-8").strip()
        print(f"\n{_figures(files[0])}; {log}; {files[1].stat().st_size / 1e6:.2f} MB")
    lines = [
        (name, f"{cost.cpu:.1f}", _target(LIMITS[name][0]), f"{cost.peak:,.0f}",
         _target(LIMITS[name][1]))
        for name, cost in costs.items()
    ]  # fmt: skip
    print(f"\n{table(('', 'CPU s', 'target', 'greatest MiB', 'target'), lines)}")
    if years < YEARS:
        print(f"\nThe targets are those of {YEARS} years.")


def _figures(file: Path) -> str:
    with file.open(encoding="utf-8", newline="") as text:
        statuses = [row["conf_status"] for row in csv.DictReader(text)]
    counts = ", ".join(f"{statuses.count(each):,} {each}" for each in sorted(set(statuses)))
    return f"{len(statuses):,} figures: {counts}"


def _target(most: float | None) -> str:
    return "" if most is None else f"<= {most:,.0f}"


if __name__ == "__main__":
    main()
