"""Compares what the pipeline and the job by hand have made below `TIPSTAT_HOME`, row by row."""

import sys
from typing import Final

import duckdb

from pipelines.lib import paths

RESULTS: Final = {
    "published rows": "select columns(*)::varchar from {}.harmonised.observation",
    "quarantined rows and rules": """
        select
            columns(* exclude (message, "row"))::varchar,
            list_sort(list_transform(json_keys("row"), lambda k: k || '=' || ("row" ->> k)))
        from {}.main.quarantine
    """,
    "lines of the row account (first rules, filters)": "from {}.main.row_account",
    "population rows": "select columns(*)::varchar from {}.main.population",
    "lines of the rule account": "from {}.main.rule_account",
    "results of rules": "from {}.main.rule_result",
    "limits of counts": "from {}.main.count_limit",
    "trends": "from {}.main.trend",
    "columns of tables and views, with type and comment": """
        select schema_name, table_name, column_name, data_type, comment
        from duckdb_columns()
        where database_name = '{}'
    """,
}
"""What must be equal, whatever its order; only the words of quarantine's messages may differ."""

PARQUET: Final = ("data/harmonised/int_unodc_glotip/*/rows.parquet", "by_hand/observation.parquet")


def main() -> None:
    """Prints how many rows are equal; the exit code is 1 if any is not."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{paths.warehouse()}' as pipeline (read_only)")
        connection.execute(f"attach '{paths.home()}/by_hand/tipstat.duckdb' as by_hand (read_only)")
        compared = {
            name: _compare(connection, query.format("pipeline"), query.format("by_hand"))
            for name, query in RESULTS.items()
        }
        files = (f"from read_parquet('{paths.home()}/{file}')" for file in PARQUET)
        compared["published rows in Parquet"] = _compare(connection, *files)
    for name, (rows, different) in compared.items():
        print(
            f"  {'DIFFERENT' if different else 'equal'}: {rows:,} {name}", *different, sep="\n    "
        )
    sys.exit(any(different for _, different in compared.values()))


def _compare(
    connection: duckdb.DuckDBPyConnection, one: str, other: str
) -> tuple[int, list[tuple[object, ...]]]:
    """The number of rows of one query, and some rows that only one of the two has."""
    rows = connection.execute(f"select count(*) from ({one})").fetchall()[0][0]
    only = [
        connection.execute(f"({left}) except all ({right}) limit 3").fetchall()
        for left, right in ((one, other), (other, one))
    ]
    return rows, only[0] + only[1]


if __name__ == "__main__":
    main()
