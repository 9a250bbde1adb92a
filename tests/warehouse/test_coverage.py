"""Coverage by state and year: every status, and the shipped states."""

from itertools import pairwise

import duckdb
import pytest
from conftest import suppressed
from small_warehouse import Row, cells, holding

from schemas import codelists

OTHER_STATE = cells("BRA 2016: 10 10 10 10 10 10 10")
MEXICO = {"source": "mex_sesnsp", "ref_area": "MX-JAL", "indicator": "VIC_RECORDED",
          "obs_status": "D", "def_scope": "EXPLOIT"}  # fmt: skip
KEEP_OUT = (
    "insert into quarantine by name select 'int_unsd_sdg' as source, '2025-01-01' as release, "
    "'row 9' as locator, 'one_row_per_cell' as rule, 'Year' as column, '7' as found, "
    "'two figures' as message, '' as correction, '' as why_not, "
    "'{}' as row, 'ARG' as ref_area, 'VIC_DETECT' as indicator, "
    "'A' as freq, 'CY' as time_basis, '2020' as time_period, '_T' as sex, '_T' as age, "
    "'_T' as exploitation, '_T' as citizenship, "
    "'_Z' as counterpart_role, '_Z' as counterpart_area, '_T' as breakdown"
)
ROWS = {
    "reported": "10",
    "suppressed": "source=int_reported <5",
    "withdrawn": "release=2023-05-30 source=int_unodc_glotip 12",
    "partial": "F source=usa_tip_report 4",
    "missing": "source=int_untc -",
}
"""A row that gives Argentina each status in 2020, each from another source."""


def statuses(warehouse: duckdb.DuckDBPyConnection, area: str = "ARG") -> dict[str, str]:
    """The status of each year of a state."""
    found = warehouse.execute(
        "select time_period, coverage_status from published.coverage where ref_area = ? "
        "order by time_period",
        [area],
    )
    return dict(found.fetchall())


def test_the_years_of_a_state(warehouse) -> None:
    """From the first year of any state to the last."""
    with holding(warehouse, *OTHER_STATE, *cells("2018: 10 . <5")):
        assert statuses(warehouse) == {
            "2016": "not_yet", "2017": "not_yet", "2018": "reported", "2019": "gap",
            "2020": "suppressed", "2021": "late", "2022": "late",
        }  # fmt: skip
        assert set(statuses(warehouse, "CHL").values()) == {"never"}


def test_a_state_is_not_late_where_its_source_has_no_later_year(warehouse) -> None:
    with holding(warehouse, *OTHER_STATE, *cells("PRY source=pry_ine 10")):
        found = statuses(warehouse, "PRY")
    assert (found["2020"], found["2021"], found["2022"]) == ("reported", "ended", "ended")


def test_a_year_that_only_others_repeat_makes_no_state_late(warehouse) -> None:
    """They may have left the state out; its publisher may have it."""
    repeated = cells("PRY source=int_repeated 2022 10; source=int_repeated 10")
    with holding(warehouse, *OTHER_STATE[:5], *repeated):
        found = statuses(warehouse)
    assert (found["2020"], found["2021"], found["2022"]) == ("reported", "ended", "ended")


def test_the_first_status_counts_if_sources_differ(warehouse) -> None:
    """Each status of one source, and each beside the one that counts after it: a state each."""
    order = [code for code in codelists.codes("coverage_status") if code in {*ROWS, "withheld"}]
    cases = dict(zip(
        (state for state in codelists.oas_states() if state != "BRA"),
        [*((code,) for code in order), *pairwise(order)], strict=False,
    ))  # fmt: skip
    rows = [
        {**row, "ref_area": state}
        for state, statuses in cases.items()
        for status in statuses if status != "withheld"
        for row in cells(ROWS[status])
    ]  # fmt: skip
    with holding(warehouse, *OTHER_STATE, *rows):
        for state, statuses in cases.items():
            if "withheld" in statuses:
                warehouse.execute(KEEP_OUT.replace("'ARG'", f"'{state}'"))
        asked = "select ref_area, coverage_status from published.coverage where year = 2020"
        found = dict(warehouse.execute(asked).fetchall())
    assert {state: found[state] for state in cases} == {
        state: first for state, (first, *_) in cases.items()
    }


def test_a_year_that_cannot_be_read_says_nothing_of_any_year(warehouse) -> None:
    with holding(warehouse, *OTHER_STATE):
        warehouse.execute(KEEP_OUT)
        assert statuses(warehouse)["2020"] == "withheld"
        warehouse.execute("update quarantine set time_period = '2O2O'")
        assert statuses(warehouse)["2020"] == "never"


def test_sources_are_those_that_say_so(warehouse) -> None:
    with holding(warehouse, *cells("10; source=int_unsd_sdg 11; source=int_reported <5")):
        [found] = warehouse.execute(
            "select sources, first_period, last_period from published.coverage "
            "where ref_area = 'ARG'"
        ).fetchall()
    assert found == (["int_unodc_glotip", "int_unsd_sdg"], "2020", "2020")


STATES = codelists.load("subdivision").query("country == 'MEX' and not code.str.endswith('_U')")
"""The states of Mexico."""


def months(*numbers: int, figure: Row, states: int | None = None) -> list[Row]:
    return [
        {**MEXICO, "ref_area": state, **figure, "freq": "M", "time_period": f"2020-{number:02}"}
        for number in numbers
        for state in STATES["code"][:states]
    ]


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (months(*range(1, 13), figure={"value": 20}), "reported"),
        (months(*range(1, 13), figure=suppressed()), "suppressed"),
        (months(1, 2, 3, figure={"value": 20}), "partial"),
        (months(*range(1, 13), figure={"value": 20}, states=31), "partial"),
        ([{**MEXICO, "value": 20, "source": "can_statcan", "ref_area": "CA-AB"}], "partial"),
    ],
)
def test_sums_of_subdivisions_and_months(warehouse, rows: list[Row], status: str) -> None:
    with holding(warehouse, *rows):
        state = codelists.state_of(str(rows[0]["ref_area"]))
        assert statuses(warehouse, state) == {"2020": status}


def test_persons_repatriated_from_all_countries_are_a_total(warehouse) -> None:
    sent_back = "VIC_REPATR counterpart_role=REPAT"
    rows = f"{sent_back} counterpart_area=_T 9; {sent_back} counterpart_area=CHL BRA 9"
    with holding(warehouse, *cells(rows)):
        assert statuses(warehouse) == {"2020": "reported"}
        assert statuses(warehouse, "BRA") == {"2020": "partial"}


def test_states_of_other_organisations_are_not_asked(warehouse) -> None:
    with holding(warehouse, *OTHER_STATE, *cells("ESP 2010 10")):
        assert statuses(warehouse, "ESP") == {}
        assert min(statuses(warehouse)) == "2016"
