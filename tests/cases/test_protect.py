"""Small counts are hidden, and what hides them is the least that protects them."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from case_tables import STATE, by_area, plan, random_cells, releases, statuses, with_late_cases

from pipelines.cases.errors import CaseError
from pipelines.cases.printed import COLUMNS
from pipelines.cases.protect import Policy, protect

POLICY = Policy(STATE, "2021-06-30")
ONE_WAY = plan(nation=0, area=0)


def hidden(counts: list[int]) -> dict[int, str]:
    """Return the conf_status of what is hidden: 0 the total, then the areas."""
    found = statuses(protect(by_area(counts), ONE_WAY, POLICY))
    order = [STATE, *sorted(set(found) - {STATE})]
    return {place: found[area] for place, area in enumerate(order) if found[area] != "F"}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([391, 127, 6, 17], {3: "A", 4: "S"}),
        ([400, 144, 0, 121], {}),
        ([100, 60, 4, 11], {2: "S", 3: "A", 4: "S"}),  # beside 11 alone, 4 could not be 9
        ([100, 4, 5], {1: "S", 2: "A", 3: "A"}),
        ([100, 9, 9], {1: "S", 2: "A", 3: "A"}),
        ([6, 12], {1: "C", 2: "C"}),
        ([9, 9, 0], {1: "C", 2: "C"}),
        ([5, 7], {1: "C", 2: "C"}),
        ([3, 0], {0: "A"}),  # its parts are not printed
        ([100, 200], {}),
    ],
)
def test_known_answers(counts: list[int], expected: dict[int, str]) -> None:
    assert hidden(counts) == expected


def test_bounds_are_those_of_the_status() -> None:
    printed = protect(by_area([391, 127, 6, 17]), ONE_WAY, POLICY).set_index("ref_area")
    bounds = printed[["value", "lower", "upper"]].astype(object).where(printed.notna(), None)
    assert list(bounds.loc["BR-01"]) == [127, None, None]
    assert list(bounds.loc["BR-02"]) == [None, 1, 9]
    assert list(bounds.loc["BR-03"]) == [None, 10, 541]
    alike = protect(by_area([9, 9, 0]), ONE_WAY, POLICY).set_index("ref_area")
    assert list(alike.loc["BR-01", ["lower", "upper"]]) == [1, 18]
    assert alike.loc["BR-02", "value"] == 0


def by_sex_and_area(counts: dict[str, list[int]]) -> pd.DataFrame:
    return pd.concat(by_area(each).assign(sex=sex) for sex, each in counts.items())


def test_the_threshold_is_that_of_the_detail() -> None:
    cells = by_sex_and_area({"F": [50, 20], "M": [30, 40], "_O": [7, 40]})
    nation = protect(by_sex_and_area({"F": [50], "M": [7]}), plan(1, -1), POLICY)
    assert set(nation["value"]) == {57, 50, 7}
    areas = protect(cells, plan(1, 1), POLICY).set_index(["ref_area", "sex"])
    assert list(areas.loc[("BR-00", "_O"), ["lower", "upper"]]) == [1, 9]


def test_parts_of_a_small_count_are_not_printed() -> None:
    cells = by_sex_and_area({"F": [50, 3], "M": [30, 0]})
    printed = protect(cells, plan(1, 1), POLICY)
    assert set(printed.loc[printed["ref_area"] == "BR-01", "sex"]) == {"_T"}


def test_persons_of_whom_something_is_unknown_are_hidden_for_others_first() -> None:
    cells = by_area([0]).drop(columns=["sex", "count"]).merge(
        pd.DataFrame({"sex": ["F", "M", "_O", "_U"], "count": [71, 20, 2, 5]}), how="cross"
    ).assign(ref_area="_U")  # fmt: skip
    printed = protect(cells, plan(1, -1), POLICY).set_index("sex")
    assert dict(printed["conf_status"]) == {"_T": "F", "F": "F", "M": "F", "_O": "A", "_U": "S"}
    assert printed.loc["_U", "lower"] == 0


def test_what_nothing_protects_is_left_out() -> None:
    cells = by_sex_and_area({"F": [3], "M": [2], "_O": [1]}).assign(ref_area="_U")
    printed = protect(cells, plan(1, -1), POLICY)
    assert list(printed["value"]) == [6]


def test_small_changes_are_printed_as_intervals_until_the_yearly_revision() -> None:
    first, second = by_area([100, 50, 40]), by_area([104, 50, 75])
    before = protect(first, ONE_WAY, POLICY)
    after = protect(second, ONE_WAY, Policy(STATE, "2022-06-30"), before).set_index("ref_area")
    assert list(after.loc["BR-00", ["lower", "upper", "conf_status"]]) == [100, 109, "Q"]
    hidden = after[after["conf_status"] != "F"]
    assert len(hidden) > 1, "the total would tell the change"
    revision = Policy(STATE, "2022-06-30", is_yearly_revision=True)
    revised = protect(second, ONE_WAY, revision, before)
    assert (revised["conf_status"] == "F").all()


def test_withdrawn_cases_are_refused() -> None:
    before = protect(by_area([100, 50]), ONE_WAY, POLICY)
    with pytest.raises(CaseError, match="2 figures are lower than an earlier release"):
        protect(by_area([90, 50]), ONE_WAY, Policy(STATE, "2022-06-30"), before)


def test_the_same_input_gives_the_same_table_on_a_busy_machine() -> None:
    cells = random_cells(3)
    orders = [cells, *(cells.sample(frac=1, random_state=seed) for seed in range(4))]
    alone = protect(orders[0], plan(2, 1), POLICY)
    with ThreadPoolExecutor(len(orders)) as at_once:
        others = list(at_once.map(lambda order: protect(order, plan(2, 1), POLICY), orders[1:]))
    assert tuple(alone.columns) == COLUMNS
    for other in others:
        pd.testing.assert_frame_equal(alone, other)


def test_every_planned_cell_is_printed_once() -> None:
    cells = random_cells(4)
    printed = releases([cells, with_late_cases(cells, 4, 300)], plan(1, 1))
    codes = [set(cells[name]) for name in ("sex", "age", "exploitation")]
    sizes = [1 + sum(map(len, codes))] * (1 + cells["ref_area"].nunique())
    assert len(printed) == 2 * sum(sizes)
    assert not printed.duplicated(list(COLUMNS[:8])).any()
    assert list(itertools.chain(sorted(set(printed["release"])))) == ["2021-06-30", "2022-06-30"]


@pytest.mark.parametrize("victims", [20, 60, 500])
def test_the_total_of_the_state_is_printed(victims: int) -> None:
    printed = protect(random_cells(4, victims=victims), plan(2, 1), POLICY)
    totals = (printed[["sex", "age", "exploitation"]] == "_T").all(axis=1)
    totals &= printed["ref_area"] == STATE
    assert set(printed.loc[totals, "conf_status"]) == {"F"}


def test_small_counts_do_not_follow_from_other_indicators_of_the_same_persons() -> None:
    counts = {"VIC_IDENT": [28, 19], "VIC_PRESUMED": [4, 6], "VIC_DETECT": [32, 25]}
    cells = pd.concat(
        by_sex_and_area({"F": [women], "M": [men]}).assign(indicator=name)
        for name, (women, men) in counts.items()
    )
    printed = protect(cells, plan(1, -1), POLICY).set_index(["indicator", "sex"])
    lower, upper = (printed["value"].fillna(printed[end]) for end in ("lower", "upper"))
    assert printed.loc[("VIC_PRESUMED", "F"), "conf_status"] == "C"
    assert lower["VIC_DETECT", "F"] - upper["VIC_IDENT", "F"] <= 1
    alone = cells[cells["indicator"] != "VIC_PRESUMED"]
    assert (protect(alone, plan(1, -1), POLICY)["conf_status"] == "F").all()


def test_an_indicator_with_nothing_left_waits_until_the_others_have_given_up() -> None:
    """Those presumed have no subdivision, so they have fewer tables to leave out."""
    before = by_sex_and_area({"F": [40], "M": [40], "_O": [40]}).assign(time_period="2019")
    there = by_sex_and_area({"F": [27], "M": [30]})
    late = by_sex_and_area({"F": [1], "_O": [2]}).assign(ref_area="_U")
    found = {
        "VIC_IDENT": [before, there], "VIC_PRESUMED": [late], "VIC_DETECT": [before, there, late],
    }  # fmt: skip
    cells = pd.concat(each.assign(indicator=name) for name in found for each in found[name])
    printed = protect(cells, plan(1, 1), POLICY)
    nation = printed[(printed["ref_area"] == STATE) & (printed["time_period"] == "2020")]
    assert dict(nation.loc[nation["sex"] == "_T", ["indicator", "value"]].to_numpy()) == {
        "VIC_DETECT": 60, "VIC_IDENT": 57,
    }  # fmt: skip
    assert "VIC_PRESUMED" not in set(nation["indicator"])
