"""Subjects of item 26: what is a figure of practices and demand, and what is only near it."""

import pytest
from small_warehouse import Row, holding

BRAZIL: Row = {"ref_area": "BRA", "time_period": "2020"}
FOUND: Row = {**BRAZIL, "indicator": "DEM_LAB_FOUND", "value": 50}
PLAN: Row = {**BRAZIL, "indicator": "POL_NAP", "unit_measure": "BOOL", "value": 1}
PARTY: Row = {**BRAZIL, "indicator": "POL_PROTOCOL", "unit_measure": "BOOL", "value": 1}
OFFENCES: Row = {**BRAZIL, "indicator": "DEM_OFF", "value": 12, "time_period": "2018"}

CASES: dict[str, tuple[list[Row], str, tuple[str, int, str | None, list[str]]]] = {
    "victims alone": ([{"value": 10}], "DEMAND", ("NONE", 0, None, [])),
    "labour inspection": ([FOUND], "DEMAND", ("NEAREST", 0, "DEM_LAB_FOUND", ["BRA"])),
    "offences": ([FOUND, OFFENCES], "DEMAND", ("KNOWN", 1, "DEM_OFF", ["BRA"])),
    "a treaty": ([PARTY], "PRACTICES", ("NEAREST", 0, "POL_PROTOCOL", ["BRA"])),
    "not a party": ([{**PARTY, "value": 0}], "PRACTICES", ("NONE", 0, None, [])),
    "a plan": ([PARTY, PLAN], "PRACTICES", ("KNOWN", 1, "POL_NAP", ["BRA"])),
    "no plan": ([PARTY, {**PLAN, "value": 0}], "PRACTICES", ("KNOWN", 0, "POL_NAP", [])),
    "no plan any more": (
        [PLAN, {**PLAN, "time_period": "2021", "value": 0}, {**PLAN, "ref_area": "CHL"}],
        "PRACTICES",
        ("KNOWN", 1, "POL_NAP", ["CHL"]),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_known_of_a_subject(warehouse, case: str) -> None:
    rows, subject, expected = CASES[case]
    with holding(warehouse, *rows):
        [found] = warehouse.execute(
            "select form, part, indicator, areas, whole from published.subject where subject = ?",
            [subject],
        ).fetchall()
    assert found == (*expected, 35)


def test_each_subject_has_a_row_whatever_is_known(warehouse, query) -> None:
    subjects = "select subject from published.subject"
    order = [("COMPARABLE",), ("TRENDS",), ("PRACTICES",), ("ASSISTANCE",), ("DEMAND",)]
    assert warehouse.execute(subjects).fetchall() == query(subjects) == order


def test_steps_are_counted_by_state_and_for_all(query) -> None:
    assert query(
        "select need_step, indicators, states from published.need_count where area = 'AMERICAS' "
        "order by all"
    ) == query(
        "select need_step, count(distinct indicator), count(distinct ref_area) "
        "from published.need group by all order by all"
    )
    assert query("select sum(indicators) from published.need_count where area <> 'AMERICAS'") == (
        query("select count(*) from (select distinct ref_area, need_step, indicator "
              "from published.need)")
    )  # fmt: skip
