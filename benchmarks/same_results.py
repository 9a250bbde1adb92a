"""Compares what the pipeline and the job by hand have made below `TIPSTAT_HOME`, row by row."""

import sys
from typing import Final

import duckdb

from pipelines import paths

RESULTS: Final = {
    "published rows": "select columns(*)::varchar from {}.harmonised.observation",
    "population": "select columns(*)::varchar from {}.main.population",
    "quarantine": 'select source, release, locator, rule, "column", cell from {}.main.quarantine',
    "row account": "from {}.main.row_account",
    "rule account": "from {}.main.rule_account",
    "rule results": "from {}.main.rule_result",
    "comments": "select table_name, column_name, comment from duckdb_columns() "
    "where database_name = '{}'",
}


def main() -> None:
    """Exits with the names of the results that differ, if any."""
    by_hand = paths.home() / "reference" / "tipstat.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{paths.warehouse()}' as pipeline (read_only)")
        connection.execute(f"attach '{by_hand}' as by_hand (read_only)")
        differ = [name for name, query in RESULTS.items() if _differ(connection, query)]
    if differ:
        sys.exit(f"not the same: {', '.join(differ)}")


def _differ(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    one, other = query.format("pipeline"), query.format("by_hand")
    differing = f"(({one}) except all ({other})) union all (({other}) except all ({one}))"
    found = connection.execute(f"select count(*) from ({differing})").fetchone()
    return found != (0,)


if __name__ == "__main__":
    main()
