"""Reports that would close the gaps of a state: every need."""

from typing import NamedTuple

import duckdb
import pytest
from small_warehouse import cells, holding

from schemas import codelists

YEARS = [str(year) for year in range(2016, 2023)]
REST = [year for year in YEARS if year != "2020"]
WHOLE = "2016: 10 10 10 10 10 10 10; "
OTHER_STATE = cells(f"BRA {WHOLE}")
PARTS = {"BY_SEX": "F", "BY_AGE": "Y0T17", "BY_FORM": "SX", "BY_CITIZENSHIP": "citizenship=NAT"}
KEPT_OUT = (
    "insert into quarantine by name select 'int_unodc_glotip' as source, '2025-01-01' as release, "
    "$state as locator, $rule as rule, 'Category' as column, '145' as found, "
    "'unknown' as message, '' as correction, '' as why_not, "
    "'{}' as row, $state as ref_area, 'VIC_DETECT' as indicator, "
    "'2020' as time_period, '_T' as sex"
)


class Case(NamedTuple):
    """A state's figures, the years of its needs, and the rule that keeps a row of 2020 out."""

    rows: str
    needs: dict[str, list[str] | None]
    kept_out: str = ""


def parted(*without: str) -> str:
    """Seven years of totals, in 2020 with a part by each dimension but some."""
    parts = (f"{code} 10" for need, code in PARTS.items() if need not in without)
    return WHOLE + "; ".join(parts)


def divided(*never: str) -> dict[str, list[str] | None]:
    """The needs of totals that are divided by each dimension in 2020, but by some in no year."""
    return {need: YEARS if need in never else REST for need in PARTS}


CASES = {
    "no figure": Case("", {"BEGIN": []}),
    "all rows kept out": Case("", {}, "one_row_per_cell"),
    "gaps, and newer years": Case(
        "2017 4; 2020 4", {"FILL": ["2018", "2019"], "UPDATE": ["2021", "2022"]}),
    "before a year that only others repeat": Case(
        "2017 4; 2019 4; source=int_repeated 2022 4",
        {"FILL": ["2018"], "UPDATE": ["2020", "2021"]}),
    "a withdrawn figure": Case(
        "release=2023-05-30 2019 4; 2016: 4 4 4 . 4 4 4", {"FILL": ["2019"]}),
    "years printed as missing": Case(
        "2018: 4 - 4 -", {"FILL": ["2019"], "UPDATE": ["2021", "2022"]}),
    "parts without a total": Case("F 2021: 4 4", {"COMPLETE": ["2021", "2022"]}),
    "all parts": Case(parted(), divided()),
    **{f"not {need}": Case(parted(need), divided(need)) for need in PARTS},
    "suppressed parts": Case(
        WHOLE + "; ".join(f"{code} <5" for code in PARTS.values()), divided()),
    # What a publisher's file spoils, or a reader cannot read, was reported.
    **{
        f"kept out by {rule}": Case(parted("BY_CITIZENSHIP"), divided(), rule)
        for rule in ("labels_are_readable", "labels_are_known", "COPIED_TABLE")
    },
    # Its signs stand in place of no answer.
    "a filled column": Case(parted("BY_CITIZENSHIP"), divided("BY_CITIZENSHIP"), "FILLED_COLUMN"),
    "unknown alone": Case(parted("BY_SEX") + "; sex=_U 10", {"BY_SEX": YEARS}),
    "totals below five": Case("2016: 4 4 4 4 4 4 4", {}),
    "zeros": Case("2016: 0 0 0 0 0 0 0", {}),
    "hidden totals": Case("2016: <5 <5 <5 <5 <5 <5 <5", {}),
    # The state may have reported parts that those who repeat its total left out.
    "a total that only others repeat": Case(
        parted() + "; source=int_repeated 2023 10", divided()),
    "newer years that only an authority of another state prints": Case(
        "2017 4; source=usa_tip_report 2019: 4 . . 4 4",
        {"UPDATE": ["2018", "2019", "2020", "2021", "2022"]}),
    # What another source reports of a later year stands on no page as the figure to cite.
    "a later total of another source": Case(
        WHOLE + "source=usa_tip_report 2023 51", {"BY_SEX": YEARS}),
}  # fmt: skip
PARTLY = ("unknown alone", "a later total of another source")
"""Cases in which one need is looked at."""

UNKNOWN = [
    ("100; F 50; M 40; sex=_U 10", ["2020"]),
    ("100; F 50; M 40; sex=_U age=_U 10", ["2020"]),
    ("100; F 50; M 40; _O 10", None),
    ("100; F 50; M 41; sex=_U 9", None),
    ("100; F 50; M 40; sex=_U <5", None),
    ("20; F 9; M 7", None),
    ("20; F 9; M 6", ["2020"]),
    ("20; Y0T17 9; Y_GE18 6", ["2020"]),
    ("20; F Y0T17 9; M Y0T17 <5", None),
    ("100; F 50; M 40; sex=_U 10; source=int_unsd_sdg 100; source=int_unsd_sdg F 50; "
     "source=int_unsd_sdg M 49; source=int_unsd_sdg sex=_U 1", None),
]  # fmt: skip
"""Rows, and the years for which sex or age is asked for: a tenth at least, five persons at least,
nothing hidden, and no other source that has them."""


