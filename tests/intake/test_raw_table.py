"""A figure table keeps the text of a publisher's file as printed."""

from pathlib import Path

import pandas as pd
import pytest

from pipelines.intake import raw_table
from pipelines.sources import File, discover


@pytest.mark.parametrize("sign", ["\r", "\n", "\r\n", ",", '"', "\0", "é", " "])
def test_any_sign_in_a_cell_is_kept(tmp_path: Path, sign: str) -> None:
    publication = discover()["int_reported"]
    header = ",".join(publication.source.layouts[0].header)
    row = "URY,COMPLAINTS,CY,2021,120,UNKNOWN,Authority,Page,https://example.org,page 1,2022"
    printed, kept = tmp_path / "printed.csv", tmp_path / "kept.csv"
    cell = sign.replace('"', '""')
    printed.write_bytes(f'{header}\n{row},"one{cell}two"\n'.encode())
    first = publication.tidy(File(printed))
    kept.write_bytes(raw_table.figure_table(first, "int_test")[1].encode())
    again = publication.tidy(File(kept))
    assert again.raw["description"].astype(str).tolist() == [f"one{sign}two"]
    pd.testing.assert_frame_equal(first.rows, again.rows)
