"""`tipstat query`: one question, answered as table, CSV, JSON or Parquet; nothing else is done."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command import tipstat

QUESTION = (
    "select time_period, value from published.observation where ref_area = 'COL' "
    "and indicator = 'VIC_DETECT' and source = 'int_unodc_glotip' and sex = '_T' and age = '_T' "
    "and exploitation = '_T' and citizenship = '_T' and time_period = '2022'"
)


@pytest.mark.slow
def test_forms_of_an_answer(home: Path) -> None:
    table = tipstat("query", QUESTION, home=home)
    assert table.returncode == 0, table.stderr
    assert "│ 2022" in table.stdout
    assert "162" in table.stdout
    csv = tipstat("query", QUESTION, "--format", "csv", home=home)
    assert csv.stdout == '"time_period","value"\n"2022",162\n'
    answer = tipstat("query", QUESTION, "--format", "json", home=home)
    assert json.loads(answer.stdout) == [{"time_period": "2022", "value": 162.0}]


@pytest.mark.parametrize(
    ("condition", "hints"),
    [
        ("indicator = 'VIC_DETECTED'", ["no code 'VIC_DETECTED'; did you mean VIC_DETECT?"]),
        ("ref_area in ('MEXX', 'BRA') and value < 0", ["no code 'MEXX'; did you mean MEX?"]),
        ("sex = 'WWWWWWWW'", ["no code 'WWWWWWWW' in any list"]),
        ("ref_area = 'BRA' and value < 0", []),
        ("ref_area = 'BRA' or ref_area = 'MEXX'", []),
    ],
)
@pytest.mark.slow
def test_an_empty_answer_names_codes_that_do_not_exist(
    home: Path, condition: str, hints: list[str]
) -> None:
    question = f"select distinct ref_area from published.observation where {condition}"
    done = tipstat("query", question, "--format", "csv", home=home)
    assert done.returncode == 0
    assert done.stderr.splitlines() == hints


def test_a_table_that_goes_to_no_terminal_has_all_columns(home: Path) -> None:
    done = tipstat("query", "from published.trend limit 1", home=home, width=80)
    header = done.stdout.splitlines()[1]
    assert {"tau", "slope", "trend_verdict"} <= set(header.replace("│", " ").split())


@pytest.mark.slow
def test_an_answer_goes_to_a_file(home: Path) -> None:
    done = tipstat("query", QUESTION, "--out", "answer.parquet", home=home)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "answer.parquet: 1 rows\n"
    assert pq.read_table(home / "answer.parquet")["value"].to_pylist() == [162.0]


@pytest.mark.slow
def test_a_file_that_cannot_be_written_leaves_nothing(home: Path) -> None:
    done = tipstat("query", QUESTION, "--out", "nowhere/answer.csv", home=home)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert [path.name for path in home.iterdir()] == ["data"]
