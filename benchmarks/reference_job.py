"""The same job by hand: `million_rows.sql`, between a warehouse's empty tables and its rules.

Works in `TIPSTAT_HOME`. Imports DuckDB alone; the pipeline's own SQL files (tables, views, rules) are the
same on both sides.
"""

import os
from pathlib import Path

import duckdb

from pipelines import sql_files

CODELISTS = Path(sql_files.__file__).parents[1] / "schemas" / "codelists"
"""Code lists."""


def main() -> None:
    """Leaves what the pipeline leaves: Parquet files, and a DuckDB file with views and rules."""
    os.chdir(os.environ["TIPSTAT_HOME"])
    with duckdb.connect("reference/tipstat.duckdb") as connection:
        pass


if __name__ == "__main__":
    main()
