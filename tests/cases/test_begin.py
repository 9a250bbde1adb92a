"""The beginning of a mapping file: proposals from names and labels, all to be confirmed."""

from pathlib import Path

import pytest
import yaml
from case_extracts import USUAL, write_rows

from pipelines.cases.begin import begun_mapping, known_labels, proposed_columns
from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import read_mapping
from schemas.case import FIELDS, allowed_codes


def proposal(tmp_path: Path, rows: list[dict[str, str]]) -> dict:
    text = begun_mapping(str(write_rows(tmp_path / "begin.csv", rows)), "CRI", "")
    (tmp_path / "begun.yml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match="not confirmed"):
        read_mapping(tmp_path / "begun.yml", "begin.csv")
    return yaml.load(text, yaml.BaseLoader)


def test_columns_are_recognised_in_four_languages() -> None:
    assert proposed_columns(["ID Vítima", "Gênero", "IDADE", "other"]) == {
        "person": "ID Vítima", "sex": "Gênero", "age": "IDADE",
    }  # fmt: skip
    assert proposed_columns(["sexe", "Type_Exploitation", "prs_Gender"])["sex"] == "prs_Gender"


def test_labels_are_recognised_in_four_languages() -> None:
    assert {known_labels("sex", "BRA")[label] for label in ("mulher", "femme", "female")} == {"F"}
    assert known_labels("citizenship", "CRI")["nicaragua"] == "NIC"
    assert known_labels("ref_area", "MEX")["ciudad de mexico"] == "MX-CMX"
    for name, field in FIELDS.items():
        if field.is_coded:
            assert set(known_labels(name, "CRI").values()) <= {*allowed_codes(name, "CRI")}


def test_child_labour_is_left_to_a_person() -> None:
    assert "childlabour" not in known_labels("exploitation", "CRI")


def test_unknown_labels_are_left_open_and_rare_ones_not_shown(tmp_path: Path) -> None:
    rows = [
        {"prs_ID": str(person), "sexo": label}
        for label, persons in (("Mujer", [1]), ("fem", range(10)), ("Juana", [1] * 12))
        for person in persons
    ]
    begun = proposal(tmp_path, rows)
    assert begun["sex"]["labels"] == {"Mujer": "F", "fem": "?"}
    text = (tmp_path / "begun.yml").read_text("utf-8")
    assert "Juana" not in text
    assert "# 1 more unknown labels, not shown" in text
    assert begun["date"] == {"column": "?", "form": "?"}
    assert "ref_area" not in begun, "in a comment"


@pytest.mark.parametrize(
    ("dates", "form"),
    [
        (["2019-01-31"], "YYYY-MM-DD"), (["31/01/2019", "01/02/2019"], "DD/MM/YYYY"),
        (["01/31/2019", "01/02/2019"], "MM/DD/YYYY"), (["2019"], "YYYY"),
        (["20190131"], "YYYYMMDD"),
    ],
)  # fmt: skip
def test_the_form_of_dates_is_proposed(tmp_path: Path, dates: list[str], form: str) -> None:
    rows = [{**USUAL, "fecha": date} for date in dates]
    assert proposal(tmp_path, rows)["date"] == {"column": "fecha", "form": form}


def test_several_labels_in_a_cell_are_separated(tmp_path: Path) -> None:
    cells = ("SexualExploitation;ForcedLabour", "Servitude")
    begun = proposal(tmp_path, [{"vic_TypeOfExploitation": cell} for cell in cells])
    assert begun["exploitation"] == {
        "column": "vic_TypeOfExploitation", "separator": ";",
        "labels": {"SexualExploitation": "SX", "ForcedLabour": "FL", "Servitude": "FL"},
    }  # fmt: skip


def test_the_layout_of_a_file_is_proposed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("género;edad\nMujer;3\nOtro año;4\n".encode("latin-1"))
    begun = yaml.load(begun_mapping(str(tmp_path / "a.csv"), "", ""), yaml.BaseLoader)
    assert (begun["delimiter"], begun["encoding"], begun["country"]) == (";", "latin-1", "?")
    assert begun["sex"]["column"] == "género"
