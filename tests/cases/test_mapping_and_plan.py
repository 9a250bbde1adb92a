"""Faults of the mapping file and of the plan: named, each with its remedy."""

from pathlib import Path

import pytest
from case_extracts import SMALL

from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import read_mapping
from pipelines.cases.plan import read_plan


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("confirmed: yes", "confirmed: no", "not confirmed"),
        ("country: CRI", "country: FRA", "three-letter code of a state"),
        ("first_year: 2019", "first_year: 19", "first_year: write the year"),
        ("first_year: 2019", "first_year: 2021", "is after last_year"),
        ("person: {column: id}\n", "", "person: is missing"),
        ("caso}", '"?"}', "event: column: is not filled in"),
        ("edad}", "edad, colum: x}", "age: unknown key 'colum': did you mean column"),
        ("event:", "evnt:", "unknown key 'evnt': did you mean event"),
        ("Mujer: F", "Mujer: X", "sex: 'X' is not a code of a person's sex"),
        ("Mujer: F", "Mujer: F, mujer: M", "a key is given twice"),
        ("{code: VIC_IDENT}", "{code: OFF_RECORDED}", "not a code of a person's indicator"),
        ("{code: VIC_IDENT}", "{}", "write either 'column' or"),
        ("form: YYYY-MM-DD", "form: YY", "'form' is for date alone"),
        ("caso}", "caso, labels: {a: b}}", "event: has no labels"),
        ("edad}", "edad, separator: ;}", "a person has one"),
        ("sex:", "exploitation: {column: f, labels: {a: FL_DOM}}\nsex:", "part of another code"),
        ("sex:", "ref_area: {column: f, labels: {a: CR-X}}\nsex:", "CR-X,NAME,NAME.*,CRI"),
        ("sex: {", "sex: [", "not YAML"),
    ],
)
def test_a_fault_of_the_mapping_is_named_with_its_remedy(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in SMALL
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(CaseError, match=f"^{mapping}.*{message}"):
        read_mapping(mapping, "extract.csv")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "write scope,dimensions into its first line"),
        ("scope,dimensions\n", "names no table"),
        ("scope,dimensions\nregion,sex\n", "line 2: write nation or area"),
        ("scope,dimensions\nnation,sex sex\n", "line 2: write nation or area"),
        ("scope,dimensions\narea,sex age exploitation\n", "never printed by area"),
    ],
)
def test_a_fault_of_the_plan_is_named_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "plan.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=message):
        read_plan(tmp_path / "plan.csv")


def test_a_plan_prints_the_margins_of_its_tables(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("scope,dimensions\narea,age sex\n", encoding="utf-8")
    assert [table.title for table in read_plan(tmp_path / "plan.csv").tables] == [
        "nation: total", "nation: sex", "nation: age", "nation: sex x age",
        "area: total", "area: sex", "area: age", "area: sex x age",
    ]  # fmt: skip
