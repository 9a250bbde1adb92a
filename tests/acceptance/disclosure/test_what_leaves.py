"""Disclosure checks: each passes the shipped figures and refuses a bad case."""

import shutil

import duckdb
import pytest
from conftest import suppressed
from small_warehouse import holding

from pipelines.warehouse import checks, sql_files

CHECKS = {file.name: file for file in sql_files.folder("check")}
COUNTED = {"source": "arg_linea145", "indicator": "VIC_REPORTED"}
ABROAD = {"obs_status": "D", "def_scope": "EXPLOIT", "source": "mex_sesnsp", "ref_area": "MX-JAL"}


def refused(connection: duckdb.DuckDBPyConnection, check: str) -> list[tuple]:
    """Return what a check refuses in a warehouse, in any view."""
    statements = [text for _, text in checks.statements(CHECKS[check], connection)]
    return [*{row for text in statements for row in connection.execute(text).fetchall()}]


PERSON = "nothing_that_leads_to_a_person"
BAD = [
    ("only_free_figures_leave", {"value": 3, "conf_status": "N", **ABROAD}),
    ("no_small_count_of_ours", {"value": 9, **COUNTED}),
    ("no_small_count_of_ours", {"value": 0, **COUNTED}),
    ("no_subdivision_by_age_and_form",
     {"value": 20, "age": "Y0T17", "exploitation": "SX", **ABROAD}),
    (PERSON, {"value": 20, "comment": "write to someone@example.org", **ABROAD}),
    (PERSON, {"value": 20, "comment": "call +54 11 4321-8765", **ABROAD}),
]  # fmt: skip
GOOD = [
    ("only_free_figures_leave", {"value": 3, **ABROAD}),
    ("only_free_figures_leave", suppressed(**ABROAD | {"ref_area": "MX-COL"})),
    ("no_small_count_of_ours", {"value": 10, **COUNTED}),
    ("no_small_count_of_ours", suppressed(sex="M", **COUNTED)),
    ("no_subdivision_by_age_and_form", {"value": 20, "age": "Y0T17", **ABROAD}),
    (PERSON, {"value": 20, "comment": "ratification 2002-11-19; 1,234 agencies", **ABROAD}),
]


@pytest.mark.parametrize(("check", "row"), BAD)
def test_a_bad_case_is_refused(warehouse, check: str, row: dict) -> None:
    with holding(warehouse, row):
        assert refused(warehouse, check)


@pytest.mark.parametrize(("check", "row"), GOOD)
def test_a_good_case_passes(warehouse, check: str, row: dict) -> None:
    with holding(warehouse, row):
        assert not refused(warehouse, check)


@pytest.mark.parametrize(
    ("row", "is_refused"),
    [
        ({"value": 0}, False),
        ({"value": 1}, True),
        ({"value": 1, "sex": "_U"}, False),
        ({"value": 1, "locator": "E5, published at https://office.example of 2025-01-10"}, False),
    ],
)
@pytest.mark.parametrize("source", ["arg_case_records", "arg_national_report"])
def test_authorities_print_zeros_unknowns_and_what_is_public(
    warehouse, source: str, row: dict, is_refused: bool
) -> None:
    rename = f"update source set source = '{source}' where source = 'arg_linea145'"
    with holding(warehouse, {**COUNTED, "source": source, **row}):
        warehouse.execute(rename)
        assert bool(refused(warehouse, "no_small_count_of_ours")) == is_refused


@pytest.mark.parametrize(
    ("row", "least"),
    [
        ({"sex": "F"}, 5),
        ({"sex": "F", "age": "Y0T17"}, 5),
        ({"sex": "F", "exploitation": "SX"}, 10),
        ({"ref_area": "AR-B"}, 10),
    ],
)
def test_counts_from_records_have_the_threshold_of_their_detail(
    warehouse, row: dict, least: int
) -> None:
    for value in (least - 1, least):
        with holding(warehouse, {**COUNTED, "source": "arg_case_records", **row, "value": value}):
            warehouse.execute(
                "update source set source = 'arg_case_records', threshold = 5 "
                "where source = 'arg_linea145'"
            )
            assert bool(refused(warehouse, "no_small_count_of_ours")) == (value < least)


