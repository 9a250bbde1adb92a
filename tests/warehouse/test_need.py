"""Reports that would close the gaps of a state: every need."""

from typing import NamedTuple

import duckdb
import pytest
from conftest import suppressed
from small_warehouse import MISSING, Row, holding

from schemas import codelists

YEARS = [str(year) for year in range(2016, 2023)]
REST = [year for year in YEARS if year != "2020"]
WHOLE = [{"value": 10, "time_period": year} for year in YEARS]
OTHER_STATE = [{**row, "ref_area": "BRA"} for row in WHOLE]
PARTS: dict[str, Row] = {
    "BY_SEX": {"sex": "F"},
    "BY_AGE": {"age": "Y0T17"},
    "BY_FORM": {"exploitation": "SX"},
    "BY_CITIZENSHIP": {"citizenship": "NAT"},
}
KEPT_OUT = (
    "insert into quarantine by name select 'int_unodc_glotip' as source, '2025-01-01' as release, "
    "$state as locator, $rule as rule, 'Category' as column, '145' as found, "
    "'unknown' as message, '' as correction, '' as why_not, "
    "'{}' as row, $state as ref_area, 'VIC_DETECT' as indicator, "
    "'2020' as time_period, '_T' as sex"
)


class Case(NamedTuple):
    """A state's rows, the years of its needs, and the rule that keeps a row of 2020 out."""

    rows: list[Row]
    needs: dict[str, list[str] | None]
    kept_out: str = ""


def parted(*without: str) -> list[Row]:
    """Seven years of totals, in 2020 with a part by each dimension but some."""
    return WHOLE + [{"value": 10, **part} for need, part in PARTS.items() if need not in without]


def divided(*never: str) -> dict[str, list[str] | None]:
    """The needs of totals that are divided by each dimension in 2020, but by some in no year."""
    return {need: YEARS if need in never else REST for need in PARTS}


def by_sex(women: int, men: int, **other: object) -> list[Row]:
    return [{"value": 100}, {"value": women, "sex": "F"}, {"value": men, "sex": "M"}, other]


def of_years(*years: str, **row: object) -> list[Row]:
    return [{"value": 4, "time_period": year, **row} for year in years]


CASES = {
    "no figure": Case([], {"BEGIN": []}),
    "all rows kept out": Case([], {}, "one_row_per_cell"),
    "gaps, and newer years": Case(
        of_years("2017", "2020"), {"FILL": ["2018", "2019"], "UPDATE": ["2021", "2022"]}
    ),
    "before a year that only others repeat": Case(
        [*of_years("2017", "2019"), *of_years("2022", source="int_repeated")],
        {"FILL": ["2018"], "UPDATE": ["2020", "2021"]},
    ),
    "a withdrawn figure": Case(
        [*of_years("2019", release="2023-05-30"), *of_years(*YEARS[:3], *YEARS[4:])],
        {"FILL": ["2019"]},
    ),
    "years printed as missing": Case(
        [*of_years("2018", "2020"), *of_years("2019", "2021", **MISSING)],
        {"FILL": ["2019"], "UPDATE": ["2021", "2022"]},
    ),
    "parts without a total": Case(
        of_years("2021", "2022", sex="F"), {"COMPLETE": ["2021", "2022"]}
    ),
    "all parts": Case(parted(), divided()),
    **{f"not {need}": Case(parted(need), divided(need)) for need in PARTS},
    "suppressed parts": Case(WHOLE + [suppressed(**part) for part in PARTS.values()], divided()),
    # What a publisher's file spoils, or a reader cannot read, was reported.
    **{
        f"kept out by {rule}": Case(parted("BY_CITIZENSHIP"), divided(), rule)
        for rule in ("labels_are_readable", "labels_are_known", "COPIED_TABLE")
    },
    # Its signs stand in place of no answer.
    "a filled column": Case(parted("BY_CITIZENSHIP"), divided("BY_CITIZENSHIP"), "FILLED_COLUMN"),
    "unknown alone": Case([*parted("BY_SEX"), {"value": 10, "sex": "_U"}], {"BY_SEX": YEARS}),
    "totals below five": Case(of_years(*YEARS), {}),
    "zeros": Case(of_years(*YEARS, value=0), {}),
    "hidden totals": Case([suppressed(time_period=year) for year in YEARS], {}),
    # The state may have reported parts that those who repeat its total left out.
    "a total that only others repeat": Case(
        [*parted(), {"value": 10, "time_period": "2023", "source": "int_repeated"}], divided()
    ),
    "newer years that only an authority of another state prints": Case(
        [*of_years("2017"), *of_years("2019", "2022", "2023", source="usa_tip_report")],
        {"UPDATE": ["2018", "2019", "2020", "2021", "2022"]},
    ),
    # What another source reports of a later year stands on no page as the figure to cite.
    "a later total of another source": Case(
        [*WHOLE, {"value": 51, "time_period": "2023", "source": "usa_tip_report"}],
        {"BY_SEX": YEARS},
    ),
}
PARTLY = ("unknown alone", "a later total of another source")
"""Cases in which one need is looked at."""

