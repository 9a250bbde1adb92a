"""What became of an error in other releases: invented ones."""

from collections import Counter
from collections.abc import Iterator

import duckdb
import pandas as pd
import pytest
from conftest import observations, suppressed
from small_warehouse import cells
from tables import table

from pipelines.harmonised import errata
from pipelines.warehouse import database, sql_files

OLD, MIDDLE, NEW = "2023-01-01", "2024-01-01", "2025-01-01"
BOUNDS = {"<5": (0, 4), "4": (4, 4), "0": (0, 0)}


@pytest.fixture(scope="module")
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of a warehouse, with three releases."""
    with duckdb.connect() as connection:
        database.create_tables(connection)
        for release in (OLD, MIDDLE, NEW):
            connection.execute(
                "insert into main.release values "
                "('int_test', ?, 'REPLACE', false, false, 1, '', '', '', '', '')",
                [release],
            )
        [view] = [
            file for file in sql_files.folder("harmonised") if file.name == "erratum_in_release"
        ]
        connection.execute(view.text)
        yield connection


@pytest.fixture
def warehouse(tables: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of three releases without figures."""
    tables.begin()
    yield tables
    tables.rollback()


def found(
    warehouse: duckdb.DuckDBPyConnection,
    release: str,
    *texts: str,
    about: str = "FIGURE",
    **cell: object,
) -> None:
    """Enter errata of one cell: a row for each text."""
    usual = observations({"value": 1}).iloc[0].to_dict()
    lines = [
        usual
        | {"release": release, "file": "a.csv", "row": str(number), "column": "", "code": "X"}
        | {"about": about, "printed": text}
        | dict(zip(("lower", "upper"), BOUNDS.get(text, (None, None)), strict=True))
        | cell
        for number, text in enumerate(texts)
    ]
    frame = pd.DataFrame(lines)[list(errata.COLUMNS)]
    database.insert(warehouse, "main.erratum", frame)


def printed(warehouse: duckdb.DuckDBPyConnection, **row: object) -> None:
    """Enter a figure in which nothing was found."""
    database.insert(warehouse, "harmonised.observation", observations(row))


def became(
    warehouse: duckdb.DuckDBPyConnection, release: str = OLD, other: str = NEW
) -> list[tuple[str, list[str] | None]]:
    """Return what became of a release's errata, in the order of their rows."""
    return warehouse.execute(
        "select outcome, printed_there from harmonised.erratum_in_release "
        'where release = ? and other_release = ? order by "row", about',
        [release, other],
    ).fetchall()


@pytest.mark.parametrize(("errata_", "figures", "outcomes", "why"), table(__file__, "errata.csv"))
def test_what_became_of_an_error(
    warehouse: duckdb.DuckDBPyConnection, errata_: str, figures: str, outcomes: str, why: str
) -> None:
    """Errata of two releases, figures without one, and what became of the older ones."""
    days = {"OLD": OLD, "NEW": NEW}
    for each in errata_.split("; "):
        day, *words = each.split()
        cell = dict(word.split("=") for word in words if "=" in word)
        texts = [word for word in words if "=" not in word]
        found(warehouse, days[day], *texts, **{name: code or None for name, code in cell.items()})
    for row in cells(figures.replace("NEW", f"release={NEW}")):
        printed(warehouse, **row)
    told = [f"{outcome} {'/'.join(there or [])}".strip() for outcome, there in became(warehouse)]
    in_order = sorted if "LABEL" in errata_ and "sex=F" in errata_ else list
    assert "; ".join(in_order(told)) == outcomes, why


def test_nothing_is_said_of_a_withheld_figure(warehouse: duckdb.DuckDBPyConnection) -> None:
    found(warehouse, OLD, "9")
    printed(warehouse, release=MIDDLE, **suppressed(value_raw="withheld"))
    printed(warehouse, release=NEW, value=9)
    assert became(warehouse, OLD, MIDDLE) == [("NOT_COMPARED", None)]
    found(warehouse, NEW, "9")
    assert became(warehouse, NEW, MIDDLE) == [("NOT_COMPARED", None)]


def test_of_the_release_before_only_errors_of_both_are_named(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found(warehouse, OLD, "9")
    found(warehouse, MIDDLE, "9", "0")
    found(warehouse, MIDDLE, "7", sex="F")
    printed(warehouse, release=OLD, value=7, sex="F")
    assert Counter(became(warehouse, MIDDLE, OLD)) == {
        ("SAME", None): 1,
        ("OTHER", None): 1,
        ("NEW", None): 1,
    }


def test_a_release_that_updates_some_cells_makes_none_gone(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    warehouse.execute("update main.release set action = 'MERGE' where release <> ?", [OLD])
    found(warehouse, OLD, "9")
    assert not became(warehouse)
