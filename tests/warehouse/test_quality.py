"""Facts on the quality of each source's figures, from cases made up for each."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb
import pytest
from small_warehouse import cells, holding
from tables import table
from warehouse_copies import know

SEXES_ADD_UP, AGES_ADD_UP = "sexes_add_up_to_the_total", "ages_add_up_to_the_total"
ACCOUNT = "insert into rule_account values (?, 'int_unodc_glotip', '2025-01-01', ?, ?, ?)"
KEPT_OUT = (
    "insert into quarantine by name select 'int_unodc_glotip' as source, '2025-01-01' as release, "
    "? as locator, ? as rule, 'Category' as column, '145' as found, 'unknown' as message, "
    "'' as correction, '' as why_not, "
    "'{}' as row, 'ARG' as ref_area, 'VIC_DETECT' as indicator"
)
UNODC = "source = 'int_unodc_glotip' and indicator = 'VIC_DETECT'"


@contextmanager
def releases(warehouse: duckdb.DuckDBPyConnection, *days: str, known_on: str) -> Iterator[None]:
    """A warehouse that knows no other releases than these of UNODC's, and a figure of the last."""
    with holding(warehouse, {"value": 10, "release": days[-1]}):
        warehouse.execute("delete from release where source <> 'int_unodc_glotip'")
        warehouse.execute("create temp table template as from release limit 1; delete from release")
        for day in days:
            warehouse.execute(
                "insert into release select template.* replace (? as release, ? as retrieved, "
                "? as is_newest, ? as is_current) from template",
                [day, known_on, day == days[-1], day == days[-1]],
            )
        yield


def asked(warehouse: duckdb.DuckDBPyConnection, columns: str, where: str = UNODC) -> tuple:
    [found] = warehouse.execute(f"select {columns} from published.quality where {where}").fetchall()
    return found


@pytest.mark.parametrize(
    ("columns", "rows", "source", "answer", "why"), table(__file__, "qualities.csv")
)
def test_some_columns_of_the_row_of_a_source(
    warehouse, columns: str, rows: str, source: str, answer: str, why: str
) -> None:
    """Of UNODC's detected victims, or of the one that is named."""
    with holding(warehouse, *cells(rows)):
        know(warehouse)
        found = asked(warehouse, columns, f"source = '{source}'" if source else UNODC)
    for each, known in zip(found, ast.literal_eval(answer), strict=True):
        assert each == (pytest.approx(known) if isinstance(known, float) else known), why


def test_rows_kept_out_and_their_share(warehouse) -> None:
    with holding(warehouse, *cells("2018: 10 10 10")):
        warehouse.executemany(
            KEPT_OUT, [("row 7", "labels_are_known"), ("row 7", "no_stand_in_for_no_answer")]
        )
        assert asked(warehouse, "kept_out, kept_out_share") == (1, 0.25)


def test_identities_that_hold_fail_and_cannot_be_tested(warehouse) -> None:
    columns = "identities_held, identities_failed, identities_untestable"
    account = [
        (SEXES_ADD_UP, "VIC_DETECT", "holds", 5),
        (AGES_ADD_UP, "VIC_DETECT", "holds", 2),
        (SEXES_ADD_UP, "VIC_DETECT", "exceeds", 3),
        (SEXES_ADD_UP, "VIC_DETECT", "falls short", 1),
        (AGES_ADD_UP, "VIC_DETECT", "untestable", 4),
        (SEXES_ADD_UP, "PER_CONVICT", "exceeds", 9),  # another indicator
        ("later_justice_stages_are_no_larger", "VIC_DETECT", "exceeds", 9),  # flows, no identity
        ("no_jump_without_a_break", "VIC_DETECT", "rises more than threefold", 9),
    ]
    with holding(warehouse, {"value": 10}):
        warehouse.executemany(ACCOUNT, account)
        assert asked(warehouse, columns) == (7, 4, 4)


def test_a_part_in_quarantine_leaves_its_table_aside(warehouse) -> None:
    other = (
        "'A' as freq, 'CY' as time_basis, '2020' as time_period, '_O' as sex, '_T' as age, "
        "'_T' as exploitation, '_T' as citizenship, '_Z' as counterpart_role, '_T' as breakdown"
    )
    with holding(warehouse, *cells("100; F 60; M 30")):
        warehouse.execute(f"{KEPT_OUT}, {other}", ["row 9", "one_row_per_cell"])
        assert asked(warehouse, "unknown_sex_share") == (None,)


