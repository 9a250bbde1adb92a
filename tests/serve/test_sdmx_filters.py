"""Filters select what a plain loop over the rows of the extracts selects."""

import calendar
from itertools import groupby
from urllib.parse import quote

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from sdmx_answers import extract_rows, in_order, rows_of

FLOW = "v2/data/dataflow/TIPSTAT/DF_NATIONAL/1.4.0"
NUMBERS = ("OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND")
CODED = ("REF_AREA", "INDICATOR", "OBS_STATUS", "DATA_SOURCE", "TIME_BASIS", "BREAK_REASON")
TEXTS = ("LOCATOR", "COMMENT_OBS", "REMARKS", "RELEASE")
ORDERED = {
    "eq": lambda one, other: one == other,
    "ne": lambda one, other: one != other,
    "lt": lambda one, other: one < other,
    "le": lambda one, other: one <= other,
    "gt": lambda one, other: one > other,
    "ge": lambda one, other: one >= other,
}
WITHIN = {
    "co": lambda cell, part: part in cell,
    "nc": lambda cell, part: part not in cell,
    "sw": lambda cell, part: cell.startswith(part),
    "ew": lambda cell, part: cell.endswith(part),
}


@pytest.fixture(scope="module")
def rows(sdmx_version):
    return extract_rows(sdmx_version, "national")


def holds(row: dict[str, str], name: str, operator: str, value: str) -> bool:
    """Whether a condition holds: a missing cell is not equal to anything, and contains nothing."""
    cell = row.get(name)
    if operator in WITHIN:
        return operator == "nc" if cell is None else WITHIN[operator](cell, value)
    if cell is None or (name in NUMBERS and cell == "NaN"):
        return operator == "ne"
    if name in NUMBERS:
        return ORDERED[operator](float(cell), float(value))
    if name == "TIME_PERIOD" and operator not in ("eq", "ne"):
        # From the first day of what is asked, until its last one; before, and after it.
        asked = {
            "ge": days(value)[0],
            "lt": days(value)[0],
            "le": days(value)[1],
            "gt": days(value)[1],
        }
        own = days(cell)[0 if operator in ("ge", "gt") else 1]
        return ORDERED[operator](own, asked[operator])
    return ORDERED[operator](cell, value)


def days(period: str) -> tuple[str, str]:
    year = int(period[:4])
    if len(period) == 4:
        return f"{year}-01-01", f"{year}-12-31"
    if "Q" in period:
        last = 3 * int(period[-1])
        return f"{year}-{last - 2:02}-01", f"{year}-{last:02}-{calendar.monthrange(year, last)[1]}"
    if len(period) == 7:
        month = int(period[5:])
        return f"{period}-01", f"{period}-{calendar.monthrange(year, month)[1]}"
    return period, period


