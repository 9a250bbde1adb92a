"""Facts on the quality of each source's figures, from cases made up for each."""

import ast
from collections.abc import Iterator
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
