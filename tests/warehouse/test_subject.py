"""Subjects of item 26: what is a figure of practices and demand, and what is only near it."""

import pytest
from small_warehouse import cells, holding

FOUND = "BRA DEM_LAB_FOUND 50"
PARTY, NO_PARTY = (f"BRA POL_PROTOCOL unit_measure=BOOL {flag}" for flag in (1, 0))
PLAN, NO_PLAN = (f"BRA POL_NAP unit_measure=BOOL {flag}" for flag in (1, 0))


@pytest.mark.parametrize(
    ("rows", "subject", "expected"),
    [
        ("10", "DEMAND", ("NONE", 0, None, [])),
        (FOUND, "DEMAND", ("NEAREST", 0, "DEM_LAB_FOUND", ["BRA"])),
        (f"{FOUND}; BRA DEM_OFF 2018 12", "DEMAND", ("KNOWN", 1, "DEM_OFF", ["BRA"])),
        (PARTY, "PRACTICES", ("NEAREST", 0, "POL_PROTOCOL", ["BRA"])),
        (NO_PARTY, "PRACTICES", ("NONE", 0, None, [])),
        (f"{PARTY}; {PLAN}", "PRACTICES", ("KNOWN", 1, "POL_NAP", ["BRA"])),
        (f"{PARTY}; {NO_PLAN}", "PRACTICES", ("KNOWN", 0, "POL_NAP", [])),
        (f"{PLAN}; 2021 {NO_PLAN}; CHL {PLAN[4:]}", "PRACTICES", ("KNOWN", 1, "POL_NAP", ["CHL"])),
    ],
)
def test_what_is_known_of_a_subject(warehouse, rows: str, subject: str, expected: tuple) -> None:
    with holding(warehouse, *cells(rows)):
        [found] = warehouse.execute(
            "select form, part, indicator, areas, whole from published.subject where subject = ?",
            [subject],
        ).fetchall()
    assert found == (*expected, 35)


def test_each_subject_has_a_row_whatever_is_known(warehouse, query) -> None:
    subjects = "select subject from published.subject"
    order = [("COMPARABLE",), ("TRENDS",), ("PRACTICES",), ("ASSISTANCE",), ("DEMAND",)]
    assert warehouse.execute(subjects).fetchall() == query(subjects) == order
