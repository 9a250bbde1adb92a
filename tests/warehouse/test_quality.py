"""Facts on the quality of each source's figures, from cases made up for each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb
import pytest
from small_warehouse import cells, holding
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


def quality(
    warehouse: duckdb.DuckDBPyConnection, columns: str, rows: str, where: str = UNODC
) -> tuple:
    """Some columns of the row of UNODC's detected victims, if these are the figures."""
    with holding(warehouse, *cells(rows)):
        know(warehouse)
        return asked(warehouse, columns, where)


def asked(warehouse: duckdb.DuckDBPyConnection, columns: str, where: str = UNODC) -> tuple:
    [found] = warehouse.execute(f"select {columns} from published.quality where {where}").fetchall()
    return found


def test_relevance(warehouse) -> None:
    rows = "2015 10; CHL F 2018 <5; BRA 2017 citizenship=NAT 2; ESP 2017 2"
    columns = "is_core, wp_objectives, states, first_period, last_period, breakdowns"
    expected = (True, ["6"], 3, "2015", "2018", ["CITIZENSHIP", "SEX"])
    assert quality(warehouse, columns, rows) == expected


def test_figures_count_with_those_that_are_suppressed(warehouse) -> None:
    assert quality(warehouse, "figures, suppressed", "10; F <5; M -") == (2, 1)


def test_rows_kept_out_and_their_share(warehouse) -> None:
    assert quality(warehouse, "kept_out, kept_out_share", "2018: 10 10 10") == (0, 0)
    with holding(warehouse, *cells("2018: 10 10 10")):
        warehouse.executemany(
            KEPT_OUT, [("row 7", "labels_are_known"), ("row 7", "no_stand_in_for_no_answer")]
        )
        assert asked(warehouse, "kept_out, kept_out_share") == (1, 0.25)


def test_identities_that_hold_fail_and_cannot_be_tested(warehouse) -> None:
    columns = "identities_held, identities_failed, identities_untestable"
    assert quality(warehouse, columns, "10") == (None, None, None)
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


@pytest.mark.parametrize(
    ("rows", "sex", "age"),
    [
        ("100; F 60; M 30; sex=_U 10", 0.1, None),
        ("100; F 60; M 30", 0.1, None),
        ("100; F 60; M 30; sex=_U <5", None, None),
        ("<5; F 60; M 30", None, None),
        ("80; F 60; M 30", 0, None),
        ("100; Y_GE18 75", None, 0.25),
        ("100; Y14T17 50; Y_GE18 30; Y0T17 60", None, 0.1),
        ("F Y0T17 60; M age=_U 20; sex=_U age=_U 20", 0.2, 0.4),
    ],
)
def test_persons_of_unknown_sex_and_age(warehouse, rows: str, sex, age) -> None:
    found = quality(warehouse, "unknown_sex_share, unknown_age_share", rows)
    assert found == (pytest.approx(sex), pytest.approx(age))


def test_a_part_in_quarantine_leaves_its_table_aside(warehouse) -> None:
    other = (
        "'A' as freq, 'CY' as time_basis, '2020' as time_period, '_O' as sex, '_T' as age, "
        "'_T' as exploitation, '_T' as citizenship, '_Z' as counterpart_role, '_T' as breakdown"
    )
    with holding(warehouse, *cells("100; F 60; M 30")):
        warehouse.execute(f"{KEPT_OUT}, {other}", ["row 9", "one_row_per_cell"])
        assert asked(warehouse, "unknown_sex_share") == (None,)


def test_revisions_of_a_release_against_the_one_before(warehouse) -> None:
    before = "release=2023-05-30 2018"
    rows = (
        f"{before} 100; 2018 110; {before} F 50; F 2018 35; {before} M 9; M 2018 <5; "
        f"{before} _O 7; _O 2018 7"
    )
    revisions, median = quality(warehouse, "revisions, revision_median", rows)
    assert (revisions, median) == (3, pytest.approx((0.1 + 0.3) / 2))


def test_a_single_release_says_nothing_of_revisions(warehouse) -> None:
    columns = "releases, revisions, revision_median, days_between_releases"
    found = quality(warehouse, columns, "source=int_unsd_sdg 10", "source = 'int_unsd_sdg'")
    assert found == (1, None, None, None)


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


def test_days_from_the_end_of_the_last_period_to_its_first_release(warehouse) -> None:
    rows = "release=2023-05-30 2022 10; 2022 10"
    assert quality(warehouse, "days_to_release", rows) == (150,)


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


def test_pairs_with_other_sources(warehouse) -> None:
    rows = (
        "10; 2019 20; F 5; source=int_unsd_sdg 10; source=int_unsd_sdg 2019 30; "
        "source=int_reported 2018 <5"
    )
    for source, pairs in (
        ("int_unodc_glotip", (2, 1)), ("int_unsd_sdg", (2, 1)), ("int_reported", (0, 0)),
    ):  # fmt: skip
        where = f"source = '{source}'"
        assert quality(warehouse, "pairs, pairs_agreeing", rows, where) == pairs


def test_most_common_and_least_comparability(warehouse) -> None:
    columns, cumulated = "comparability, least_comparability", "2019 time_basis=CUM 99"
    assert quality(warehouse, columns, "2017: 10 10") == ("2", "2")
    assert quality(warehouse, columns, f"2017: 10 10; {cumulated}") == ("2", "4")
    assert quality(warehouse, columns, f"2017 10; {cumulated}") == ("4", "4")


def test_accessibility(warehouse) -> None:
    words, *facts = quality(warehouse, "licence, redistribute, is_fetched", "10")
    assert "United Nations terms of use" in words
    assert facts == [True, True]
    by_hand = quality(warehouse, "is_fetched", "source=int_unsd_sdg 10", "source = 'int_unsd_sdg'")
    assert by_hand == (False,)


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
