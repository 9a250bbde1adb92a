"""Checks that apply to published views and tables by what these declare."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse import checks, declarations, sql_files

DECLARED = [file for file in sql_files.folder("check") if "each" in file.declared]
DAMAGE = {
    "keys_identify_rows": lambda name: f"insert into {name} from {name}",
    "codes_are_of_their_list": lambda name: f"update {name} set {{}} = '[NO_CODE]'",
    "limits_enclose_their_figure": lambda name: f"update {name} set {{}} = 1, {{upper}} = 0",
    "rows_repeat_their_figure": lambda name: f"update {name} set value = -1, lower = null",
    "sentences_are_whole": lambda name: f"update {name} set text = 'In {{{{year}}}}'",
}
"""What damages a table so that a check must find it; of one column if there is a place for it."""


@pytest.fixture(scope="module")
def stored(small: Path, tmp_path_factory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in which published views are tables without constraints, to be damaged."""
    copy = shutil.copy(small, tmp_path_factory.mktemp("stored"))
    with duckdb.connect(copy) as connection:
        connection.execute("create schema stored")
        for each in declarations.every():
            connection.execute(f"create table stored.{each.name} as from published.{each.name}")
        yield connection


def test_what_is_sound_passes(small: Path) -> None:
    with duckdb.connect(small, read_only=True) as connection:
        assert [fault.text for fault in checks.every_fault(connection)] == []


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_of_any_published_table_is_found(stored, name: str) -> None:
    [check] = [each for each in DECLARED if each.name == name]
    found, missed = set(), set()
    for place, statement in checks.statements(check, stored):
        table = place.removesuffix(": ").replace("published", "stored")
        text = statement.replace(place.removesuffix(": "), table)
        column = text.partition("'")[2].partition("'")[0]
        stored.begin()
        upper = column.replace("lower", "upper")
        stored.execute(DAMAGE[name](table).format(column, upper=upper))
        [(rows,)] = stored.execute(f"select count(*) from {table}").fetchall()
        if rows:
            (found if stored.execute(text).fetchall() else missed).add((table, column))
        stored.rollback()
    assert not missed
    assert found
