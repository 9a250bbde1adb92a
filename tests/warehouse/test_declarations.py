"""Headers of what is published: each says what identifies a row, and what may be done with it."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.published.extracts import queries
from pipelines.published.extracts.sdmx import flow_rows
from pipelines.warehouse import database, declarations, sql_files
from pipelines.warehouse.declarations import UndeclaredError

HEADER = {
    "key": "source, year",
    "terms": "source",
    "extract": "none",
    "disclosure": "none",
}
VIEW = "create view published.invented as select 'a' as source, 2020 as year, 0.5 as share"
EXTRACTS = Path(queries.__file__).parent / "sql"


def invented(folder: Path, **changed: str) -> sql_files.SqlFile:
    """A view with a whole header, but for what is changed; an empty line is left out."""
    lines = [f"-- {name}: {text}" for name, text in (HEADER | changed).items() if text]
    place = folder / "invented.sql"
    place.write_text("\n".join(["-- One row per year.", *lines, VIEW]), encoding="utf-8")
    return sql_files.read_sql_file(place)


@pytest.mark.parametrize("line", HEADER)
def test_an_undeclared_view_is_refused_with_the_line_that_is_missing(tmp_path, line: str) -> None:
    with pytest.raises(UndeclaredError, match=f"invented.sql: .*'-- {line}: "):
        declarations.of(invented(tmp_path, **{line: ""}))


def test_parquet_has_a_file_for_each_source(tmp_path: Path) -> None:
    with pytest.raises(UndeclaredError, match="'parquet' needs"):
        declarations.of(invented(tmp_path, extract="csv, parquet", terms="none"))


def test_json_has_what_a_file_writes(tmp_path: Path) -> None:
    with pytest.raises(UndeclaredError, match=r"'json' .*/state_json\.py"):
        declarations.of(invented(tmp_path, extract="csv, json"))
    assert {each.name for each in declarations.leaving("json")} == {*declarations.IN_JSON}


@pytest.mark.parametrize(
    ("line", "text"), [("extract", "csv, pdf"), ("disclosure", "repeats; harmless")]
)
def test_an_unknown_word_is_refused(tmp_path: Path, line: str, text: str) -> None:
    with pytest.raises(UndeclaredError, match=f"'{text.split()[-1]}'"):
        declarations.of(invented(tmp_path, **{line: text}))


@pytest.mark.parametrize(
    ("line", "text", "named"),
    [
        ("key", "source, month", "month"),
        ("terms", "other_source", "other_source"),
        ("extract_without", "comment", "comment"),
        ("disclosure", "repeats figure as value", "figure"),
        ("disclosure", "derived from locator", "locator"),
        ("disclosure", "none", "decimals"),
        ("disclosure", "selected", "nothing describes"),
    ],
)
def test_what_a_header_says_must_be_so(tmp_path: Path, line: str, text: str, named: str) -> None:
    declared = declarations.of(invented(tmp_path, **{line: text}))
    with duckdb.connect() as connection:
        connection.execute("create schema published")
        connection.execute(VIEW.replace("0.5", "0.5::double"))
        with pytest.raises(UndeclaredError, match=named):
            declared.refuse_unless_true(connection)


def test_a_build_with_an_undeclared_view_makes_nothing(tmp_path: Path, monkeypatch) -> None:
    shutil.copytree(sql_files.SQL, tmp_path / "sql")
    invented(tmp_path / "sql" / "published", terms="")
    monkeypatch.setattr(sql_files, "SQL", tmp_path / "sql")
    declarations.every.cache_clear()
    with duckdb.connect() as connection:
        with pytest.raises(UndeclaredError, match="-- terms: "):
            database.fill(connection, tmp_path)
        assert connection.execute("from duckdb_tables()").fetchall() == []
    declarations.every.cache_clear()


@pytest.mark.parametrize(("form", "pattern"), [("workbook", "*.sql"), ("sdmx", "sdmx/*.sql")])
def test_what_workbooks_and_sdmx_are_made_from_declares_it(form: str, pattern: str) -> None:
    texts = [file.read_text(encoding="utf-8") for file in EXTRACTS.glob(pattern)]
    if form == "sdmx":  # whose queries of figures have one text for three flows
        texts += flow_rows.FIGURES.values()
    read = {name for text in texts for name in re.findall(r"\bpublished\.(\w+)", text)}
    assert {each.name for each in declarations.leaving(form)} == read - {"named"}
