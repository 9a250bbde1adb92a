"""Comparability of figures, by rule, and the names of codes in four languages."""

from collections.abc import Callable

import duckdb
import pandas as pd
import pytest
from small_warehouse import Row, cells, holding
from tables import table
from warehouse_copies import know

from schemas import codelists

OF_POLICE = {"source": "usa_sdg"}
"""A source by the definition of Palermo, whose police counts by one law."""


def known(warehouse: duckdb.DuckDBPyConnection, *rows: Row) -> list[tuple[str, list[str]]]:
    """Level and remarks of each figure, in the order of states, forms, sexes and ages."""
    with holding(warehouse, *(OF_POLICE | row for row in rows)):
        return judged(warehouse)


def judged(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    know(warehouse)
    return warehouse.execute(
        "select comparability, remarks from published.observation "
        "order by ref_area, exploitation <> '_T', exploitation, sex = 'F', age"
    ).fetchall()


def test_the_worst_remark_wins_and_the_first_to_be_said_is_first(warehouse) -> None:
    """Lines of `comparability.csv`: level and remarks of a figure, a state each."""
    states, cases = sorted(codelists.oas_states()), table(__file__, "comparability.csv")
    rows = "; ".join(f"{area} {row} 20" for area, (*_, row) in zip(states, cases, strict=False))
    assert known(warehouse, *cells(rows)) == [(level, said.split()) for level, said, _ in cases]


def test_forms_that_overlap_are_for_their_own_country(warehouse) -> None:
    found = known(warehouse, *cells("100; SX 80; FL 60"))
    assert found == [("1", []), ("3", ["FORMS_OVERLAP"]), ("3", ["FORMS_OVERLAP"])]


def failing(warehouse: duckdb.DuckDBPyConnection, cell: Row, verdict: str) -> None:
    """Have the sexes of a cell fail their sum; `cell` differs from the total of Argentina, 2020."""
    total = {
        "rule": "sexes_add_up_to_the_total", "rule_id": "I1", "source": "usa_sdg",
        "release": "2025-01-01", "ref_area": "ARG", "indicator": "VIC_DETECT", "time_basis": "CY",
        "time_period": "2020", "dimension": "sex", "subject": "", "verdict": verdict, "detail": "",
    }  # fmt: skip
    row = pd.DataFrame([total | cell])
    warehouse.execute("insert into main.rule_result by name from row")
    del row


@pytest.mark.parametrize(
    ("verdict", "expected", "why"),
    [("exceeds", "4", "PARTS_CONTRADICT"), ("falls short", "3", "PARTS_SHORT")],
)
def test_parts_of_a_failed_identity(warehouse, verdict: str, expected: str, why: str) -> None:
    rows = {"value": 100, **OF_POLICE}, {"value": 130, "sex": "F", **OF_POLICE}
    with holding(warehouse, *rows):
        failing(warehouse, {}, verdict)
        assert judged(warehouse) == [("1", []), (expected, [why])]


@pytest.mark.parametrize(
    "cell",
    [{"freq": "M"}, {"time_basis": "FY1001"}, {"age": "Y0T17"}, {"exploitation": "SX"},
     {"citizenship": "NAT"}, {"counterpart_role": "REPAT"}, {"dimension": "age"}],
)  # fmt: skip
def test_a_failed_identity_of_another_cell_says_nothing(warehouse, cell: Row) -> None:
    rows = {"value": 100, **OF_POLICE}, {"value": 130, "sex": "F", **OF_POLICE}
    with holding(warehouse, *rows):
        failing(warehouse, cell, "exceeds")
        assert judged(warehouse) == [("1", []), ("1", [])]


def test_every_reason_has_a_level_that_exists() -> None:
    levels = set(codelists.column("remark", "comparability").values()) - {""}
    assert levels == set(codelists.codes("comparability")) - {"0"}


def test_a_series_is_as_comparable_as_its_least_comparable_figure(warehouse) -> None:
    rows = {"value": 20, **OF_POLICE}, {"value": 20, "time_period": "2021", "obs_status": "P"}
    with holding(warehouse, *(OF_POLICE | row for row in rows)):
        know(warehouse)
        found = warehouse.execute("select figures, comparability from published.series").fetchall()
    assert found == [(2, "2")]


def test_several_codes_in_words(warehouse) -> None:
    with holding(warehouse, {"value": 20, "time_basis": "CUM", "obs_status": "B", **OF_POLICE}):
        know(warehouse)
        found = warehouse.execute(
            "select remarks_name from published.named('published.observation', 'fr')"
        ).fetchall()
    assert found == [("Somme de plusieurs années; Rupture de la série",)]


def test_every_view_can_have_the_names_of_its_codes(query: Callable) -> None:
    views = query(
        "select table_name from duckdb_tables() where schema_name = 'published' union all "
        "select view_name from duckdb_views() where schema_name = 'published'"
    )
    for (view,) in views:
        named = f"published.named('published.{view}', 'pt')"
        assert query(f"select count(*) from {named}") == query(
            f"select count(*) from published.{view}"
        )


def test_a_language_that_there_is_not_is_named(query: Callable) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="language: en, es, pt or fr"):
        query("from published.named('published.headline', 'de')")
