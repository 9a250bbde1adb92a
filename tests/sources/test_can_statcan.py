"""Statistics Canada's incidents: known answers, its signs, and the whole table's other rows."""

from pathlib import Path

import pytest
from source_tests import account, harmonised_rows

from pipelines.harmonised.harmonise import Harmonised
from pipelines.sources import discover

STATCAN = discover()["can_statcan"]
RELEASE = "2021-12-31"
RATE = {"Statistics": "Rate per 100,000 population", "UOM": "Rate"}


def made(tmp_path: Path, *rows: dict[str, str]) -> Harmonised:
    """Harmonise a few rows in Statistics Canada's columns; invented figures."""
    usual = {
        "REF_DATE": "2020", "GEO": "Alberta [48]", "UOM": "Number", "SCALAR_FACTOR": "units",
        "Violations": "Trafficking in persons [1525]", "Statistics": "Actual incidents",
        "VALUE": "7",
    }  # fmt: skip
    path = tmp_path / "35100177.csv"
    return harmonised_rows(STATCAN, RELEASE, path, usual, *rows, encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("signs", "value", "status", "comment"),
    [
        ({"STATUS": "E"}, "7", "D;U", "use with caution"),
        ({"STATUS": "A"}, "7", "D", None),
        ({"SYMBOL": "r"}, "7", "D", "revised"),
        ({"SYMBOL": "p"}, "7", "D;P", "preliminary"),
        ({"STATUS": "E", "SYMBOL": "r"}, "7", "D;U", "use with caution; revised"),
        ({"STATUS": "F"}, "", "O;D;U", "too unreliable to be published"),
        ({"STATUS": ".."}, "", "O;D", "not available for this period"),
        ({"STATUS": "..."}, "", "O;D", "not applicable"),
        ({}, "", "O;D", None),
    ],
)
def test_signs(
    tmp_path: Path, signs: dict[str, str], value: str, status: str, comment: str | None
) -> None:
    found = made(tmp_path, {"VALUE": value, **signs}).rows
    assert found["obs_status"].tolist() == [status]
    assert found["comment"].astype(object).where(found["comment"].notna(), None).item() == comment
    assert found["value"].isna().item() == (not value)


def test_a_sign_and_a_break_are_both_kept(tmp_path: Path) -> None:
    found = made(tmp_path, {"REF_DATE": "2018", "SYMBOL": "r"}).rows
    assert found[["comment", "flags"]].to_numpy().tolist() == [["revised", "CAN_FOUNDED_2018"]]


def test_the_whole_table(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        {"GEO": "Canada"},
        {"GEO": "Yukon [60]", **RATE, "VALUE": "1.25"},
        {"GEO": "Calgary, Alberta [48825]"},
        {"GEO": "Ottawa-Gatineau, Ontario/Quebec [24505 / 35505]"},
        {"GEO": "Canadian Forces Military Police"},
        {"GEO": "Canada", "Violations": "Robbery [1610]"},
    )
    assert found.rows["ref_area"].tolist() == ["CAN", "CA-YT"]
    assert found.rows["locator"].tolist() == ["35100177.csv, row 2", "35100177.csv, row 3"]
    assert account(found) == {
        ("in", ""): 6,
        ("published", ""): 2,
        ("set_aside", "metropolitan_area_in_a_province"): 2,
        ("set_aside", "military_police_of_no_province"): 1,
        ("set_aside", "other_lines"): 1,
    }
