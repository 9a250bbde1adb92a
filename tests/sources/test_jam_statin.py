"""STATIN's rates: known answers, and the three dimensions in one column."""

from collections.abc import Callable

import pytest
from source_tests import assert_quarantined, headlines

from pipelines.harmonised.harmonise import Harmonised
from pipelines.sources import discover

STATIN = discover()["jam_statin"]
RELEASE = "2026-08-05"


def test_headline(query: Callable) -> None:
    found = headlines(query, "jam_statin", "VIC_DETECT_RATE", "JAM")
    assert found == {2018: 0.18, 2019: 0.26, 2020: 0.29, 2021: 0.44, 2022: 0.33}


def test_one_column_has_sex_or_age_or_form(shipped: Harmonised) -> None:
    cells = shipped.rows[["sex", "age", "exploitation"]].astype(str).value_counts()
    assert dict(cells) == {
        ("_T", "_T", "_T"): 5,
        ("M", "_T", "_T"): 5,
        ("F", "_T", "_T"): 5,
        ("_T", "Y0T17", "_T"): 5,
        ("_T", "Y_GE18", "_T"): 5,
        ("_T", "_T", "SX"): 5,
        ("_T", "_T", "FL"): 5,
    }


@pytest.mark.parametrize(
    ("line", "rule", "message"),
    [
        (
            '2018,Parish,"Per 100,000 population",0.1',
            "labels_are_known",
            "unknown label 'Parish': add it to 'labels' of 'Disaggregation Level' in "
            "pipelines/sources/jam_statin.yml",
        ),
        (
            "2018,Total,Number,5",
            "unit_fits_the_indicator",
            "not 'Per 100,000 population': set it aside",
        ),
    ],
)
def test_an_invalid_row_is_quarantined(
    of_lines: Callable, line: str, rule: str, message: str
) -> None:
    found = of_lines(line)
    assert_quarantined(found, rule)
    assert found.quarantine["message"].tolist() == [message]
