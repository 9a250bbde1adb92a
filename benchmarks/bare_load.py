"""The peer of `million_rows.py`: run `bare_load.sql` in `TIPSTAT_HOME`. Imports DuckDB only."""

import os
from pathlib import Path

import duckdb


def main() -> None:
    """Leave bare.duckdb in `TIPSTAT_HOME`."""
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    os.chdir(os.environ["TIPSTAT_HOME"])
    Path("bare.duckdb").unlink(missing_ok=True)
    with duckdb.connect("bare.duckdb") as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(statements)
        connection.execute("checkpoint")


if __name__ == "__main__":
    main()