def asked(
    warehouse: duckdb.DuckDBPyConnection, indicator: str = "VIC_DETECT", state: str = "ARG"
) -> dict[str, list[str]]:
    """The years of each need of a state."""
    found = warehouse.execute(
        "select need, periods from published.need where ref_area = ? and indicator = ?",
        [state, indicator],
    )
    return dict(found.fetchall())


@pytest.fixture(scope="module")
def needs(warehouse: duckdb.DuckDBPyConnection) -> dict[str, dict[str, list[str]]]:
    """The years of each need in each case, all asked for at once: a state each."""
    cases = [*CASES.values(), *(Case(rows, {}) for rows, _ in UNKNOWN)]
    states = [state for state in codelists.oas_states() if state != "BRA"][: len(cases)]
    rows = [
        {**row, "ref_area": state}
        for state, case in zip(states, cases, strict=True)
        for row in cells(case.rows)
    ]
    with holding(warehouse, *OTHER_STATE, *rows):
        for state, case in zip(states, cases, strict=True):
            if case.kept_out:
                warehouse.execute(KEPT_OUT, {"state": state, "rule": case.kept_out})
        found = warehouse.execute(
            "select ref_area, map(list(need), list(periods)) from published.need "
            "where indicator = 'VIC_DETECT' group by all"
        )
        by_state = dict(found.fetchall())
    names = [*CASES, *range(len(UNKNOWN))]
    return {name: by_state.get(state, {}) for name, state in zip(names, states, strict=True)}


@pytest.mark.parametrize("name", CASES)
def test_what_is_needed(needs, name: str) -> None:
    wanted = CASES[name].needs
    only = wanted if name in PARTLY else needs[name]
    assert {need: needs[name].get(need) for need in only} == wanted


@pytest.mark.parametrize("at", range(len(UNKNOWN)))
def test_persons_of_unknown_sex_or_age(needs, at: int) -> None:
    assert needs[at].get("TELL_UNKNOWN") == UNKNOWN[at][1]


def test_an_indicator_that_no_source_has_is_not_asked_for(warehouse) -> None:
    """It is a need of the project, not of a state."""
    with holding(warehouse, *OTHER_STATE):
        assert asked(warehouse, "PRV_TRAINED") == {}
        [states] = warehouse.execute("select list(distinct states) from published.need").fetchone()
    assert states == [1]


def test_only_what_an_indicator_provides_for_is_asked(warehouse) -> None:
    rows = [{**row, "indicator": "OFF_RECORDED"} for row in [*cells(WHOLE), *OTHER_STATE]]
    with holding(warehouse, *rows):
        assert set(asked(warehouse, "OFF_RECORDED")) == {"BY_FORM"}


def test_rates_and_further_indicators_are_not_asked_for(warehouse) -> None:
    rows = [{**row, "indicator": code} for row in OTHER_STATE
            for code in ("VIC_DETECT_RATE", "PER_ARREST")]  # fmt: skip
    with holding(warehouse, *rows):
        assert (asked(warehouse, "VIC_DETECT_RATE"), asked(warehouse, "PER_ARREST")) == ({}, {})


def test_the_share_that_is_unknown_is_that_of_the_worst_year(warehouse) -> None:
    rows = "100; F 50; M 40; sex=_U 10; 2021 100; F 2021 40; M 2021 10; sex=_U 2021 50"
    with holding(warehouse, *cells(rows)):
        [found] = warehouse.execute(
            "select periods, unknown_share from published.need where need = 'TELL_UNKNOWN'"
        ).fetchall()
    assert found == (["2020", "2021"], 0.5)


def test_order_of_priority(warehouse) -> None:
    """The three main counts first, then newer years, gaps, totals, break-downs, other counts."""
    few = cells("2017 6; 2019 6; F VIC_PRESUMED 2020 6")
    others = [
        {**row, "indicator": code} for row in OTHER_STATE
        for code in ("PER_CONVICT", "VIC_PRESUMED", "AST_ASSISTED")
    ]  # fmt: skip
    with holding(warehouse, *OTHER_STATE, *others, *few):
        found = warehouse.execute(
            "select priority, need_step, indicator, need from published.need "
            "where ref_area = 'ARG' order by priority"
        ).fetchall()
    assert [rank for rank, *_ in found] == list(range(1, len(found) + 1))
    assert [step for _, *step in found] == [
        ["BEGIN_MAIN", "PER_CONVICT", "BEGIN"],
        ["UPDATE", "VIC_DETECT", "UPDATE"],
        ["UPDATE", "VIC_PRESUMED", "UPDATE"],
        ["FILL", "VIC_DETECT", "FILL"],
        ["COMPLETE", "VIC_PRESUMED", "COMPLETE"],
        ["BREAK_DOWN", "VIC_DETECT", "BY_AGE"],
        ["BREAK_DOWN", "VIC_DETECT", "BY_CITIZENSHIP"],
        ["BREAK_DOWN", "VIC_DETECT", "BY_FORM"],
        ["BREAK_DOWN", "VIC_DETECT", "BY_SEX"],
        ["BEGIN_OTHER", "AST_ASSISTED", "BEGIN"],
    ]
