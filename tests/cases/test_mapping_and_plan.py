"""Faults of the mapping file and of the plan: named, each with its remedy."""

from pathlib import Path

import pytest
from case_extracts import SMALL
from case_tables import random_cells

from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import read_mapping
from pipelines.cases.plan import printed_tables, read_plan


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
        ("Mujer: F", "Mujer: F, mujer: M", r"twice: 'mujer' in lines 9 and 9; delete"),
        ("{code: VIC_IDENT}", "{code: OFF_RECORDED}", "not a code of a person's indicator"),
        ("{code: VIC_IDENT}", "{}", "write either 'column' or"),
        ("form: YYYY-MM-DD", "form: YY", "'form' is for date alone"),
        ("caso}", "caso, labels: {a: b}}", "event: has no labels"),
        ("edad}", "edad, separator: ;}", "a person has one"),
        ("sex:", "exploitation: {column: f, labels: {a: OTH}}\nsex:", "holds other codes"),
        (
            "sex:",
            "ref_area: {column: f, labels: {a: CR-X}}\nsex:",
            "'CR-X' is not a subdivision of CRI in ISO 3166-2: did you mean CR-",
        ),
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
        ("scope,dimensions\nregion,sex\n", "line 2: write nation, area"),
        ("scope,dimensions\nnation,sex sex\n", "line 2: write nation, area"),
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
    tables = printed_tables(read_plan(tmp_path / "plan.csv"), random_cells(1))
    assert [table.line for table in tables] == [
        "nation,", "nation,sex", "nation,age", "nation,sex age",
        "area,", "area,sex", "area,age", "area,sex age",
    ]  # fmt: skip
