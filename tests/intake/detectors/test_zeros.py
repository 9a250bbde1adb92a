"""Noughts that other figures refute, or that stand where nothing was reported; and sound ones."""

import pandas as pd
import pytest

from detectors.invented import STATES, figures, found

ZERO = 0
SEXES = ({"sex": "F"}, {"sex": "M"})


def reasons(frame: pd.DataFrame, before: pd.DataFrame | None = None) -> dict[int, tuple[str, str]]:
    """Return the reason and effect of each nought that was not reported, by row."""
    return by_row(found(frame, "UNREPORTED_ZERO", before))


def refuted(frame: pd.DataFrame, before: pd.DataFrame | None = None) -> dict[int, str]:
    """Return the reason of each nought that other figures refute, by row."""
    reasons = by_row(found(frame, "REFUTED_ZERO", before))
    assert {effect for _, effect in reasons.values()} <= {"DOUBTFUL"}
    return {row: reason for row, (reason, _) in reasons.items()}


def by_row(findings: pd.DataFrame) -> dict[int, tuple[str, str]]:
    return {row: (reason, effect) for row, reason, effect in
            findings[["row", "reason", "effect"]].itertuples(index=False)}  # fmt: skip


def test_who_convicted_nobody_says_so() -> None:
    nobody = [{"value": ZERO, "indicator": "PER_CONVICT", **sex} for sex in ({}, *SEXES)]
    assert reasons(figures(*nobody), figures(*nobody)) == {}
    assert refuted(figures(*nobody), figures(*nobody)) == {}


MISSING = {"lower": None, "upper": None}
"""A figure printed as `..`: it has neither value nor bounds."""


def test_a_missing_figure_is_no_nought() -> None:
    sexes = [{**sex, "value": value} for sex, value in zip(SEXES, (10, 12), strict=True)]
    assert refuted(figures(MISSING, *sexes)) == {}
    elsewhere = {"ref_area": STATES[0], "value": 40}
    assert reasons(figures(*({**MISSING, **sex} for sex in SEXES), elsewhere)) == {}


def test_a_missing_figure_is_no_other_figure_either() -> None:
    """What it stands beside is found as if it were not there."""
    missing = {**MISSING, "sex": "_O"}
    elsewhere = {"ref_area": STATES[0], "value": 40}
    alone = figures(*({"value": ZERO, **sex} for sex in SEXES), elsewhere, MISSING, missing)
    assert reasons(alone) == dict.fromkeys((1, 2), ("NO_TOTAL", "KEEP_OUT"))
    before = forms(0, ZERO)
    blank = forms(5, None).assign(row=lambda frame: frame["row"] + len(before))
    blank = blank[(blank["exploitation"] == "FL") & blank["value"].isna()]
    blank = blank.assign(lower=float("nan"), upper=float("nan"))
    new = reasons(forms(5, ZERO), pd.concat([before, blank]))
    assert list(new.values()) == [("NEW_COLUMN", "KEEP_OUT")] * 5


def test_noughts_without_a_total_were_not_reported() -> None:
    alone = [{"value": ZERO, **sex} for sex in SEXES]
    elsewhere = {"ref_area": STATES[0], "value": 40}
    found = reasons(figures(*alone, elsewhere))
    assert found == dict.fromkeys((1, 2), ("NO_TOTAL", "KEEP_OUT"))
    assert reasons(figures(*alone, {"sex": "_O"}, elsewhere)) == {}


def test_a_file_without_totals_counts_its_noughts() -> None:
    """Such as the FBI's offences by form, which are sums of its agencies' rows."""
    assert reasons(figures(*({"value": ZERO, **sex} for sex in SEXES))) == {}


def test_a_nought_below_its_parts_is_doubtful() -> None:
    hidden = {"sex": "F", "age": "Y0T17", "lower": 1.0, "upper": 4.0}
    rows = [{"value": 9}, {"value": ZERO, "age": "Y0T17"}, hidden]
    assert refuted(figures(*rows)) == {2: "PARTS_MORE"}
    total = [{"value": ZERO}, {"value": 7, "exploitation": "SX"}]
    assert refuted(figures(*total)) == {1: "PARTS_MORE"}


NOUGHTS = [{"value": ZERO, **cell} for cell in (*SEXES, {"sex": "F", "age": "Y0T17"},
           {"sex": "M", "age": "Y0T17"}, {"sex": "F", "age": "Y_GE18"},
           {"sex": "M", "age": "Y_GE18"})]  # fmt: skip


def test_noughts_of_a_total_that_a_citizenship_refutes_fall_with_it() -> None:
    """But not the men's where women alone explain it."""
    own = {"citizenship": "NAT", "lower": 1.0, "upper": 4.0}
    assert refuted(figures({"value": ZERO}, own, *NOUGHTS)) == {
        1: "PARTS_MORE", **dict.fromkeys(range(3, 9), "TOTAL_REFUTED")
    }  # fmt: skip
    women = {"sex": "F", "lower": 1.0, "upper": 4.0}
    assert refuted(figures({"value": ZERO}, own, women, NOUGHTS[1])) == {1: "PARTS_MORE"}


