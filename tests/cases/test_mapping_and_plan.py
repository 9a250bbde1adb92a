"""Faults of the mapping file and of the plan: named, each with its remedy."""

from pathlib import Path

import pytest
from case_extracts import SMALL
from case_tables import random_cells
from tables import table

from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import read_mapping
from pipelines.cases.plan import printed_tables, read_plan


def test_a_fault_of_the_mapping_is_named_with_its_remedy(tmp_path: Path) -> None:
    """Lines of `mapping_faults.csv`: a text of the mapping, another, and what is said of it."""
    mapping = tmp_path / "mapping.yml"
    for old, new, message in table(__file__, "mapping_faults.csv"):
        assert old in SMALL
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
