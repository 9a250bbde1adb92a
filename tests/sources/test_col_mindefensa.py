"""Colombia's police cases: known answers, lines in one cell, smuggling, hidden departments."""

from pathlib import Path

import pandas as pd
import pytest
from source_tests import account, harmonised_rows

from pipelines.harmonised.harmonise import Harmonised
from pipelines.lib import paths
from pipelines.sources import FileRefusedError, discover

MINDEFENSA = discover()["col_mindefensa"]
RELEASE = "2025-03-26"
ARTICLE = "DESCRIPCION CONDUCTA"


def made(tmp_path: Path, *rows: dict[str, str]) -> Harmonised:
    """Harmonise a few rows in the publisher's columns; invented figures."""
    usual = {
        "FECHA HECHO": "12/30/2024 12:00:00 AM", "COD_DEPTO": "11", "CANTIDAD": "8",
        ARTICLE: "188 A.- TRATA DE PERSONAS",
    }  # fmt: skip
    return harmonised_rows(MINDEFENSA, RELEASE, tmp_path / "trata_de_personas.csv", usual, *rows)


def test_smuggling_is_set_aside_by_its_label(shipped: Harmonised) -> None:
    assert account(shipped)["set_aside", "smuggling_of_migrants"] == 20
    assert set(shipped.rows["indicator"]) == {"INC_RECORDED"}
    assert len(shipped.quarantine) == 0


def test_no_small_figure_and_no_day_or_town_is_shipped(shipped: Harmonised) -> None:
    table = pd.read_csv(paths.raw() / "col_mindefensa" / f"{RELEASE}.csv", dtype=str)
    assert set(table) == {"row", "year", "department", "articles", "cases"}
    assert pd.to_numeric(table["cases"], errors="coerce").dropna().min() >= 5
    departments = shipped.rows[shipped.rows["ref_area"] != "COL"]
    hidden = departments[departments["value"].isna()].groupby("time_period", observed=True).size()
    assert hidden[hidden > 0].min() >= 2, "one hidden department follows from the others"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({ARTICLE: "188 C.- TRATA"}, "unknown article '188 C.- TRATA'"),
        ({"FECHA HECHO": "26/03/2024 12:00:00 AM"}, "no date or no number"),
        ({"CANTIDAD": ""}, "no date or no number"),
    ],
)
def test_a_file_with_a_fault_is_refused(tmp_path: Path, fault: dict, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words):
        made(tmp_path, {}, fault)
