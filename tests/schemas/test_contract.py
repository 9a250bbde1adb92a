"""The contract of an observation: each rule lets a good row pass and catches a bad one."""

import pandera.errors
import pytest
from conftest import observations, suppressed

from schemas.contract import OBSERVATION


def broken_rules(row: dict[str, object]) -> set[str]:
    """The rules that a row breaks."""
    try:
        OBSERVATION.validate(observations(row), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return {error.check.name for error in errors.schema_errors}
    return set()


GUATEMALA = {"counterpart_role": "REPAT", "counterpart_area": "GTM"}
GOOD = [
    {"value": 12},
    {"value": 0},
    suppressed(),
    suppressed(obs_status="Q;B"),
    {"value": None, "lower": None, "upper": None, "value_raw": "-", "obs_status": "O"},
    {"value": 3, "obs_status": "P;D", "def_scope": "EXPLOIT"},
    {"value": 5, "ref_area": "MX-JAL", "age": "Y0T17"},
    {"value": 0.29, "indicator": "VIC_DETECT_RATE"},
    {"value": 5, "time_period": "2021-Q3", "freq": "Q"},
    {"value": 5, "time_period": "2021-11", "freq": "M"},
    {"value": 5, "time_period": "2024"},
    {"value": 5, "time_period": "2024-Q4", "freq": "Q"},
    {"value": 5, "time_period": "2024-12", "freq": "M"},
    {"value": 7, "indicator": "VIC_REPATR", **GUATEMALA},
]


@pytest.mark.parametrize("row", GOOD)
def test_good_row(row: dict[str, object]) -> None:
    assert broken_rules(row) == set()


BAD = [
    ("codes_are_listed", {"value": 1, "obs_status": "A;?"}),
    ("codes_are_listed", {"value": 1, "ref_area": "_T"}),
    ("breakdown_fits_the_indicator", {"value": 1, "indicator": "COMPLAINTS", "sex": "F"}),
    (
        "breakdown_fits_the_indicator",
        {"value": 1, "indicator": "PER_CONTACT", "exploitation": "SX"},
    ),
    ("breakdown_fits_the_indicator", {"value": 1, "indicator": "PER_ACQUIT", "age": "Y0T17"}),
    ("breakdown_fits_the_indicator", {"value": 1, "indicator": "COMPLAINTS", **GUATEMALA}),
    ("counterpart_is_complete", {"value": 1, "counterpart_role": "REPAT"}),
    ("counterpart_is_complete", {"value": 1, "counterpart_area": "GTM"}),
    ("status_fits_the_value", {"value": None, "lower": None, "upper": None, "value_raw": "-"}),
    ("status_fits_the_value", {"value": 3, "obs_status": "Q", "conf_status": "A"}),
    ("status_fits_the_value", {"conf_status": "C"}),
    ("suppressed_figure_has_bounds", suppressed(upper=None)),
    ("suppressed_figure_has_bounds", suppressed(conf_status="F")),
    ("value_is_possible", {"value": 3, "upper": 4}),
    ("value_is_possible", suppressed(lower=4, upper=0)),
    ("value_is_possible", {"value": 2.5}),
    ("value_is_possible", {"value": -1}),
    ("no_stand_in_for_no_answer", {"value": 6_112_019}),
    ("period_is_well_formed", {"value": 1, "time_period": "2021-13"}),
    ("period_is_well_formed", {"value": 1, "time_period": "2021/22"}),
    ("period_is_well_formed", {"value": 1, "time_period": "2019-03"}),
    ("period_is_well_formed", {"value": 1, "time_period": "٢٠٢٠"}),
    ("period_is_over_and_not_before_1990", {"value": 1, "time_period": "1989"}),
    ("period_is_over_and_not_before_1990", {"value": 1, "time_period": "2026"}),
    ("period_is_over_and_not_before_1990", {"value": 1, "time_period": "2025"}),
    ("period_is_over_and_not_before_1990", {"value": 1, "time_period": "2025-Q1", "freq": "Q"}),
    ("period_is_over_and_not_before_1990", {"value": 1, "time_period": "2025-01", "freq": "M"}),
    (
        "no_subdivision_by_age_and_form",
        {"value": 1, "ref_area": "MX-JAL", "age": "Y0T17", "exploitation": "SX"},
    ),
    ("scope_shows_in_the_status", {"value": 1, "def_scope": "FORCEDLAB"}),
]


@pytest.mark.parametrize(("rule", "row"), BAD)
def test_bad_row(rule: str, row: dict[str, object]) -> None:
    assert broken_rules(row) == {rule}


def test_every_rule_has_a_bad_row() -> None:
    assert {check.name for check in OBSERVATION.checks} == {rule for rule, _ in BAD}


def test_a_code_of_no_list_is_refused() -> None:
    rows = observations({"value": 1})
    other = rows.assign(sex=rows["sex"].cat.rename_categories({"F": "Female"}))
    with pytest.raises(pandera.errors.SchemaErrors):
        OBSERVATION.validate(other, lazy=True)
