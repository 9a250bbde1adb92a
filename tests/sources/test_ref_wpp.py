"""The population: a row without a figure is quarantined, the rest of the release is published."""

from pathlib import Path

import pytest

from pipelines.harmonised.harmonise import harmonise
from pipelines.sources import File, discover
from schemas.observation_rules import MISPRINT


@pytest.mark.parametrize("printed", ["", "n/a", "<5", "many"])
def test_a_row_without_a_figure_is_quarantined(tmp_path: Path, printed: str) -> None:
    file = tmp_path / "wpp_oas.csv"
    header = "ref_area,year,sex,age,population"
    file.write_text(f"{header}\nARG,2020,F,Y0T17,{printed}\nARG,2020,M,Y0T17,1000\n")
    found = harmonise(discover()["ref_wpp"], "2024-07-11", File(file))
    assert found.rows["value"].tolist() == [1000]
    kept_out = found.quarantine[found.quarantine["rule"] == "value_is_possible"]
    assert kept_out[["found", "message"]].to_numpy().tolist() == [
        [printed, f"not a whole number of persons: {MISPRINT}"]
    ]
