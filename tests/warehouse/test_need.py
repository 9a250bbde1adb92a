"""Reports that would close the gaps of a state: every need."""

from small_warehouse import cells, holding
from tables import table

from schemas import codelists

YEARS = "2016 2017 2018 2019 2020 2021 2022"
WHOLE = "2016: 10 10 10 10 10 10 10"
OTHER_STATE = cells(f"BRA {WHOLE}")
KEPT_OUT = (
    "insert into quarantine by name select 'int_unodc_glotip' as source, '2025-01-01' as release, "
    "$state as locator, $rule as rule, 'Category' as column, '145' as found, "
    "'unknown' as message, '' as correction, '' as why_not, "
    "'{}' as row, $state as ref_area, 'VIC_DETECT' as indicator, "
    "'2020' as time_period, '_T' as sex"
)


CASES = table(__file__, "needs.csv")
"""A state's figures; the rule that keeps a row of 2020 out; its needs, or of one the years."""


def test_what_is_needed(warehouse) -> None:
    """All cases are asked for at once: a state each. Brazil has some other counts too."""
    states = [state for state in codelists.oas_states() if state != "BRA"]
    rows = [
        {**row, "ref_area": state}
        for state, (observations, *_) in zip(states, CASES, strict=True)
        for row in cells(observations.replace("WHOLE", WHOLE))
    ]
    others = [{**row, "indicator": code} for row in OTHER_STATE
              for code in ("OFF_RECORDED", "VIC_DETECT_RATE", "PER_ARREST")]  # fmt: skip
    with holding(warehouse, *OTHER_STATE, *others, *rows, *cells(f"OFF_RECORDED {WHOLE}")):
        for state, (_, rule, *_) in zip(states, CASES, strict=True):
            if rule:
                warehouse.execute(KEPT_OUT, {"state": state, "rule": rule})
        found = warehouse.execute(
            "select ref_area, indicator, need, periods, states from published.need order by all"
        ).fetchall()
    for state, (_, _, need, years, why) in zip(states, CASES, strict=True):
        wanted = years.replace("YEARS", YEARS).replace("REST", YEARS.replace("2020 ", ""))
        needs = [" ".join([code, *periods]) for area, indicator, code, periods, _ in found
                 if (area, indicator) == (state, "VIC_DETECT")]  # fmt: skip
        assert "; ".join(each for each in needs if need in each) == wanted, why
    asked = {indicator: states for _, indicator, _, _, states in found}
    assert asked["OFF_RECORDED"] == 2, "the states that have it"
    assert asked.keys() == {"VIC_DETECT", "OFF_RECORDED"}, "neither rates nor what no source has"
    of_offences = {code for area, indicator, code, *_ in found
                   if (area, indicator) == ("ARG", "OFF_RECORDED")}  # fmt: skip
    assert of_offences == {"BY_FORM"}, "only what an indicator provides for"


def test_the_share_that_is_unknown_is_that_of_the_worst_year(warehouse) -> None:
    rows = "100; F 40; M 30; sex=_U 30; 2021 100; F 2021 40; M 2021 10; sex=_U 2021 50"
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
