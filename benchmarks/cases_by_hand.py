"""The peer of counting case records: SQL by hand, for `cases.py`.

python benchmarks/cases_by_hand.py RECORDS.parquet CELLS.csv
"""

import sys
from pathlib import Path

import duckdb

DIMENSIONS = "indicator, ref_area, time_period, sex, age, exploitation, citizenship"


def main() -> None:
    """Count the records, write the cells and print the account."""
    file, cells = sys.argv[1:]
    judge, place = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n", 1)
    with duckdb.connect(config={"preserve_insertion_order": False}) as connection:
        connection.execute(judge, {"file": file})
        connection.execute(place)
        found = connection.execute(
            f"with counted as (select * from placed where outcome = 'counted'), "
            "cells as (from counted union all "
            "select * replace ('VIC_DETECT' as indicator) from counted where detects) "
            f"select {DIMENSIONS}, count(*) as count from cells group by {DIMENSIONS} order by all"
        ).df()
        found.to_csv(cells, index=False)
        account = connection.execute(
            "select outcome, count(*) from judged where outcome <> 'counted' group by all "
            "union all select outcome, count(*) from placed group by all"
        ).fetchall()
    print(dict(sorted(account)))


if __name__ == "__main__":
    main()