UNKNOWN: list[tuple[list[Row], list[str] | None]] = [
    (by_sex(50, 40, value=10, sex="_U"), ["2020"]),
    (by_sex(50, 40, value=10, sex="_U", age="_U"), ["2020"]),
    (by_sex(50, 40, value=10, sex="_O"), None),
    (by_sex(50, 41, value=9, sex="_U"), None),
    (by_sex(50, 40, **suppressed(sex="_U")), None),
    ([{"value": 20}, {"value": 9, "sex": "F"}, {"value": 7, "sex": "M"}], None),
    ([{"value": 20}, {"value": 9, "sex": "F"}, {"value": 6, "sex": "M"}], ["2020"]),
    ([{"value": 20}, {"value": 9, "age": "Y0T17"}, {"value": 6, "age": "Y_GE18"}], ["2020"]),
    (
        [
            {"value": 20},
            {"value": 9, "sex": "F", "age": "Y0T17"},
            suppressed(sex="M", age="Y0T17"),
        ],
        None,
    ),
    (
        [
            *by_sex(50, 40, value=10, sex="_U"),
            *({**row, "source": "int_unsd_sdg"} for row in by_sex(50, 49, value=1, sex="_U")),
        ],
        None,
    ),
]
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
        for row in case.rows
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
    rows = [{**row, "indicator": "OFF_RECORDED"} for row in [*WHOLE, *OTHER_STATE]]
    with holding(warehouse, *rows):
        assert set(asked(warehouse, "OFF_RECORDED")) == {"BY_FORM"}


def test_rates_and_further_indicators_are_not_asked_for(warehouse) -> None:
    rows = [{**row, "indicator": code} for row in OTHER_STATE
            for code in ("VIC_DETECT_RATE", "PER_ARREST")]  # fmt: skip
    with holding(warehouse, *rows):
        assert (asked(warehouse, "VIC_DETECT_RATE"), asked(warehouse, "PER_ARREST")) == ({}, {})


def test_the_share_that_is_unknown_is_that_of_the_worst_year(warehouse) -> None:
    later = [{**row, "time_period": "2021"} for row in by_sex(40, 10, value=50, sex="_U")]
    with holding(warehouse, *by_sex(50, 40, value=10, sex="_U"), *later):
        [found] = warehouse.execute(
            "select periods, unknown_share from published.need where need = 'TELL_UNKNOWN'"
        ).fetchall()
    assert found == (["2020", "2021"], 0.5)


def test_order_of_priority(warehouse) -> None:
    """The three main counts first, then newer years, gaps, totals, break-downs, other counts."""
    few = [{"value": 6, "time_period": year} for year in ("2017", "2019")]
    part = {"value": 6, "sex": "F", "time_period": "2020", "indicator": "VIC_PRESUMED"}
    others = [
        {**row, "indicator": code} for row in OTHER_STATE
        for code in ("PER_CONVICT", "VIC_PRESUMED", "AST_ASSISTED")
    ]  # fmt: skip
    with holding(warehouse, *OTHER_STATE, *others, *few, part):
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
