"""An invented extract, for documentation and tests: no real person is in it (`example.sql`)."""

from pathlib import Path
from typing import Final

import duckdb

_ROWS: Final = Path(__file__).with_suffix(".sql")


def write_example(path: Path, rows: int, seed: int) -> None:
    """Write an invented extract as CSV; it follows from the seed."""
    with duckdb.connect() as connection:
        query = _ROWS.read_text(encoding="utf-8")
        connection.sql(query, params={"rows": rows, "seed": seed}).write_csv(str(path))
