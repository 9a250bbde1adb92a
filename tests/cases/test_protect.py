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
        ([400, 144, 0, 121], {3: "A", 4: "S"}),
        ([100, 60, 4, 11], {2: "S", 3: "A", 4: "S"}),  # beside 11 alone, 4 could not be 9
        ([100, 4, 5], {2: "A", 3: "A"}),
        ([100, 9, 9], {1: "S", 2: "A", 3: "A"}),
        ([6, 12], {0: "S", 1: "A", 2: "S"}),
        ([9, 9], {0: "C", 1: "C", 2: "C"}),
        ([5, 7], {0: "C", 1: "C", 2: "C"}),
        ([100, 200], {}),
    ],
)
def test_known_answers(counts: list[int], expected: dict[int, str]) -> None:
    assert hidden(counts) == expected


def test_bounds_are_those_of_the_status() -> None:
    printed = protect(by_area([391, 127, 6, 17]), ONE_WAY, POLICY).set_index("ref_area")
    bounds = printed[["value", "lower", "upper"]].astype(object).where(printed.notna(), None)
    assert list(bounds.loc["BR-01"]) == [127, None, None]
    assert list(bounds.loc["BR-02"]) == [None, 0, 9]
    assert list(bounds.loc["BR-03"]) == [None, 10, 541]
    alike = protect(by_area([9, 9]), ONE_WAY, POLICY)
    assert (alike["lower"] == 0).all()
    assert alike["upper"].isna().all()


def test_printed_zeros_leave_small_counts_from_one() -> None:
    policy = Policy(STATE, "2021-06-30", zeros_are_small=False)
    printed = protect(by_area([391, 0, 6, 17]), ONE_WAY, policy).set_index("ref_area")
    assert printed.loc["BR-01", "value"] == 0
    assert list(printed.loc["BR-02", ["lower", "upper"]]) == [1, 9]
    with pytest.raises(CaseError, match="do as before"):
        protect(by_area([391, 0, 6, 17]), ONE_WAY, POLICY, printed.reset_index())


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
    printed = releases([cells, with_late_cases(cells, 4, 30)], plan(1, 1))
    codes = [set(cells[name]) for name in ("sex", "age", "exploitation")]
    sizes = [1 + sum(map(len, codes))] * (1 + cells["ref_area"].nunique())
    assert len(printed) == 2 * sum(sizes)
    assert not printed.duplicated(list(COLUMNS[:8])).any()
    assert list(itertools.chain(sorted(set(printed["release"])))) == ["2021-06-30", "2022-06-30"]


def test_the_total_of_the_state_is_hidden_last() -> None:
    printed = protect(random_cells(4), plan(2, 1), POLICY)
    totals = (printed[["sex", "age", "exploitation"]] == "_T").all(axis=1)
    assert set(printed.loc[totals, "conf_status"]) == {"F"}
