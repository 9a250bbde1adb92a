"""Treaty flags: known answers, and no flag where no date was found."""

from collections.abc import Callable

import pytest

from pipelines.harmonised.harmonise import Harmonised
from pipelines.sources import discover
from schemas import codelists

UNTC = discover()["int_untc"]
RELEASE = "2026-11-24"


def flags(shipped: Harmonised, indicator: str, area: str) -> dict[int, float]:
    """Return the flag of each year."""
    rows = shipped.rows
    chosen = rows[(rows["indicator"] == indicator) & (rows["ref_area"] == area)]
    return dict(zip(chosen["time_period"].astype(int), chosen["value"], strict=True))


@pytest.mark.parametrize(
    ("indicator", "area", "first", "joined"),
    [
        ("POL_PROTOCOL", "ARG", 2000, 2002),
        ("POL_PROTOCOL", "ATG", 2000, 2010),
        ("POL_ILO_C029", "BOL", 1990, 2005),
        ("POL_ILO_C105", "USA", 1990, 1991),
        ("POL_ILO_C182", "USA", 1999, 1999),
        ("POL_ILO_P029", "ARG", 2014, 2016),
    ],
)
def test_a_flag_from_the_year_of_joining_on(
    shipped: Harmonised, indicator: str, area: str, first: int, joined: int
) -> None:
    expected = {year: float(year >= joined) for year in range(first, 2026)}
    assert flags(shipped, indicator, area) == expected


@pytest.mark.parametrize(
    ("indicator", "area"),
    [
        ("POL_PROTOCOL", "KNA"),
        ("POL_ILO_C029", "USA"),
        ("POL_ILO_C182", "CUB"),
        ("POL_ILO_P029", "MEX"),
    ],
)
def test_a_date_that_was_not_found_is_missing_and_never_zero(
    shipped: Harmonised, indicator: str, area: str
) -> None:
    rows = shipped.rows
    chosen = rows[(rows["indicator"] == indicator) & (rows["ref_area"] == area)]
    assert len(chosen) >= 12
    assert chosen["value"].isna().all()
    assert set(chosen["obs_status"]) == {"O"}
    assert set(chosen["comment"]) == {"no date found"}
    assert chosen["true_since"].isna().all()


def test_34_of_35_states_have_a_date_under_the_protocol(query: Callable) -> None:
    found = query(
        "select ref_area, value from published.observation "
        "where source = 'int_untc' and indicator = 'POL_PROTOCOL' and year = 2025"
    )
    assert sorted(area for area, _ in found) == sorted(codelists.oas_states())
    assert [area for area, value in found if value is None] == ["KNA"]
    assert {value for _, value in found} == {1.0, None}


@pytest.mark.parametrize(
    ("area", "act", "day"),
    [("ARG", "ratification", "2002-11-19"), ("ATG", "accession", "2010-02-17")],
)
def test_each_row_has_the_day_of_the_act(query: Callable, area: str, act: str, day: str) -> None:
    found = query(
        "select distinct true_since, comment, time_basis, value_raw from published.observation "
        f"where indicator = 'POL_PROTOCOL' and ref_area = '{area}' order by value_raw"
    )
    assert found == [(day, f"{act} {day}", "PIT", "0"), (day, f"{act} {day}", "PIT", "1")]


def test_flags_count_no_trafficking_so_no_definition_differs(shipped: Harmonised) -> None:
    assert set(shipped.rows["def_scope"]) == {"PALERMO"}
    assert set(shipped.rows["obs_status"]) == {"A", "O"}
    assert set(shipped.rows["value"].dropna()) == {0.0, 1.0}
    assert UNTC.source.coll_method == "LEGALREV"


def test_the_message_of_an_unknown_treaty_names_where_to_add_it(of_lines: Callable) -> None:
    found = of_lines("ILO_C190,ARG,,2021-02-23,ratification,1,")
    assert set(found.quarantine["message"]) == {
        "unknown label 'ILO_C190': add it to 'labels' of 'treaty' in pipelines/sources/int_untc.yml"
    }
