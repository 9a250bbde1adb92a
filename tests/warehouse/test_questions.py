"""Questions: those that the warehouse answers, in every form, and those that it refuses."""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tables import table

from pipelines.warehouse import answers, query


@pytest.fixture
def asked(built: Path, tmp_path: Path) -> Callable[[str], pa.Table]:
    """Asks the warehouse of the shipped figures, in this process."""
    return lambda sql: query.answer(built, sql, str(tmp_path))


@pytest.mark.parametrize(
    "sql",
    ["select 1", "describe published.observation", "summarize main.release", "show tables",
     "explain select 1", "explain (format json) select 1", "EXPLAIN ANALYZE SELECT 1",
     "from published.headline", "with a as (select 1) from a"],
)  # fmt: skip
def test_reading_is_answered(asked, sql: str) -> None:
    assert len(asked(sql))


@pytest.mark.parametrize(("sql", "words"), table(__file__, "refused_questions.csv"))
def test_all_else_is_refused_with_a_reason(built: Path, asked, sql: str, words: str) -> None:
    before = built.read_bytes()
    with pytest.raises(query.QueryError) as caught:
        asked(sql)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert built.read_bytes() == before


def test_without_a_warehouse_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(query.QueryError, match=r"no such file; make it with 'tipstat run'"):
        query.answer(tmp_path / "none.duckdb", "select 1", str(tmp_path))


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select sum(a.range) from range(1000000) a, range(1000000) b", "within 1 seconds; ask"),
        ("select range from range(80000000)", "within 1 seconds; ask"),
        ("select list_sum(range(1000000000))", "ask for less"),
        ("select length(repeat('x', 3000000000))", "ask for less"),
        ("select range, repeat('y', 10000) from range(1000000000)", "ask for less"),
    ],
)
@pytest.mark.slow
def test_what_would_take_all_time_or_memory_is_stopped(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, words: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    beside = {*built.parent.iterdir()}
    seconds = 1 if "within" in words else query.SECONDS
    with (
        pytest.raises(query.QueryError) as caught,
        query.ask(built, sql, "json", 100, seconds),
    ):
        pass
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [*tmp_path.iterdir()] == [], "its scratch space is gone"
    assert {*built.parent.iterdir()} == beside


def test_a_crash_of_the_process_is_no_lack_of_memory(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho \"ModuleNotFoundError: No module named 'x'\" >&2\nexit 1\n")
    broken.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(broken))
    failed = "process failed: ModuleNotFoundError: No module named 'x'"
    with pytest.raises(query.QueryError, match=failed), query.ask(built, "select 1", "csv"):
        pass


def test_what_does_not_fit_into_memory_goes_to_the_scratch_space(
    asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(query._LOCKED, "memory_limit", "64MB")
    monkeypatch.setitem(query._LOCKED, "max_temp_directory_size", "1MB")
    with pytest.raises(query.QueryError, match="of scratch space; ask for less"):
        asked("select * from (select random() as a from range(20000000)) order by a")


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
