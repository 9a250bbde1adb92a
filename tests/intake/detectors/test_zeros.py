"""Noughts that other figures refute, or that stand where nothing was reported; and sound ones."""

import pandas as pd

from detectors.invented import STATES, figures, found

ZERO = 0
SEXES = ({"sex": "F"}, {"sex": "M"})


def reasons(frame: pd.DataFrame, before: pd.DataFrame | None = None) -> dict[int, tuple[str, str]]:
    """Return the reason and effect of each finding, by row."""
    findings = found(frame, "UNREPORTED_ZERO", before)
    return {row: (reason, effect) for row, reason, effect in
            findings[["row", "reason", "effect"]].itertuples(index=False)}  # fmt: skip


def test_who_convicted_nobody_says_so() -> None:
    nobody = [{"value": ZERO, "indicator": "PER_CONVICT", **sex} for sex in ({}, *SEXES)]
    assert reasons(figures(*nobody), figures(*nobody)) == {}


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
    assert reasons(figures(*rows)) == {2: ("BELOW_PARTS", "DOUBTFUL")}
    total = [{"value": ZERO}, {"value": 7, "exploitation": "SX"}]
    assert reasons(figures(*total)) == {1: ("BELOW_PARTS", "DOUBTFUL")}


def test_a_figure_that_became_nought_is_doubtful_unless_a_sum_confirms_it() -> None:
    before = figures({"value": 30}, {"value": 20, "sex": "F"}, {"value": 10, "sex": "M"})
    moved = figures({"value": 30}, {"value": 30, "sex": "F"}, {"value": ZERO, "sex": "M"})
    withdrawn = figures({"value": 30}, {"value": 20, "sex": "F"}, {"value": ZERO, "sex": "M"})
    assert reasons(moved, before) == {}
    assert reasons(withdrawn, before) == {3: ("WITHDRAWN", "DOUBTFUL")}


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
