"""Shares: exact where part and total are, an interval of a suppressed part, else withheld."""

import pandas as pd
import pytest
from attack import given_away
from conftest import suppressed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_warehouse import cells, holding
from statements import printed, read, statements
from tables import table


@pytest.mark.parametrize(("rows", "shares", "why"), table(__file__, "shares.csv"))
def test_shares(warehouse, rows: str, shares: str, why: str) -> None:
    """A part by its codes, value and bounds, and the reason why they are withheld."""
    with holding(warehouse, *cells(rows)):
        found = warehouse.execute(
            "select nullif(sex, '_T'), nullif(age, '_T'), nullif(exploitation, '_T'), value, "
            "lower, upper, withholding from published.share"
        ).fetchall()
    texts = []
    for *codes, value, lower, upper, reason in found:
        figures = ("-" if each is None else f"{each:g}" for each in (value, lower, upper))
        texts.append(" ".join([*filter(None, codes), *figures, *filter(None, [reason])]))
    assert "; ".join(sorted(texts)) == shares, why


def test_the_part_of_the_total_that_its_parts_cover(warehouse) -> None:
    with holding(warehouse, *cells("100; F 20; M 30")):
        found = warehouse.execute("select distinct covered from published.share").fetchall()
    assert found == [(50,)]


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
