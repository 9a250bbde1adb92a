"""Single figures that are no counts, and the figures that are examined."""

import pandas as pd
import pytest

from detectors.invented import STATES, figures, found
from pipelines.intake.detectors import COLUMNS, examine
from pipelines.intake.detectors.digit_slip import is_slip
from pipelines.intake.detectors.digits_exchanged import exchanges


def test_a_question_number_is_kept_out_even_where_its_label_was_not_read() -> None:
    frame = figures(
        {"value": 6112019}, {"value": 61212019, "citizenship": None}, {"value": 120500},
        {"value": 6112019, "indicator": "ASSETS_CONF"}, {"value": 2019, "time_period": "2018"},
    )  # fmt: skip
    findings = found(frame, "QUESTION_NUMBER")
    assert list(findings["row"]) == [1, 2]
    assert set(findings["effect"]) == {"KEEP_OUT"}


def test_one_own_year_is_doubtful_two_in_an_area_are_kept_out() -> None:
    frame = figures(
        {"value": 2019}, {"value": 2019, "sex": "F"},
        {"value": 2018, "ref_area": "BRA", "time_period": "2018"},
        {"value": 2017, "ref_area": "BRA", "time_period": "2017-03", "freq": "M"},
        {"value": 2017, "ref_area": "BRA", "time_period": "2018"},
    )  # fmt: skip
    findings = found(frame, "OWN_YEAR")
    assert list(findings["effect"]) == ["DOUBTFUL", "DOUBTFUL", "KEEP_OUT", "KEEP_OUT"]
    assert list(findings["row"]) == [1, 2, 3, 4]


SLIPS = {
    (744, 1000, 744): ("DIGIT_SLIP", "DOUBTFUL"),
    (17440, 1000, 744): ("DIGIT_SLIP", "DOUBTFUL"),
    (174, 1000, 744): ("DIGIT_SLIP", "DOUBTFUL"),
    (1474, 1000, 744): ("DIGITS_EXCHANGED", "LIST"),
    (1744, 1000, 744): None,
    (1700, 1000, 744): None,
    (23, 230, None): ("DIGIT_SLIP", "DOUBTFUL"),
    (7, 27, None): None,
}
"""Children, girls and boys of an area, and what is found of the children."""


def test_a_slip_of_the_hand() -> None:
    rows = [
        {"ref_area": area, "age": "Y0T17", "sex": sex, "value": value}
        for area, values in zip(STATES, SLIPS, strict=False)
        for sex, value in zip(("_T", "F", "M"), values, strict=True)
    ]
    findings = examine(figures(*rows), None)
    slips = findings[findings["detector"].isin({"DIGIT_SLIP", "DIGITS_EXCHANGED"})]
    columns = slips[["row", "detector", "effect"]].itertuples(index=False)
    assert {row: tuple(what) for row, *what in columns} == {
        3 * place + 1: what for place, what in enumerate(SLIPS.values()) if what
    }


def test_a_sum_that_other_parts_confirm_is_no_slip() -> None:
    frame = pd.concat(
        [figures({"value": 74}, {"sex": "F", "value": 400}, {"sex": "M", "value": 340}),
         figures({"age": "Y0T17", "value": 24}, {"age": "Y_GE18", "value": 50})]
    ).assign(row=range(5))  # fmt: skip
    assert examine(frame, None).empty
    assert list(examine(frame.head(3), None)["detector"]) == ["DIGIT_SLIP"]


def test_wide_bounds_prove_no_slip() -> None:
    assert is_slip(270, 27, 27)
    assert not is_slip(7, 25, 29)
    assert exchanges(212) == {122, 221}


def test_a_subdivision_is_published_with_its_state() -> None:
    frame = figures({"value": 6112019, "ref_area": "MX-AGU"}, {"value": 6112019, "ref_area": "ZWE"})
    assert list(examine(frame, None, {"MEX"})["row"]) == [1]


def test_a_file_without_figures_has_no_findings() -> None:
    nothing = figures({"value": 1}).head(0)
    findings = examine(nothing, nothing)
    assert findings.empty
    assert list(findings.columns) == COLUMNS


@pytest.mark.parametrize(
    "rows",
    [
        [{"lower": None, "upper": None}, {"value": 0, "sex": "F"}],
        [{"value": 2019}, {"value": 9, "sex": "F"}, {"sex": "F", "age": "Y0T17"}],
    ],
)
def test_every_detector_bears_few_rows_and_finds_the_same_alone(rows: list[dict]) -> None:
    frame = figures(*rows)
    together = examine(frame, frame)
    for code in dict.fromkeys(together["detector"]):
        here = together[together["detector"] == code].reset_index(drop=True)
        alone = examine(frame, frame, wanted=[code])
        pd.testing.assert_frame_equal(alone[alone["detector"] == code].reset_index(drop=True), here)


def test_a_figure_has_one_finding_of_a_detector_at_most() -> None:
    frame = figures(*[{"value": 2019, "sex": sex} for sex in ("F", "M", "_T")])
    findings = examine(frame, None)
    assert not findings.duplicated(["row", "column", "detector"]).any()
