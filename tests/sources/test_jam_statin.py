"""STATIN's rates: known answers, and the three dimensions that stand in one column."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.sources import File, discover

STATIN = discover()["jam_statin"]
RELEASE = "2026-08-05"


@pytest.fixture
def shipped(harmonised: dict[tuple[str, str], Harmonised]) -> Harmonised:
    return harmonised["jam_statin", RELEASE]


def made(tmp_path: Path, *lines: str) -> Harmonised:
    """What becomes of a few lines in STATIN's columns; invented figures."""
    path = tmp_path / "indicator_16-2-2.csv"
    path.write_text("\n".join(["Year,Disaggregation Level,Unit,Value", *lines]), encoding="utf-8")
    return harmonise(STATIN, RELEASE, File(path))


def test_headline(query: Callable) -> None:
    found = query(
        "select year, value_raw, value from published.headline "
        "where source = 'jam_statin' and indicator = 'VIC_DETECT_RATE' order by year"
    )
    assert found == [
        (2018, "0.18", 0.18),
        (2019, "0.26", 0.26),
        (2020, "0.29", 0.29),
        (2021, "0.44", 0.44),
        (2022, "0.33", 0.33),
    ]


def test_every_row_is_published_and_only_as_a_rate(shipped: Harmonised) -> None:
    assert len(shipped.rows) == 35
    assert len(shipped.quarantine) == 0
    assert set(shipped.rows["indicator"]) == {"VIC_DETECT_RATE"}
    assert set(shipped.rows["ref_area"]) == {"JAM"}


def test_one_column_says_sex_or_age_or_form(shipped: Harmonised) -> None:
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


def test_a_printed_zero_stays_zero(shipped: Harmonised) -> None:
    zeros = shipped.rows[shipped.rows["value_raw"].isin(["0.00", "0.0"])]
    assert len(zeros) == 5
    assert (zeros["value"] == 0).all()
    assert (zeros["obs_status"] == "A").all()
    assert shipped.rows["value"].notna().all()


def test_a_blank_is_missing_and_not_zero(tmp_path: Path) -> None:
    found = made(tmp_path, '2018,Total,"Per 100,000 population",').rows
    assert found["value"].isna().tolist() == [True]
    assert found["obs_status"].tolist() == ["O"]


@pytest.mark.parametrize(
    ("line", "rule", "message"),
    [
        (
            '2018,Parish,"Per 100,000 population",0.1',
            "labels_are_known",
            "unknown label 'Parish': add it to LEVEL in pipelines/sources/jam_statin.py",
        ),
        ("2018,Total,Number,5", "unit_fits_the_indicator", "not 'Per 100,000 population'"),
    ],
)
def test_what_is_not_known_is_kept_out(tmp_path: Path, line: str, rule: str, message: str) -> None:
    found = made(tmp_path, line)
    assert len(found.rows) == 0
    assert found.quarantine[["rule", "message"]].to_numpy().tolist() == [[rule, message]]


def test_file_and_figure_table_are_one(
    publisher_file: Callable[[str], Path], shipped: Harmonised
) -> None:
    file = publisher_file("jam_statin/indicator_16-2-2.csv")
    found = harmonise(STATIN, RELEASE, File(file))
    pd.testing.assert_frame_equal(shipped.rows.astype(object), found.rows.astype(object))
    pd.testing.assert_frame_equal(shipped.quarantine, found.quarantine)
