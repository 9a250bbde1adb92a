"""A label that holds a count is no label: the count reaches no figure table and no quarantine."""

import re
from pathlib import Path

import pandas as pd
import pytest
from glotip_rows import GLOTIP, made

from pipelines.intake.raw_table import figure_table
from pipelines.reader.labels import without_counts
from pipelines.sources import File


@pytest.mark.parametrize(
    ("label", "left"),
    [
        ("COLOMBIANA \n\n(OFICINA: 71 y OTRA: 72)", "COLOMBIANA"),
        ("Peruana (office: 71)", "Peruana"),
        ("Kosovo (under UNSC res. 1244)", "Kosovo (under UNSC res. 1244)"),
        ("Venezuela (Bolivarian Republic of)", "Venezuela (Bolivarian Republic of)"),
        ("0 to 17 years", "0 to 17 years"),
        ("Adults (18 or over)", "Adults (18 or over)"),
    ],
)
def test_a_bracket_with_a_count_is_cut(label: str, left: str) -> None:
    frame = pd.DataFrame({"Category": pd.Categorical([label, "Total", label])})
    cut, cells = without_counts(frame)
    assert [*cut["Category"]] == [left, "Total", left]
    assert cells == (2 if left != label else 0)


@pytest.mark.parametrize(
    ("label", "code"), [("COLOMBIANA (OFICINA: 71)", "COL"), ("71 haitianos y 72 cubanos", None)]
)
@pytest.mark.parametrize("dimension", ["by citizenship", "by country of repatriation"])
def test_the_count_is_in_nothing_that_is_written(
    tmp_path: Path, label: str, code: str | None, dimension: str
) -> None:
    found = made(tmp_path, {}, {"Dimension": dimension, "Category": label, "txtVALUE": "<5"})
    tidy = GLOTIP.tidy(File(tmp_path / "figures.csv"))
    _, table = figure_table(tidy, GLOTIP.source.id)
    for written in (table, found.quarantine.to_csv(), found.rows.to_csv()):
        assert "71" not in written
    if code and dimension == "by citizenship":
        assert code in set(found.rows["citizenship"])
    elif code is None:
        assert found.quarantine["rule"].tolist() == ["labels_are_readable"]


def test_no_shipped_table_has_a_label_with_a_count(shipped_home: Path) -> None:
    tables = [*(shipped_home / "data" / "raw").glob("*/*.csv")]
    found = [
        path.name for path in tables if re.search(r"\([^()\n]*:\s*\d", path.read_text("utf-8"))
    ]
    assert tables
    assert not found