PART = ABROAD | {"indicator": "VIC_RECORDED"}
ONE_IS_HIDDEN = ({"value": 20, **PART}, suppressed(**PART | {"ref_area": "MX-COL"}))


def test_a_sum_over_a_hidden_part_has_no_value(warehouse) -> None:
    """The view says how large the sum may be, and no more."""
    with holding(warehouse, *ONE_IS_HIDDEN):
        found = warehouse.execute("select value, lower, upper from published.national_sum")
        assert found.fetchall() == [(None, 20, 24)]
        assert not refused(warehouse, "no_sum_of_hidden_figures")


def test_figures_that_may_not_be_passed_on_are_refused(small, tmp_path) -> None:
    """Wherever they stand: alone, or in a list of the sources of a row."""
    with duckdb.connect(shutil.copy(small, tmp_path)) as connection:
        assert not refused(connection, "only_what_may_be_passed_on")
        connection.execute("update source set redistribute = false where source = 'jam_statin'")
        found = {source for (source,) in refused(connection, "only_what_may_be_passed_on")}
    assert "jam_statin" in found
    assert all("jam_statin" in each.split(", ") for each in found)


def test_a_row_that_could_not_be_read_leaves_a_sum_without_value(warehouse) -> None:
    exact = "select value, upper, is_whole_year, areas_of_country from published.national_sum"
    with holding(warehouse, {"value": 20, **PART}):
        assert warehouse.execute(exact).fetchall() == [(20, 20, True, 32)]
        warehouse.execute(
            "insert into quarantine by name select source, release, 'row 9' as locator, "
            "'labels_are_known' as rule, 'Entidad' as column, 'Xalisco' as found, "
            "'unknown' as message, '' as correction, '' as why_not, "
            "'{}' as row, 'VIC_RECORDED' as indicator, "
            "'2020' as time_period from release where source = 'mex_sesnsp' and is_newest"
        )
        assert warehouse.execute(exact).fetchall() == [(None, None, True, 32)]


def test_a_sum_that_hides_a_part_is_refused(warehouse) -> None:
    """A view that gave a value where a part is hidden would not be switched in."""
    careless = "select 'mex_sesnsp' as source, 'MEX' as country, 'VIC_RECORDED' as indicator, "
    with holding(warehouse, *ONE_IS_HIDDEN):
        warehouse.execute(
            f"create or replace view published.national_sum as {careless} '1' as level, "
            "2020 as year, 22 as value"
        )
        assert refused(warehouse, "no_sum_of_hidden_figures") == [
            ("mex_sesnsp", "MEX", "VIC_RECORDED", 2020)
        ]


def test_every_check_of_disclosure_is_tried() -> None:
    assert set(CHECKS) == {
        *(name for name, _ in BAD),
        "account_adds_up",
        "codes_are_of_their_list",
        "keys_identify_rows",
        "limits_enclose_their_figure",
        "no_rate_or_share_of_hidden_figures",
        "no_sum_of_hidden_figures",
        "objections_find_their_statement",
        "only_what_may_be_passed_on",
        "rows_repeat_their_figure",
        "sentences_are_whole",
        "tables_hold_what_was_published",
    }


LEAKS = {
    "rate": "source, release, locator, ref_area, indicator, time_period, upper as value",
    "share": "source, release, locator, locator as total_locator, ref_area, indicator, "
    "time_period, 100.0 as value",
}


@pytest.mark.parametrize("view", LEAKS)
def test_a_rate_or_share_of_a_hidden_figure_is_refused(warehouse, view: str) -> None:
    """As a mistake in the view would."""
    check = "no_rate_or_share_of_hidden_figures"
    with holding(warehouse, suppressed()):
        assert not refused(warehouse, check)
        warehouse.execute(
            f"create or replace view published.{view} as "
            f"select {LEAKS[view]} from harmonised.observation"
        )
        assert refused(warehouse, check)
