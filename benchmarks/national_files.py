"""National files of full size: the readers of two sources beside bare DuckDB and pandas.

    python benchmarks/national_files.py [--scale F] [--times N]

Mexico: a file of all offences by municipality, 2.5 million rows of twelve months in latin-1, a
hundredth of them about trafficking. United States: a file of 5 million rows of agencies and months,
to be summed by state. Each job is a process of its own whose imports count. Ours harmonises, that
is reads labels and figures, applies the contract and accounts for every row; the peers only read
the same file and filter or sum it. All must come to the same total, which is asserted first.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median

from measure import Cost, machine, python, table

HERE = Path(__file__).parent
FILES = {"mex_sesnsp": 2_500_000, "usa_fbi": 5_000_000}
PEERS = ("duckdb", "pandas")
HEADINGS = ("file", "reader", "CPU s", "ours / it", "wall s", "greatest MiB")
TARGETS = (
    "Targets: Mexico at most 1.3 times the processor time of DuckDB and under 600 MiB; "
    "United States under 1,024 MiB."
)


def main() -> None:
    """Makes each file, compares the totals, measures in turns and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0, metavar="F")
    parser.add_argument("--times", type=int, default=3, metavar="N")
    options = parser.parse_args()
    print(machine("duckdb", "pandas", "pyarrow", "pandera"))
    lines = []
    for source, rows in FILES.items():
        lines += _lines(source, int(rows * options.scale), options.times)
    print(f"\n{table(HEADINGS, lines)}\n\nMedians of {options.times}. {TARGETS}")


def _lines(source: str, rows: int, times: int) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory(prefix="tipstat-") as folder:
        home = Path(folder)
        file = home / "national.csv"
        python(HERE / "national_shaped.py", source, str(rows), str(file), home=home)
        size = f"{source}, {rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB"
        print(f"\n{size}")
        totals = {}
        costs: dict[str, list[Cost]] = {}
        for _ in range(times):
            for reader in ("tipstat", *PEERS):
                cost = python(HERE / "national_job.py", reader, source, str(file), home=home)
                costs.setdefault(reader, []).append(cost)
                totals[reader] = (home / "log.txt").read_text(encoding="utf-8").strip()
    print("  total of", ", ".join(f"{reader} {total}" for reader, total in totals.items()))
    if len(set(totals.values())) > 1:
        raise SystemExit(f"{source}: the readers come to different totals")
    return [_line(size, reader, costs) for reader in costs]


def _line(size: str, reader: str, costs: dict[str, list[Cost]]) -> tuple[str, ...]:
    ratios = [
        one.cpu / other.cpu for one, other in zip(costs["tipstat"], costs[reader], strict=True)
    ]
    return (
        size,
        reader,
        f"{median(cost.cpu for cost in costs[reader]):.2f}",
        f"{median(ratios):.2f}",
        f"{median(cost.wall for cost in costs[reader]):.2f}",
        f"{max(cost.peak for cost in costs[reader]):,.0f}",
    )


if __name__ == "__main__":
    main()
