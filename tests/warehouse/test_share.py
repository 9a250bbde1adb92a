"""Shares: exact where part and total are, an interval of a suppressed part, else withheld."""

from collections.abc import Callable

import duckdb
import pandas as pd
import pytest
from attack import given_away
from conftest import suppressed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_warehouse import MISSING, Row, holding
from statements import printed, read, statements

TOTAL = {"value": 100}


def shares(warehouse: duckdb.DuckDBPyConnection, *rows: Row) -> dict[str, tuple]:
    """Value, bounds and reason by the codes of the part."""
    with holding(warehouse, *rows):
        found = warehouse.execute(
            "select concat_ws(' ', nullif(sex, '_T'), nullif(age, '_T'), "
            "nullif(exploitation, '_T')), value, lower, upper, withholding from published.share"
        ).fetchall()
    return {part: tuple(rest) for part, *rest in found}


def test_women_and_children_of_the_printed_total(warehouse) -> None:
    found = shares(
        warehouse, TOTAL, {"value": 75, "sex": "F"}, {"value": 25, "sex": "M"},
        {"value": 30, "age": "Y0T17"}, {"value": 20, "sex": "F", "age": "Y0T17"},
    )  # fmt: skip
    assert found == {
        "F": (75, 75, 75, None), "M": (25, 25, 25, None), "Y0T17": (30, 30, 30, None),
        "F Y0T17": (20, 20, 20, None),
    }  # fmt: skip


def test_the_part_of_the_total_that_its_parts_cover(warehouse) -> None:
    with holding(warehouse, TOTAL, {"value": 20, "sex": "F"}, {"value": 30, "sex": "M"}):
        found = warehouse.execute("select distinct covered from published.share").fetchall()
    assert found == [(50,)]


def test_forms_may_exceed_one_hundred_together(warehouse) -> None:
    found = shares(
        warehouse, TOTAL, {"value": 80, "exploitation": "SX"}, {"value": 60, "exploitation": "FL"}
    )
    assert {part: value for part, (value, *_) in found.items()} == {"SX": 80, "FL": 60}


@pytest.mark.parametrize("women", [97, 80])
def test_the_share_of_a_suppressed_part_alone_is_an_interval(warehouse, women: int) -> None:
    """Part and total are printed beside each other: their ratio reveals no more."""
    found = shares(warehouse, TOTAL, {"value": women, "sex": "F"}, suppressed(sex="M"))
    assert found == {"F": (women, women, women, None), "M": (None, 0, 4, None)}


def test_no_part_is_more_than_the_total(warehouse) -> None:
    assert shares(warehouse, {"value": 3}, suppressed(sex="M")) == {"M": (None, 0, 100, None)}


def test_sexes_that_exceed_the_total_have_no_shares(warehouse) -> None:
    found = shares(warehouse, TOTAL, {"value": 70, "sex": "F"}, {"value": 40, "sex": "M"})
    assert found == dict.fromkeys("FM", (None, None, None, "CONTRADICTED"))


@pytest.mark.parametrize(
    ("total", "part", "why"),
    [
        (suppressed(), {"value": 3, "sex": "F"}, "SUPPRESSED"),
        ({"value": 0}, {"value": 0, "sex": "F"}, "ZERO_TOTAL"),
        ({"value": 0}, {"value": 7, "sex": "F"}, "CONTRADICTED"),
        (TOTAL, {"value": 130, "exploitation": "SX"}, "CONTRADICTED"),
        (
            TOTAL,
            {**MISSING, "sex": "F"},
            "NO_FIGURE",
        ),
    ],
)
def test_a_share_is_withheld_with_the_reason(warehouse, total: Row, part: Row, why: str) -> None:
    [found] = shares(warehouse, total, part).values()
    assert found == (None, None, None, why)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    women=st.integers(0, 40), men=st.integers(0, 40), girls=st.integers(0, 9),
    boys=st.integers(0, 9), others=st.integers(0, 6),
)  # fmt: skip
def test_shares_reveal_no_more_than_the_print(warehouse, others: int, **persons: int) -> None:
    """An attack on figures below five finds as many with the shares as without them."""
    of = {
        "F": persons["women"] + persons["girls"],
        "M": persons["men"] + persons["boys"],
        "_O": others,
    }
    ages = {
        "Y0T17": persons["girls"] + persons["boys"],
        "Y_GE18": persons["women"] + persons["men"],
    }
    parts = [{"sex": sex, "value": count} for sex, count in of.items()]
    parts += [{"age": age, "value": count} for age, count in ages.items()]
    parts += [{"sex": "F", "age": "Y0T17", "value": persons["girls"]}]
    rows = [{"value": 5 + sum(of.values())}, *parts]
    with holding(warehouse, *(suppressed(**row) if row["value"] < 5 else row for row in rows)):
        prints = printed(warehouse)
        shares = statements(read(warehouse, "published.share").assign(is_share=True))
    assert len(shares) == len(parts)
    both = pd.concat([prints, shares])
    assert given_away(both, overlap=False) == given_away(prints, overlap=False)


def test_shipped_shares_are_exact_wherever_part_and_total_are(query: Callable) -> None:
    [(exact, intervals, outside, blurred)] = query(
        "select count(share.value), count(*) filter (share.value is null and share.upper > 0), "
        "count(*) filter (share.lower < 0 or share.upper > 100), "
        "count(*) filter (share.value is null and part.value is not null and total.value > 0 "
        "and coalesce(withholding, '') not in ('CONTRADICTED', 'DOUBTFUL')) from published.share "
        "join published.observation as part using (source, release, locator, time_period) "
        "join published.observation as total on total.source = share.source "
        "and total.release = share.release and total.locator = share.total_locator "
        "and total.time_period = share.time_period"
    )
    assert exact > 2500
    assert intervals > 500
    assert (outside, blurred) == (0, 0)


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        (("COL", "2020", "M", "_T"), 100 * 15 / 104),
        (("HND", "2012", "_T", "Y0T17"), 100),
    ],
)
def test_known_shares(query: Callable, cell: tuple, share: float) -> None:
    [(found,)] = query(
        "select value from published.share where source = 'int_unodc_glotip' "
        f"and indicator = 'VIC_DETECT' and (ref_area, time_period, sex, age) = {cell} "
        "and exploitation = '_T'"
    )
    assert found == pytest.approx(share)
