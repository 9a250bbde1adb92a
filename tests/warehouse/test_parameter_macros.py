"""Parameters in the DuckDB file: a described macro for each, of the value in the table."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from schemas import parameters


def test_each_has_a_row_and_a_described_macro_of_its_value(query: Callable) -> None:
    rows = query("select code, value from main.parameter order by all")
    assert rows == sorted(
        (code, float(each.value)) for code, each in parameters.parameters().items()
    )
    macros = query(
        "select function_name, comment is not null from duckdb_functions() "
        "where schema_name = 'parameter' and not internal order by all"
    )
    assert macros == [(code, True) for code, _ in rows]
    [values] = query("select " + ", ".join(f"parameter.{code}()::double" for code, _ in rows))
    assert list(values) == [value for _, value in rows]


def test_a_view_that_uses_one_opens_from_another_connection(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(built.read_bytes())
    with duckdb.connect(copy) as connection:
        connection.execute(
            "create view judged.long as select 99 >= parameter.least_years_of_trend()"
        )
    with duckdb.connect(copy, read_only=True) as connection:
        assert connection.execute("from judged.long").fetchall() == [(True,)]
    with duckdb.connect() as connection:
        connection.execute(f"attach '{copy}' as published (read_only); use published")
        assert connection.execute("from judged.long").fetchall() == [(True,)]
