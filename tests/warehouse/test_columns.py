"""Columns of the warehouse: words of their own, years as numbers, yes and no as booleans."""

import calendar
from collections.abc import Callable

from pipelines.warehouse import sql_files
from pipelines.warehouse.descriptions import Descriptions
from pipelines.warehouse.sql_files import SqlFile
from pipelines.words.years import printed_year
from schemas.contract import CONTRACTS

OF_TABLES = "where not internal and schema_name in ('main', 'harmonised', 'published', 'codelist')"


def words(contract: str) -> dict[str, str]:
    columns = CONTRACTS[contract].schema.columns.items()
    return {name: column.description for name, column in columns}


def test_a_column_of_a_view_is_described_by_it_or_by_what_it_reads(query: Callable) -> None:
    files = {
        f"{schema}.{file.name}": file
        for schema in ("harmonised", "judged", "published")
        for file in sql_files.folder(schema)
    }
    tables = [file.fields for file in sql_files.folder("table")]
    passed_on = {pair for file in files.values() for pair in file.fields.items()}
    passed_on |= {pair for fields in tables for pair in fields.items()}
    found = query(
        "select schema_name || '.' || table_name, column_name, comment from duckdb_columns() "
        f"{OF_TABLES} and schema_name in ('harmonised', 'published')"
    )
    strange = [
        (view, column)
        for view, column, text in found
        if view in files
        and text not in (files[view].fields.get(column), words("observation").get(column))
        and (column in words("observation") or (column, text) not in passed_on)
    ]
    assert strange == []


def test_a_view_of_persons_alone_has_their_words() -> None:
    descriptions = Descriptions()
    for contract in CONTRACTS.values():
        descriptions.of_contract(contract)
    persons = SqlFile(
        "main", "persons", "create view x as from main.population", "", {"rate": "Ours."}
    )
    both = SqlFile(
        "main", "both", "from main.population, harmonised.observation, main.persons", "", {}
    )
    assert descriptions.of_file("main.persons", persons)["value"] == "Persons."
    comments = descriptions.of_file("main.both", both)
    assert (comments["value"], comments["rate"]) == (words("observation")["value"], "Ours.")


def test_each_published_period_has_its_year_as_a_number(query: Callable) -> None:
    found = query(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where schema_name = 'published' and column_name in ('time_period', 'year') "
    )
    periods = {view: kind for view, column, kind in found if column == "time_period"}
    years = {view: kind for view, column, kind in found if column == "year"}
    assert set(periods) <= set(years)
    assert (set(periods.values()), set(years.values())) == ({"VARCHAR"}, {"INTEGER"})
    for view in periods:
        wrong = (
            f"select 1 from published.{view} "
            "where year::varchar is distinct from left(time_period, 4) limit 1"
        )
        assert query(wrong) == [], view


def test_yes_and_no_are_booleans(query: Callable) -> None:
    tables = query(
        "select schema_name || '.' || table_name, list(column_name) from duckdb_columns() "
        f"{OF_TABLES} and data_type = 'VARCHAR' "
        "and column_name not in ('version', 'value_raw') "
        "group by all"
    )
    signs = "['0', '1', 'true', 'false', 'y', 'n', 'yes', 'no', '']"
    disguised = []
    for table, columns in tables:
        only_signs = ", ".join(
            f'bool_and(lower("{c}") in {signs}) and bool_or("{c}" <> \'\')' for c in columns
        )
        [found] = query(f"select {only_signs} from {table}")
        disguised += [(table, c) for c, wrong in zip(columns, found, strict=True) if wrong]
    assert disguised == []
    assert query("select count(*) from codelist.area where is_oas") == [(35,)]


def test_a_fiscal_year_is_explained_as_it_is_printed(query: Callable) -> None:
    """By its label: 2022 is 2021/22 where it begins in July or later."""
    for code, begins, definition in query(
        "select code, start_mm_dd, definition from codelist.time_basis "
        "where start_mm_dd <> '' and code <> 'CY'"
    ):
        first = printed_year(2022, code).split("/")[0]
        month = calendar.month_name[int(begins[:2])]
        assert f"2022 is {month} {first} to " in definition.replace("about ", ""), code