@pytest.fixture(scope="module")
def queries(rows):
    """Queries: conditions on up to three components, areas, and how many of each series."""
    condition = {}
    for name in (*NUMBERS, *CODED, *TEXTS, "TIME_PERIOD"):
        # A comma and a plus sign are operators, so a value ends before them.
        cells = {row[name].split(",")[0].split("+")[0] for row in rows if name in row}
        plain = sorted(cell for cell in cells - {"NaN"} if len(cell) < 60)
        values = st.sampled_from(plain[:: 1 + len(plain) // 12])
        if name == "TIME_PERIOD":
            values |= st.sampled_from(["2015-07", "2016-Q1", "2018-Q4", "2012-02-29", "2020-12-31"])
        compared = st.tuples(st.sampled_from([*ORDERED]), values)
        parts = st.builds(
            lambda cell, start: cell[start % len(cell) :][:6], values, st.integers(0, 20)
        )
        condition[name] = compared
        if name not in NUMBERS:
            condition[name] |= st.tuples(st.sampled_from([*WITHIN]), parts)
    filters = st.one_of([
        st.tuples(
            st.just(name), st.lists(st.lists(each, min_size=1, max_size=2), min_size=1, max_size=3)
        )
        for name, each in condition.items()
    ])  # fmt: skip
    return st.tuples(
        st.lists(filters, min_size=1, max_size=3, unique_by=lambda each: each[0]),
        st.lists(st.sampled_from(["BRA", "MEX", "PER", "*", ""]), max_size=2),
        st.sampled_from([None, ("first", 1), ("last", 2)]),
    )


@pytest.fixture(scope="module")
def loop(rows):
    """The rows that a query selects; a function, since Hypothesis prints every fixture."""
    return lambda *query: selected(rows, *query)


@settings(max_examples=100)
@given(data=st.data())
def test_conditions_select_what_a_loop_selects(ask, loop, queries, data) -> None:
    drawn, areas, number = data.draw(queries)
    query = [
        f"c[{name}]="
        + ",".join(
            "+".join(f"{sign}:{quote(cell, safe='')}" for sign, cell in both) for both in either
        )
        for name, either in drawn
    ]
    query += [f"{number[0]}NObservations={number[1]}"] if number else []
    key = ",".join(f"A.{area}" for area in areas) or "*"
    answer = ask(f"{FLOW}/{key}?{'&'.join([*query, 'format=csv'])}")
    found = [] if answer.status == 204 else rows_of(answer, "csv")
    assert in_order(found) == in_order(loop(drawn, areas, number))


def selected(rows, drawn, areas, number):
    """The rows that a query selects, by a loop over all."""
    wanted = [
        row
        for row in rows
        if all(
            any(all(holds(row, name, *each) for each in both) for both in either)
            for name, either in drawn
        )
        and (not areas or any(area in ("*", "", row["REF_AREA"]) for area in areas))
    ]
    if not number:
        return wanted
    series = lambda row: (row["REF_AREA"], row["INDICATOR"])  # noqa: E731
    ends = slice(number[1]) if number[0] == "first" else slice(-number[1], None)
    ordered = sorted(wanted, key=lambda row: (*series(row), row["TIME_PERIOD"]))
    return [row for _, its in groupby(ordered, series) for row in [*its][ends]]


def test_a_condition_without_operator_is_equality(ask, rows) -> None:
    wanted = [row for row in rows if row["REF_AREA"] in ("BRA", "PER")]
    answer = ask(f"{FLOW}/*?c[REF_AREA]=BRA,PER&format=csv")
    assert in_order(rows_of(answer, "csv")) == in_order(wanted)


def test_both_versions_of_the_api_select_alike(ask) -> None:
    one = ask(
        f"{FLOW}/A.BRA.VIC_DETECT,A.MEX.VIC_DETECT?format=csv&c[TIME_PERIOD]=ge:2015%2Ble:2020"
    )
    key = "v1/data/TIPSTAT,DF_NATIONAL,1.4.0/A.BRA+MEX.VIC_DETECT/all/"
    other = ask(f"{key}?startPeriod=2015&endPeriod=2020", "text/csv")
    assert one.body == other.body
    assert {row["REF_AREA"] for row in rows_of(one, "csv")} == {"BRA", "MEX"}


def test_pages_of_an_answer_are_the_whole(ask) -> None:
    whole = rows_of(ask(f"{FLOW}/A.BRA?format=csv&sort=TIME_PERIOD:desc"), "csv")
    years = [row["TIME_PERIOD"] for row in whole]
    assert years == sorted(years, reverse=True)
    parts = [
        rows_of(
            ask(f"{FLOW}/A.BRA?format={form}&sort=TIME_PERIOD:desc&limit=20&offset={start}"), form
        )
        for form in ("csv", "jsondata")
        for start in range(0, len(whole), 20)
    ]
    assert in_order(row for part in parts[: len(parts) // 2] for row in part) == in_order(whole)
    assert in_order(row for part in parts[len(parts) // 2 :] for row in part) == in_order(whole)


def test_only_the_columns_asked_for_come(ask) -> None:
    answer = ask(f"{FLOW}/A.BRA?format=csv&attributes=OBS_STATUS,UNIT_MEASURE&measures=none")
    header = answer.body.split(b"\n")[0].decode().split(",")[3:]
    assert header == ["FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_STATUS", "UNIT_MEASURE"]
    bare = ask("v1/data/DF_NATIONAL/A.BRA./?detail=dataonly&format=csv10").body.split(b"\n")[0]
    assert bare.decode().split(",")[-1] == "OBS_VALUE"
