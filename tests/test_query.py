"""`tipstat query`: one question, answered as table, CSV, JSON or Parquet; nothing else is done."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from test_cli import tipstat

from pipelines import query

QUESTION = (
    "select time_period, value from published.observation where ref_area = 'COL' "
    "and indicator = 'VIC_DETECT' and source = 'int_unodc_glotip' and sex = '_T' and age = '_T' "
    "and exploitation = '_T' and citizenship = '_T' and time_period = '2022'"
)


@pytest.mark.parametrize(
    "sql",
    [QUESTION, "describe published.observation", "summarize main.release", "show tables",
     "explain select 1", "from published.headline", "with a as (select 1) from a"],
)  # fmt: skip
def test_reading_is_answered(built: Path, sql: str) -> None:
    assert len(query.ask(built, sql))


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("insert into release by name select 1 as rows", "refused: INSERT"),
        ("delete from release", "refused: DELETE"),
        ("create temp table x as select 1", "refused: CREATE"),
        ("attach 'other.duckdb'", "refused: ATTACH"),
        ("copy release to 'release.csv'", "refused: COPY"),
        ("export database 'out'", "refused: EXPORT"),
        ("install httpfs", "refused: LOAD"),
        ("set threads = 1", "refused: SET"),
        ("checkpoint", "refused: CALL"),
        ("select 1; drop view published.headline", "refused: 2 statements"),
        ("", "refused: 0 statements"),
        ("select * from read_csv('/etc/passwd')", "no files and no network"),
        ("select * from read_text('https://example.org/')", "no files and no network"),
        ("select * from glob('/*')", "no files and no network"),
        ("from 'data.parquet'", "no files and no network"),
        ("select * from published.headlin", 'Did you mean "headline"?'),
        ("select valu from published.headline", 'Candidate bindings: "value"'),
        ("select h.valu from published.headline as h", "did you mean value?"),
        ("select * from publishd.headlin", "did you mean published.headline?"),
        ("select * from observatoin", "published.observation"),
        ("select select", "syntax error"),
    ],
)
def test_all_else_is_refused_with_a_reason(built: Path, sql: str, words: str) -> None:
    before = built.read_bytes()
    with pytest.raises(query.QueryError) as caught:
        query.ask(built, sql)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert built.read_bytes() == before


def test_without_a_warehouse_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(query.QueryError, match=r"no such file; make it with 'tipstat run'"):
        query.ask(tmp_path / "none.duckdb", "select 1")


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
    said = tipstat("query", question, "--format", "csv", home=home)
    assert said.returncode == 0
    assert said.stderr.splitlines() == hints


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("['can_sdg', null]", '"[""can_sdg"",null]"'),
        ("{'year': 2022, 'total': 1.5}", '"{""year"":2022,""total"":1.5}"'),
        ("map {'a': 1}", '"[[""a"",1]]"'),
        ("null::varchar[]", ""),
        ("interval 1 day", None),
        ("'010'::bit", None),
    ],
)
def test_a_cell_of_csv_holds_whatever_there_is(built: Path, cell: str, said: str | None) -> None:
    told = query.text(query.ask(built, f"select {cell} as cell"), "csv")
    assert told.startswith('"cell"\n')
    assert said is None or told == f'"cell"\n{said}\n'


@pytest.mark.parametrize("suffix", ["csv", "json", "parquet"])
@pytest.mark.slow
def test_an_answer_goes_to_a_file(home: Path, suffix: str) -> None:
    said = tipstat("query", QUESTION, "--out", f"answer.{suffix}", home=home)
    assert said.returncode == 0, said.stderr
    assert said.stdout == f"answer.{suffix}: 1 rows\n"
    target = home / f"answer.{suffix}"
    if suffix == "parquet":
        assert pq.read_table(target)["value"].to_pylist() == [162.0]
    else:
        assert "162" in target.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_file_that_cannot_be_written_leaves_nothing(home: Path) -> None:
    for target in ("answer.xlsx", "nowhere/answer.csv"):
        said = tipstat("query", QUESTION, "--out", target, home=home)
        assert said.returncode == 1
        assert said.stderr.startswith("error: ")
        assert said.stderr.count("\n") == 1
    assert [path.name for path in home.iterdir()] == ["data"]
