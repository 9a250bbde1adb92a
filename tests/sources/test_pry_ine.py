"""INE's complaints: known answers, the decimal comma, and that complaints are no victims."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.raw import manifest
from pipelines.sources import File, discover

INE = discover()["pry_ine"]
RELEASE = "2023-10-31"
PRINTED = "79,0 89,0 76,0 104,0 132,0 114,0 82,0 71,0"


@pytest.fixture
def shipped(harmonised: dict[tuple[str, str], Harmonised]) -> Harmonised:
    return harmonised["pry_ine", RELEASE]


def made(tmp_path: Path, *lines: str) -> Harmonised:
    """What becomes of a few lines in the columns of the page; invented figures."""
    path = tmp_path / "indicador-289.csv"
    path.write_text("\n".join(["Año,Denuncias recibidas", *lines]), encoding="utf-8")
    return harmonise(INE, RELEASE, File(path))


def test_headline(query: Callable) -> None:
    found = query(
        "select year, value_raw, value from published.headline "
        "where source = 'pry_ine' and ref_area = 'PRY' order by year"
    )
    figures = [79, 89, 76, 104, 132, 114, 82, 71]
    assert found == list(zip(range(2015, 2023), PRINTED.split(), map(float, figures), strict=True))


def test_complaints_are_no_victims(shipped: Harmonised) -> None:
    assert set(shipped.rows["indicator"]) == {"COMPLAINTS"}
    assert (shipped.rows["obs_status"] == "D").all(), "an alternative to the SDG's indicator"
    assert set(shipped.rows["def_scope"]) == {"NOMEANS"}
    assert len(shipped.quarantine) == 0


def test_the_manifest_says_that_the_figures_were_typed() -> None:
    [entry] = manifest.entries("pry_ine")
    assert entry.obtained_from.startswith("typed from the page")
    assert entry.rows == "8"


@pytest.mark.parametrize(
    ("text", "value"), [("79,0", 79), ("0,0", 0), ("1.204,0", 1204), ("88", 88)]
)
def test_decimal_comma(tmp_path: Path, text: str, value: int) -> None:
    found = made(tmp_path, f'2015,"{text}"').rows
    assert found["value"].tolist() == [value]
    assert found["value_raw"].tolist() == [text]


def test_a_blank_is_missing_and_not_zero(tmp_path: Path) -> None:
    found = made(tmp_path, "2015,").rows
    assert found["value"].isna().tolist() == [True]
    assert found["obs_status"].tolist() == ["O;D"]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('2015,"79,5"', "value_is_possible"),
        ('2015,"79.0"', "figure_has_one_reading"),
        ('2023,"80,0"', "period_is_over_and_not_before_1990"),
        ('Total,"747,0"', "period_is_well_formed"),
    ],
)
def test_a_bad_row_is_kept_out(tmp_path: Path, line: str, rule: str) -> None:
    found = made(tmp_path, line)
    assert len(found.rows) == 0
    assert found.quarantine["rule"].tolist() == [rule]
