"""One step of counting and protecting invented cases, for `cases.py`.

python benchmarks/cases_job.py records ROWS RECORDS.parquet
python benchmarks/cases_job.py count RECORDS.parquet CELLS.csv MEMORY [SPARK_MASTER]
python benchmarks/cases_job.py protect|certify YEARS PRINTED.csv CERTIFICATE.csv.gz
python benchmarks/cases_job.py audit FIGURES PRINTED.csv CERTIFICATE.csv.gz
"""

import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp

from pipelines.cases import certify, printed
from pipelines.cases.block import block_of, bounds_of, cells_of
from pipelines.cases.plan import PlannedTable
from pipelines.cases.protect import Policy, protect

HERE = Path(__file__).parent
VICTIMS = 6000
SHARES = {
    "ref_area": np.arange(1, 34) ** -1.1,
    "sex": np.array([0.68, 0.28, 0.04]),
    "age": np.array([0.06, 0.24, 0.62, 0.08]),
    "exploitation": np.array([0.50, 0.28, 0.06, 0.05, 0.04, 0.03, 0.01, 0.03]),
}


def plan() -> list[PlannedTable]:
    """Return the tables: crossed by two for the state; for areas, sex crossed with the others."""
    names = ("sex", "age", "exploitation")
    crossed = [dimensions for size in range(3) for dimensions in combinations(names, size)]
    by_area = [each for each in crossed if each != ("age", "exploitation")]
    return [PlannedTable("nation", each) for each in crossed] + [
        PlannedTable("area", each) for each in by_area
    ]


def cells(year: int) -> pd.DataFrame:
    """Return the generated cells of a year, from the year as a seed."""
    random = np.random.default_rng(year)
    shape = tuple(map(len, SHARES.values()))
    share = random.gamma(3, 1, shape)
    for axis, weights in enumerate(SHARES.values()):
        share *= weights.reshape([-1 if each == axis else 1 for each in range(len(shape))])
    counts = random.poisson(share / share.sum() * VICTIMS)
    codes = {name: [f"{name[0]}-{n}" for n in range(len(each))] for name, each in SHARES.items()}
    found = np.nonzero(counts)
    rows = {name: np.array(codes[name])[at] for name, at in zip(codes, found, strict=True)}
    fixed = {"indicator": "V", "time_period": str(year), "citizenship": "_T"}
    return pd.DataFrame(rows | fixed | {"count": counts[found]})


def write_records(rows: str, file: str) -> None:
    """Write invented records as Parquet."""
    select = (HERE / "case_records.sql").read_text(encoding="utf-8").replace("$rows", rows)
    with duckdb.connect(config={"preserve_insertion_order": False}) as connection:
        connection.execute(f"copy ({select}) to '{file}' (format parquet, compression zstd)")


def count(file: str, cells: str, memory: str, master: str = "") -> None:
    """Count records, write the cells and print the account."""
    from pipelines.cases.count import count_cases  # imports Ibis, which protecting does without

    counted = count_cases(file, HERE / "cases_mapping.yml", memory, master)
    counted.cells.to_csv(cells, index=False)
    print(dict(sorted(counted.account.rows.items())))


def write_protected(years: str, table: str, _: str) -> None:
    """Protect generated cells and write the printed table."""
    counted = pd.concat([cells(2010 + year) for year in range(int(years))])
    printed.write(protect(counted, plan(), Policy("BRA", "2025-06-30")), Path(table))


def write_certificate(_: str, table: str, certificate: str) -> None:
    """Write the certificate of a printed table."""
    certify.write(certify.certify(printed.figures(Path(table)))[0], Path(certificate))


def audit(figures: str, table: str, _: str) -> None:
    """Find the bounds that a reader can derive of some hidden figures of the first year."""
    rows = printed.figures(Path(table))
    rows = rows[rows["time_period"] == rows["time_period"].min()].reset_index(drop=True)
    matrix = block_of(cells_of(rows), list(rows["release"])).matrix
    bounds = LinearConstraint(matrix, *bounds_of(rows))
    hidden = np.flatnonzero(rows["conf_status"] != "F")
    for row in hidden[:: len(hidden) // int(figures)][: int(figures)]:
        for sign in (1, -1):
            milp(sign * matrix[[row]].toarray().ravel(), constraints=bounds)


STEPS: dict[str, Callable[..., None]] = {
    "records": write_records,
    "count": count,
    "protect": write_protected,
    "certify": write_certificate,
    "audit": audit,
}

if __name__ == "__main__":
    STEPS[sys.argv[1]](*sys.argv[2:])