@pytest.mark.parametrize(
    ("freq", "basis", "period", "end"),
    [
        ("A", "CY", "2020", "2020-12-31"),
        ("A", "FY0401", "2020", "2021-03-31"),
        ("A", "FY0601", "2020", "2021-05-31"),
        ("A", "FY0701", "2020", "2020-06-30"),
        ("A", "FY1001", "2020", "2020-09-30"),
        ("A", "UNK", "2020", "2020-12-31"),
        ("Q", "CY", "2020-Q1", "2020-03-31"),
        ("M", "CY", "2020-02", "2020-02-29"),
    ],
)
def test_the_end_of_a_period(warehouse, freq: str, basis: str, period: str, end: str) -> None:
    """Rule T2: the year of most of the months, on a tie the later."""
    found = warehouse.execute(
        "select period_end(?, ?, start_mm_dd)::varchar from codelist.time_basis where code = ?",
        [freq, period, basis],
    ).fetchone()
    assert found == (end,)


@pytest.mark.parametrize(
    ("days", "known_on", "between", "overdue"),
    [
        (["2021-01-01", "2022-01-01", "2022-01-31"], "2022-02-01", 197.5, 0),
        (["2021-01-01"], "2023-01-01T10:00:00Z", None, 0),
        (["2021-01-01"], "2023-01-03", None, 2),
    ],
)
def test_punctuality(warehouse, days: list[str], known_on: str, between, overdue: int) -> None:
    """UNODC's next release is to be expected after 730 days."""
    with releases(warehouse, *days, known_on=known_on):
        found = asked(warehouse, "releases, cadence_days, days_between_releases, days_overdue")
    assert found == (len(days), 730, between, overdue)


# The shipped figures -----------------------------------------------------------------------


def test_failed_identities_are_the_cases_of_the_rules(query: Callable) -> None:
    assert query("select sum(identities_failed) from published.quality") == query(
        "select count(*) from rule_result join rule using (rule) join release "
        "using (source, release) where is_current and severity = 'WARN' and kind = 'identity'"
    )


def test_kept_out_rows_are_those_of_the_account(query: Callable) -> None:
    """But those whose indicator could not be read."""
    unread = "select distinct source, release, locator from quarantine where indicator is null"
    [(unread_rows,)] = query(
        f"select count(*) from ({unread}) join release using (source, release) where is_current"
    )
    [(kept_out,)] = query("select sum(kept_out) from published.quality")
    assert query(
        "select sum(row_account.rows) from row_account join release using (source, release) "
        "where is_current and outcome = 'quarantined'"
    ) == [(kept_out + unread_rows,)]


def test_unodc_s_release_came_667_days_after_its_last_year(query: Callable) -> None:
    """2023 ended on 31 December; the release is of 28 October 2025, the first of 30 May 2023."""
    assert query(
        f"select last_period, days_to_release, days_between_releases from published.quality "
        f"where {UNODC}"
    ) == [("2023", 667, 441)]


def test_no_delay_is_reckoned_from_a_day_that_the_publisher_does_not_state(query: Callable) -> None:
    """Statistics Canada did not publish 2021 on the last day of 2021: the copy bears no date."""
    unknown = {"int_repeated": True, "int_reported": True, "int_untc": True}
    assigned = (
        "arg_linea145", "bra_sit", "can_sdg", "can_statcan", "col_mindefensa",
        "int_unodc_profiles", "int_unsd_sdg", "mex_sesnsp", "per_mininter", "per_mpfn",
        "pry_ine", "usa_fbi", "usa_sdg",
    )  # fmt: skip
    assert dict(
        query(
            "select distinct source, days_overdue is not null from published.quality "
            "where days_to_release is null"
        )
    ) == unknown | dict.fromkeys(assigned, False)


def test_a_seventh_of_mexico_s_victims_are_of_unidentified_sex(query: Callable) -> None:
    """1,233 of 8,250 from 2015 to June 2025, in the release of that month."""
    [(share,)] = query(
        "select unknown_sex_share from published.quality where source = 'mex_sesnsp' "
        "and indicator = 'VIC_RECORDED'"
    )
    assert share == pytest.approx(1233 / 8250)
