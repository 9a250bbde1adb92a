"""The warehouse's peer: `bare_load.sql`, and nothing that is worked out. It imports DuckDB only."""

import os
from pathlib import Path

import duckdb
from reference_job import make_typed_tables


def main() -> None:
    """Leaves bare.duckdb in `TIPSTAT_HOME`."""
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    os.chdir(os.environ["TIPSTAT_HOME"])
    Path("bare.duckdb").unlink(missing_ok=True)
    with duckdb.connect("bare.duckdb") as connection:
        connection.execute("set preserve_insertion_order = false")
        make_typed_tables(connection)
        connection.execute(statements)
        connection.execute("checkpoint")


if __name__ == "__main__":
    main()
