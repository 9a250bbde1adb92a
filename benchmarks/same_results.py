"""Compares what the pipeline and the job by hand have made below `TIPSTAT_HOME`, row by row."""

import duckdb

from pipelines import paths

ACCOUNTED = "select source, release, outcome, reason, rows from {}.row_account"
RESULTS = {
    "published rows": "select columns(*)::varchar from {}.harmonised.observation",
    "population": "select columns(*)::varchar from {}.main.population",
    "quarantined rows and rules": "select source, release, locator, rule, \"column\", cell from {}.main.quarantine",
    "row account": "from {}.main.row_account",
    "rule account": "from {}.main.rule_account",
    "rule results": "from {}.main.rule_result",
    "comments": "select schema_name, table_name, column_name, comment from duckdb_columns() where database_name = '{}'",
}


def main() -> None:
    """Prints how many rows are equal; the exit code is 1 if any is not."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{paths.warehouse()}' as pipeline (read_only)")
        connection.execute(f"attach '{paths.home()}/reference/tipstat.duckdb' as by_hand (read_only)")
        for name, query in RESULTS.items():
            one, other = query.format("pipeline"), query.format("by_hand")
            a=connection.execute(f"({one}) except all ({other})").df()
            b=connection.execute(f"({other}) except all ({one})").df()
            n=connection.execute(f"select count(*) from ({one})").fetchone()
            print(name,n,len(a),len(b)); print(a.head(5).to_string()); print(b.head(5).to_string())


if __name__ == "__main__":
    main()
