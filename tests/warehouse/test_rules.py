"""Cross-row rules: each says `holds` of a good case and names a bad one."""

import re
from pathlib import Path

import pytest
from conftest import ROOT
from rule_cases import CASES
from small_warehouse import holding

from pipelines.warehouse import sql_files
from schemas import codelists, observation, rules

RULES = {rule.name: rule for rule in sql_files.rules()}


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
    read = sql_files.read(file)
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
    assert re.search(f"select {key} from thing;", sql_files.read(file).text)
    assert sql_files.read(file).declared["key"].split(", ")[1:] == [*observation.CELL]


OVER_ALL = "release = '2025-04-14' and indicator = 'VIC_DETECT' and exploitation = '_T'"


def test_sexes_of_the_shipped_headline(query) -> None:
    found = query(
        "select verdict, count(*) from rule_result where rule = 'sexes_add_up_to_the_total' "
        f"and {OVER_ALL} and citizenship = '_T' group by verdict"
    )
    assert dict(found) == {
        "exceeds": 13,
        "falls short": 38,
        "holds neither with nor without unknown": 2,
    }
    paraguay = query(
        "select detail from rule_result where rule = 'sexes_add_up_to_the_total' "
        f"and {OVER_ALL} and ref_area = 'PRY' and time_period = '2020'"
    )
    assert paraguay == [("total 170, parts 172",)]


def test_parts_of_which_one_is_printed_in_two_rows(query) -> None:
    """Bolivia 2019: 254 women, 108 men, and 78 + 107 others, against 373."""
    found = query(
        "select verdict, detail from rule_result where rule = 'sexes_add_up_to_the_total' "
        f"and {OVER_ALL} and ref_area = 'BOL' and time_period = '2019'"
    )
    assert found == [("exceeds", "total 373, parts 547, unknown 43")]


def test_unknown_of_the_united_states_repeats_other(query) -> None:
    found = query(
        "select time_period from rule_result where rule = 'unknown_sex_does_not_repeat_other_sex' "
        f"and {OVER_ALL} and ref_area = 'USA' order by all"
    )
    assert [year for (year,) in found] == ["2017", "2018", "2019", "2020", "2021", "2022"]


def test_every_row_kept_out_is_under_a_rule_or_a_detector_that_there_is(query) -> None:
    known = rules.ids() | {code: code for code in codelists.codes("remark")}
    found = query("select distinct rule, rule_id from main.quarantine")
    assert [rule for rule, rule_id in found if known.get(rule) != rule_id] == []


def test_convictions_of_the_united_states_that_repeat_the_year_before(query) -> None:
    assert query(
        "select distinct time_period, split_part(detail, ';', 1) from rule_result "
        "where rule = 'no_total_repeats_the_year_before' and ref_area = 'USA'"
    ) == [("2016", "297 as in 2015")]