ADULTS = {"value": 15, "age": "Y_GE18"}


def test_noughts_for_all_sexes_of_persons_are_doubtful() -> None:
    """El Salvador 2020: 15 adults prosecuted, none of them a woman or a man."""
    assert refuted(figures({"value": 15}, ADULTS, *NOUGHTS)) == dict.fromkeys(
        range(3, 9), "ALL_PARTS"
    )
    assert refuted(figures({}, *NOUGHTS)) == {}, "a hidden total may be one of unknown sex"
    assert refuted(figures({"value": 15}, NOUGHTS[0])) == {}, "all may be men"


@pytest.mark.parametrize(
    "other",
    [
        {"value": 15, "sex": "_O"},
        {"sex": "_O"},
        {"value": 15, "sex": "_U"},
        {"value": 15, "sex": "_U", "age": "_U"},
    ],
)
def test_persons_of_another_or_unknown_sex_leave_no_women_and_men(other: dict) -> None:
    assert refuted(figures({"value": 15}, *NOUGHTS[:2], other)) == {}


def test_a_nought_below_its_parts_explains_the_others() -> None:
    women = {"value": 15, "sex": "F", "age": "Y_GE18"}
    assert refuted(figures({"value": 15}, *NOUGHTS[:2], women)) == {2: "PARTS_MORE"}


def test_noughts_that_add_up_to_the_total_are_not_the_false_ones() -> None:
    """Bolivia 2017: 189 children in contact, of 23 persons who are women and men, all adults."""
    adults = [{"value": 12, **SEXES[0], "age": "Y_GE18"}, {"value": 11, **SEXES[1],
              "age": "Y_GE18"}]  # fmt: skip
    children = {"value": 189, "age": "Y0T17"}
    assert refuted(figures({"value": 23}, children, *adults, *NOUGHTS[2:4])) == {}


def test_a_figure_that_became_nought_is_doubtful_unless_a_sum_confirms_it() -> None:
    before = figures({"value": 30}, {"value": 20, "sex": "F"}, {"value": 10, "sex": "M"})
    moved = figures({"value": 30}, {"value": 30, "sex": "F"}, {"value": ZERO, "sex": "M"})
    withdrawn = figures({"value": 30}, {"value": 20, "sex": "F"}, {"value": ZERO, "sex": "M"})
    assert refuted(moved, before) == {}
    assert refuted(withdrawn, before) == {3: "WITHDRAWN"}


def forms(areas: int, new: object) -> pd.DataFrame:
    """Forty areas with a total and sexual exploitation; of twelve, forced labour; others `new`."""
    rows = []
    for number, area in enumerate(STATES[:40]):
        rows += [
            {"ref_area": area, "value": 40},
            {"ref_area": area, "exploitation": "SX", "value": 22},
        ]
        if number < 12:
            rows.append({"ref_area": area, "exploitation": "FL", "value": 9 + number})
        elif number < 12 + areas:
            rows.append({"ref_area": area, "exploitation": "FL", "value": new})
    return figures(*rows)


def test_a_column_of_new_noughts_was_not_reported() -> None:
    before = forms(0, ZERO)
    new = reasons(forms(5, ZERO), before)
    assert list(new.values()) == [("NEW_COLUMN", "KEEP_OUT")] * 5
    assert reasons(forms(4, ZERO), before) == {}
    assert reasons(forms(5, 7), before) == {}
    assert reasons(forms(5, ZERO), None) == {}


def test_noughts_that_others_print_as_well_are_no_new_column() -> None:
    """Few states have children among the accused: a state that prints them anew has none either."""
    others = [{"ref_area": area, **cell} for area in STATES[:20]
              for cell in ({"value": 30}, {"value": ZERO, "age": "Y0T17"})]  # fmt: skip
    totals = [{"ref_area": area, "value": 30} for area in STATES[20:28]]
    noughts = [{"ref_area": area, "value": ZERO, "age": "Y0T17"} for area in STATES[20:28]]
    assert reasons(figures(*others, *totals, *noughts), figures(*others, *totals)) == {}


def test_a_new_nought_beside_a_figure_is_doubtful_with_its_parts() -> None:
    old = [
        {"value": 50, "time_period": "2018"},
        {"value": 50},
        {"value": 40, "time_period": "2020"},
    ]
    women = [{"value": 21, "sex": "F", "time_period": "2018"}, {"value": ZERO, "sex": "F"}]
    girls = [{"value": ZERO, "sex": "F", "age": "Y0T17"}]
    assert reasons(figures(*old, *women, *girls), figures(*old)) == dict.fromkeys(
        (5, 6), ("NEW", "DOUBTFUL")
    )
    known = figures(*old, *women[:1], {"sex": "F"}, {"sex": "F", "age": "Y0T17"})
    assert reasons(figures(*old, *women, *girls), known) == {}
    newest = [{**women[1], "time_period": "2021"}, {"value": 45, "time_period": "2021"}]
    assert reasons(figures(*old, women[0], *newest), figures(*old)) == {}
