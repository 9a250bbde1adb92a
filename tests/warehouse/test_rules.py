"""Cross-row rules: each says `holds` of a good case and names a bad one."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from conftest import ROOT
from small_warehouse import Row, cells, holding, worked_out

from pipelines.warehouse import sql_files
from schemas import codelists, observation, rules

RULES = {rule.name: rule for rule in sql_files.rules()}
CASES: defaultdict[str, list[tuple[list[str], list[Row]]]] = defaultdict(list)
"""For each rule verdicts, in order, and the rows that have them: lines of `rule_cases.csv`."""
for line in codelists.rows(Path(__file__).with_name("rule_cases.csv")):
    counted = (each.partition("*") for each in worked_out(line["verdicts"]).split(", ") if each)
    verdicts = sorted(each for each, _, number in counted for _ in range(int(number or 1)))
    CASES[line["rule"]].append((verdicts, cells(line["observations"])))


@pytest.mark.parametrize(
    ("rule", "expected", "rows"),
    [(rule, *case) for rule, cases in CASES.items() for case in cases],
)
def test_verdict(warehouse, rule: str, expected: list[str], rows: list[dict]) -> None:
    with holding(warehouse, *rows):
        statement = RULES[rule].text.rstrip().removesuffix(";")
        found = warehouse.execute(f"select verdict from ({statement})").fetchall()
    assert sorted(verdict for (verdict,) in found) == expected


def test_every_rule_is_tried_both_ways() -> None:
    for rule, file in RULES.items():
        assert {*file.fields} - {"doubts"} == {"severity", "kind", "title"}
        assert file.fields["severity"] in {"WARN", "INFO"}
        outcomes = {verdict for expected, _ in CASES[rule] for verdict in expected}
        assert "holds" in outcomes, rule
        assert outcomes - {"holds", "untestable"}, rule


def test_a_description_goes_on_in_the_lines_indented_below_it(tmp_path: Path) -> None:
    file = tmp_path / "thing.sql"
    file.write_text(
        "-- One row per thing,\n-- or two.\n-- a: First\n--   and more.\n-- b: Second.\n"
    )
    read = sql_files.read_sql_file(file)
    assert read.grain == "One row per thing, or two."
    assert read.fields == {"a": "First and more.", "b": "Second."}


def test_the_key_of_a_cell_is_written_out_nowhere(tmp_path: Path) -> None:
    key = r",\s+".join(observation.CELL)
    places = [ROOT / "pipelines" / "warehouse", ROOT / "pipelines" / "published" / "site"]
    files = [file for place in places for file in place.rglob("*.sql")]
    written = [file.name for file in files if re.search(key, file.read_text(encoding="utf-8"))]
    assert not written, "write cell_key for its columns"
    file = tmp_path / "thing.sql"
    file.write_text("-- One row per cell.\n-- key: source, cell_key\nselect cell_key from thing;\n")
    assert re.search(f"select {key} from thing;", sql_files.read_sql_file(file).text)
    assert sql_files.read_sql_file(file).declared["key"].split(", ")[1:] == [*observation.CELL]


def test_every_row_kept_out_is_under_a_rule_or_a_detector_that_there_is(query) -> None:
    known = rules.ids() | {code: code for code in codelists.codes("remark")}
    found = query("select distinct rule, rule_id from main.quarantine")
    assert [rule for rule, rule_id in found if known.get(rule) != rule_id] == []
