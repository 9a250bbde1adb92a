"""Colombia's victims in files of prosecutors: known answers, incomplete parts, the outlier."""

import json
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.intake import raw_table
from pipelines.sources import File, FileRefusedError, discover

FISCALIA = discover()["col_fiscalia"]
RECORDS = ROOT / "tests" / "fixtures" / "col_fiscalia" / "input.json"


def changed(tmp_path: Path, **fault: str) -> Harmonised:
    """Harmonise one record of the fixture with a fault."""
    record = json.loads(RECORDS.read_text("utf-8"))[0] | fault
    path = tmp_path / "one.json"
    path.write_text(json.dumps([record]), encoding="utf-8")
    return harmonise(FISCALIA, "2025-01-01", File(path))


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ({"sexo": "INTERSEXUAL"}, "labels_are_known"),
        ({"grupo_etario": "Adulto."}, "labels_are_known"),
        ({"departamento_hecho": "Atlantis"}, "labels_are_known"),
        ({"total_victimas": "2.5"}, "figure_has_one_reading"),
    ],
)
def test_an_invalid_record_is_quarantined(tmp_path: Path, fault: dict[str, str], rule: str) -> None:
    assert set(changed(tmp_path, **fault).quarantine["rule"]) == {rule}


def test_other_fields_are_not_read_and_all_of_ours_are_needed(tmp_path: Path) -> None:
    assert len(changed(tmp_path, municipio_hecho="Tibú").rows) == 4
    path = tmp_path / "lacking.json"
    path.write_text('[{"a_o_hechos": "2021", "total_victimas": "4"}]', encoding="utf-8")
    with pytest.raises(FileRefusedError, match="'sexo' is missing"):
        harmonise(FISCALIA, "2025-01-01", File(path))


def test_records_and_their_figure_table_are_the_same(project: Path) -> None:
    records = json.loads(RECORDS.read_text("utf-8"))
    records += [records[0] | {"a_o_hechos": f"{year}"} for year in range(1991, 2021)]
    path = project / "4mnf-va5w.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    entry = raw_table.add_release(FISCALIA, path, "2025-01-01", "2025-01-02")
    ours = harmonise(FISCALIA, "2025-01-01", File(entry.path, path.name))
    theirs = harmonise(FISCALIA, "2025-01-01", File(path, path.name))
    pd.testing.assert_frame_equal(ours.rows.astype(str), theirs.rows.astype(str))
    pd.testing.assert_frame_equal(ours.quarantine, theirs.quarantine)
