"""Answers of the warehouse as table, CSV, JSON or Parquet: whatever a cell has."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.warehouse import answers

GREATEST = 2**127 - 1


@pytest.mark.parametrize(
    ("cell", "csv", "in_json"),
    [
        ("['can_sdg', null]", '"[""can_sdg"",null]"', ["can_sdg", None]),
        (
            "{'year': 2022, 'total': 1.5}",
            '"{""year"":2022,""total"":1.5}"',
            {"year": 2022, "total": 1.5},
        ),
        ("map {'a': 1}", '"[[""a"",1]]"', [["a", 1]]),
        ("null::varchar[]", "", None),
        ("interval 1 day", '"1 day"', "1 day"),
        ("[interval 1 day]", '"[1 day]"', "[1 day]"),
        ("'010'::bit", '"010"', "010"),
        ("sum(3::bigint)", "3", 3),
        (f"{GREATEST}::hugeint", f"{GREATEST}", GREATEST),
        (f"{{'a': {GREATEST}::hugeint}}", f'"{{""a"":{GREATEST}}}"', {"a": GREATEST}),
        (f"{GREATEST}00::bignum", f'"{GREATEST}00"', f"{GREATEST}00"),
        ("'-inf'::double", "-inf", "-inf"),
        ("'nan'::double", "nan", "nan"),
        ("['nan'::double]", '"[""nan""]"', ["nan"]),
        ("'infinity'::date", '"infinity"', "infinity"),
        ("['-infinity'::timestamp]", '"[-infinity]"', "[-infinity]"),
        ("timestamptz 'infinity'", '"infinity"', "infinity"),
        ("date '12000-01-01'", '"12000-01-01"', "12000-01-01"),
        ("date '2020-01-01'", '"2020-01-01"', "2020-01-01"),
        ("union_value(a := 1)", '"1"', "1"),
    ],
)
def test_every_form_holds_whatever_a_cell_has(
    asked, tmp_path: Path, cell: str, csv: str, in_json: object
) -> None:
    answer = asked(f"select {cell} as cell")
    written = {form: tmp_path / form for form in ("csv", "json", "table", "parquet")}
    for form, file in written.items():
        answers.write(answer, file, form, 0 if form == "parquet" else 100)
    assert written["csv"].read_text(encoding="utf-8") == f'"cell"\n{csv}\n'
    assert json.loads(written["json"].read_bytes()) == [{"cell": in_json}]
    assert "cell" in written["table"].read_text(encoding="utf-8")
    assert pq.read_table(written["parquet"]).num_rows == 1


@pytest.mark.parametrize("rows", [0, 1, 5, 6])
def test_an_answer_of_several_batches_is_one(
    asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(answers, "_BATCH", 2)
    day = "case when range = 5 then 'infinity'::timestamp else '2020-01-01'::timestamp end"
    answer = asked(f"select range as number, {day} as day from range({rows})")
    answers.write(answer, tmp_path / "csv", "csv")
    answers.write(answer, tmp_path / "json", "json")
    found = json.loads((tmp_path / "json").read_bytes())
    assert [each["number"] for each in found] == list(range(rows))
    assert len({each["day"][:11] for each in found if each["day"] != "infinity"}) <= 1
    lines = (tmp_path / "csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == '"number","day"'
    assert [line.split(",")[0] for line in lines[1:]] == [str(each) for each in range(rows)]


@pytest.mark.parametrize(("rows", "last"), [(200, "└"), (1234, "Left out: 1,034 rows. ")])
def test_a_table_says_how_many_rows_it_leaves_out(
    asked, tmp_path: Path, rows: int, last: str
) -> None:
    answers.write(asked(f"select range as a from range({rows})"), tmp_path / "answer", "table", 80)
    lines = (tmp_path / "answer").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith(last) for line in lines[-3:])


@pytest.mark.parametrize(("rows", "shown"), [(2, 2), (1234, 20)])
def test_a_table_too_wide_for_the_terminal_becomes_records(
    asked, tmp_path: Path, rows: int, shown: int
) -> None:
    names = [f"a_long_name_{place}" for place in range(6)]
    cells = ", ".join(f"range + {place} as {name}" for place, name in enumerate(names))
    answers.write(asked(f"select {cells} from range({rows})"), tmp_path / "answer", "table", 80)
    text = (tmp_path / "answer").read_text(encoding="utf-8")
    found = [line.split(" │ ") for line in text.splitlines() if "│" in line]
    assert found == [[name, str(row + at)] for row in range(shown) for at, name in enumerate(names)]
    assert ("Left out: 1,214 rows" in text) == (rows > shown)


STEERS = "\x1b[31mred\x9b2J\u202e\r\b"


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_nothing_printed_steers_a_terminal(asked, tmp_path: Path, form: str) -> None:
    letters = " || ".join(f"chr({ord(sign)})" for sign in STEERS)
    named = asked(f'select {letters} as "a\x1b[2Jb"')
    answers.write(named, tmp_path / "answer", form, 100)
    text = (tmp_path / "answer").read_bytes().decode()
    assert [sign for sign in text if not sign.isprintable() and sign != "\n"] == []
    assert "[31mred" in text
    if form == "json":
        assert json.loads(text) == [{"a\x1b[2Jb": STEERS}]


def test_a_file_holds_a_text_as_it_is(asked, tmp_path: Path) -> None:
    answers.write(asked("select chr(27) || '[31mred' as cell"), tmp_path / "answer.csv", "csv")
    assert (tmp_path / "answer.csv").read_text(encoding="utf-8") == '"cell"\n"\x1b[31mred"\n'
