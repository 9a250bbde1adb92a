"""Colombia's victims in files of prosecutors: known answers, incomplete parts, the outlier."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from harmonised_releases import Releases

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.intake import raw_table
from pipelines.sources import File, FileRefusedError, discover

FISCALIA = discover()["col_fiscalia"]
RECORDS = ROOT / "tests" / "fixtures" / "col_fiscalia" / "input.json"


@pytest.fixture
def rows(harmonised: Releases) -> pd.DataFrame:
    return harmonised["col_fiscalia", "2026-04-14"].rows


def test_the_outlier_is_published_as_doubtful_and_named(query: Callable) -> None:
    assert query(
        "select value, obs_status from published.observation where source = 'col_fiscalia' "
        "and ref_area = 'CO-NSA' and time_period = '2025'"
    ) == [(2852, "D;U")]
    found = query(
        "select rule, ref_area, verdict, detail from rule_result where source = 'col_fiscalia' "
        "and time_period = '2025' and verdict <> 'untestable' "
        "and rule in ('no_total_is_an_outlier', 'no_jump_without_a_break') "
        "and ref_area in ('COL', 'CO-NSA') order by all"
    )
    assert found == [
        ("no_total_is_an_outlier", "CO-NSA", "outlier", "2852, next largest 116"),
    ]


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


def test_a_field_that_the_interface_omits_is_unknown_not_total(tmp_path: Path) -> None:
    printed, left_out = changed(tmp_path, sexo="SIN DATO").rows, changed(tmp_path, sexo="").rows
    pd.testing.assert_frame_equal(printed, left_out)
    assert printed.loc[printed["sex"] != "_T", ["sex", "value"]].to_numpy().tolist() == [["_U", 12]]


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
