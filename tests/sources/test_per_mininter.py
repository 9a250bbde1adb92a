"""Peru's police: known answers of the whole country, persons and no complaints, hidden figures."""

from pathlib import Path

import pandas as pd
import pytest
from source_tests import account, harmonised_rows

from pipelines.harmonised.harmonise import Harmonised
from pipelines.lib import paths
from pipelines.sources import FileRefusedError, discover

MININTER = discover()["per_mininter"]
RELEASE = "2025-09-30"
LABEL = "Denuncias por comisión"
TOTAL = "F1_TOTAL"
SEXUAL, BEGGING = "F1_EXPLOTACION SEXUAL", "F1_MENDICIDAD"


def figures(shipped: Harmonised, area: str = "PER", **codes: str) -> dict[str, float]:
    """Return value by period of the rows with these codes; other dimensions are totals."""
    rows = shipped.rows
    wanted = {"ref_area": area, "freq": "A", "sex": "_T", "age": "_T", "exploitation": "_T"} | codes
    for name, code in wanted.items():
        rows = rows[rows[name] == code]
    return dict(zip(rows["time_period"], rows["value"], strict=True))


def made(tmp_path: Path, *rows: dict[str, str]) -> Harmonised:
    """Harmonise a few rows in the publisher's columns; invented figures."""
    usual = {"AÑO": "2019", "MES": "12", "CCDD": "15.0", LABEL: TOTAL, "Valor": "0"}
    return harmonised_rows(MININTER, RELEASE, tmp_path / "trata.csv", usual, *rows)


def test_persons_and_no_complaints(shipped: Harmonised) -> None:
    assert set(shipped.rows["indicator"]) == {"VIC_RECORDED"}
    assert len(shipped.quarantine) == 0
    assert shipped.rows["comment"].str.contains("each record has one victim").all()


def test_no_month_of_2023_and_no_year_of_2025(shipped: Harmonised) -> None:
    months = figures(shipped, freq="M")
    assert {period[:4] for period in months} == {*map(str, range(2017, 2026))} - {"2023"}
    assert months["2025-09"] == 10
    assert sum(figure for period, figure in months.items() if period < "2018") == 725
    assert "2025" not in figures(shipped)


def test_labour_of_2020_is_withheld_and_does_not_follow(shipped: Harmonised) -> None:
    """With UNODC's 62 of one label and 20 begging, the other label is still 0 to 4."""
    assert "2020" not in figures(shipped, exploitation="FL")
    assert account(shipped)["set_aside", "would_tell_hidden_figures"] == 1
    known = {form: figures(shipped, exploitation=form)["2020"] for form in ("SX", "_U")}
    assert known == {"SX": 223, "_U": 60}
    other_label = 372 - sum(known.values()) - 20 - 62
    assert other_label - 4 - 4 <= 0
    assert other_label >= 4


def test_no_small_figure_is_shipped() -> None:
    table = pd.read_csv(paths.raw() / "per_mininter" / f"{RELEASE}.csv", dtype=str)
    exact = pd.to_numeric(table["persons"], errors="coerce").dropna()
    assert exact.min() >= 5
    assert set(table) == {"row", "period", "area", "category", "persons"}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({LABEL: "F1_MATRIMONIO SERVIL"}, "unknown label 'F1_MATRIMONIO SERVIL'"),
        ({"Valor": "1.5"}, "no number of persons"),
        ({"Valor": ""}, "no number of persons"),
        ({LABEL: SEXUAL, "Valor": "7"}, "do not add up"),
        ({"MES": "13"}, "no month"),
    ],
)
def test_a_file_with_a_fault_is_refused(tmp_path: Path, fault: dict, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words):
        made(tmp_path, {"Valor": "60"}, fault)
