"""Writes what a person who does the job by hand has beside the script, into reference/.

Label tables, sources, views with names and descriptions are the pipeline's own, so that they are
not kept twice; a warehouse that the pipeline has made is asked for all but the first.
"""

import csv

import duckdb

from pipelines.lib import paths
from pipelines.reader import rows
from pipelines.sources import int_unodc_glotip as glotip

LABELS = {
    "indicator": glotip.INDICATOR,
    "form": glotip.FORM,
    "sex": glotip.SEX,
    "age": glotip.AGE,
    "nation": rows.citizenship_spellings()[0],
}
DESCRIPTIONS = """
select 'table ' || schema_name || '.' || table_name, comment
from duckdb_tables() where comment is not null
union all
select 'view ' || schema_name || '.' || view_name, comment
from duckdb_views() where comment is not null
union all
select 'column ' || schema_name || '.' || table_name || '."' || column_name || '"', comment
from duckdb_columns() where comment is not null
union all
select 'macro table ' || schema_name || '.' || function_name, comment
from duckdb_functions() where comment is not null and function_type = 'table_macro'
"""
NAMED = """
select sql
from duckdb_views()
where schema_name = 'published' and regexp_matches(view_name, '_(en|es|pt|fr)$')
"""


def main() -> None:
    """Writes labels, sources with their breaks, and statements: views with names, descriptions."""
    folder = paths.home() / "reference"
    folder.mkdir()
    with (folder / "label.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("list", "label", "code"))
        lines.writerows((name, *pair) for name, labels in LABELS.items() for pair in labels.items())
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        for table in ("source", "series_break"):
            connection.execute(f"copy main.{table} to '{folder}/{table}.parquet'")
        described = connection.execute(DESCRIPTIONS).fetchall()
        named = connection.execute(NAMED).fetchall()
    statements = [
        f"comment on {what} is '{text.replace(chr(39), chr(39) * 2)}';\n"
        for what, text in described
    ]
    (folder / "comment.sql").write_text("".join(statements), encoding="utf-8")
    (folder / "named.sql").write_text("\n".join(view for (view,) in named), encoding="utf-8")


if __name__ == "__main__":
    main()
