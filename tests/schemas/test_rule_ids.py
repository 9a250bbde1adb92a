"""The names of rules and checks, and the ids under which they were cited."""

from conftest import ROOT

from pipelines.warehouse import sql_files
from schemas import rules


def test_every_id_is_that_of_a_rule() -> None:
    """A name that nothing bears would lead whoever cited the id nowhere."""
    in_sql = {file.name for file in [*sql_files.rules(), *sql_files.folder("check")]}
    code = [*(ROOT / "schemas").glob("*.py"), *(ROOT / "pipelines").rglob("*.py")]
    text = "".join(file.read_text(encoding="utf-8") for file in code)
    assert [name for name in rules.ids() if name not in in_sql and f'"{name}"' not in text] == []


def test_a_rule_without_an_id_has_its_name() -> None:
    assert rules.id_of("sexes_add_up_to_the_total") == "I1"
    assert rules.id_of("COPIED_TABLE") == "COPIED_TABLE"
