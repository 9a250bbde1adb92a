"""Questions that the warehouse answers, those that it refuses, and what stops the others."""

import sys
import tempfile
from pathlib import Path

import pytest

from pipelines.warehouse import query


@pytest.mark.parametrize(
    "sql",
    ["select 1", "describe published.observation", "summarize main.release", "show tables",
     "explain select 1", "explain (format json) select 1", "EXPLAIN ANALYZE SELECT 1",
     "from published.headline", "with a as (select 1) from a"],
)  # fmt: skip
def test_reading_is_answered(asked, sql: str) -> None:
    assert len(asked(sql))


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
        ("select * from published.headlin", "exist; did you mean published.headline?"),
        ("select valu from published.headline", 'Candidate bindings: "value"'),
        ("select h.valu from published.headline as h", "did you mean value?"),
        ("select * from publishd.headlin", "did you mean published.headline?"),
        (
            "from published.observations",
            "did you mean harmonised.observation or published.observation?",
        ),
        ("select select", "syntax error"),
        ("explain analyze copy (select 1) to 'out.csv'", "refused: explain of another statement"),
        ("explain delete from release", "refused: explain of another statement"),
        ("explain analyze /* */ copy release to 'out.csv'", "refused: explain of another"),
    ],
)
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
