"""The warehouse in DuckDB 1.4, the oldest that opens it: it answers there as it does in ours.

Its Python package is installed once into pytest's cache, apart from ours.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from conftest import ROOT
from filelock import FileLock

OLDER: Final = "duckdb>=1.4,<1.5"
ASK: Final = """
import json, sys
sys.path[:0] = sys.argv[2:]
import duckdb

def answer(question):
    try:
        return [[str(value) for value in row] for row in connection.execute(question).fetchall()]
    except duckdb.Error as error:
        return str(error)

# One thread, since a sum of floats depends on the order of its parts.
connection = duckdb.connect(**json.loads(sys.argv[1]), config={"threads": 1})
connection.execute("set enable_progress_bar = false")  # of a slow query it writes to our output
answers = {question: answer(question) for question in json.load(sys.stdin)}
print(json.dumps({"select version()": answer("select version()"), **answers}))
"""
RELATIONS: Final = """
select concat(schema_name, '.', table_name) from duckdb_tables()
union all
select concat(schema_name, '.', view_name) from duckdb_views() where not internal
"""
MACROS: Final = """
select concat(
    schema_name, '.', function_name, '(',
    list_transform(parameters, lambda _: 'null').list_aggr('string_agg', ', '), ')'
)
from duckdb_functions() where function_type = 'macro' and not internal
"""
TABLE_MACROS: Final = """
select comment from duckdb_functions() where function_type = 'table_macro' and not internal
"""

Answers = dict[str, list[list[str]] | str]


@pytest.fixture(scope="session")
def older(pytestconfig: pytest.Config) -> Path:
    """The folder in which the older DuckDB is installed; skips where it cannot be had."""
    folder = pytestconfig.cache.mkdir("older_duckdb") / "installed"
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            _install(folder)
    return folder


def _install(folder: Path) -> None:
    with TemporaryDirectory(dir=folder.parent) as aside:
        target = Path(aside) / folder.name
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--retries", "1"]
        command = [*pip, "--only-binary", ":all:", "--no-deps", "--target", target, OLDER]
        if subprocess.run(command, capture_output=True).returncode != 0:
            pytest.skip(f"needs {OLDER}, which pip cannot install here")
        target.rename(folder)


def asked(questions: list[str], *instead: Path, **opened: object) -> Answers:
    """Ask each question in turn of DuckDB, or of the one in a folder; return the answers."""
    command = [sys.executable, "-c", ASK, json.dumps(opened), *map(str, instead)]
    done = subprocess.run(
        command, input=json.dumps(questions), stdout=subprocess.PIPE, text=True, check=True
    )
    answers: Answers = json.loads(done.stdout)
    return answers


def counted(name: str) -> str:
    """The question for the rows of a view or table, and for the checksum of its values."""
    return summed(f"from {name}")


def summed(question: str) -> str:
    return f"select count(*), sum(md5_number_lower(to_json(row)::varchar)) from ({question}) as row"


def of_pages() -> list[str]:
    """The queries that the query guide and the page for statisticians ask."""
    pages = [ROOT / "docs" / "statistician.md", ROOT / "docs" / "query-guide.md"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    return [each.strip().rstrip(";") for each in re.findall(r"```sql\n(.+?)```", text, re.DOTALL)]


def test_the_file_is_stored_for_it_and_calls_no_function_that_it_lacks(query: Callable) -> None:
    stored_for = "select tags['storage_version'] from duckdb_databases() where not internal"
    assert query(stored_for) == [("v1.4.0+",)]
    # What `if(...)` becomes in the file: 1.4 knows it as syntax only, which a stored view is not.
    views = "select view_name from duckdb_views() where contains(sql, '\"if\"(')"
    macros = (
        "select function_name from duckdb_functions() where contains(macro_definition, '\"if\"(')"
    )
    assert query(f"{views} and not internal union all {macros} and not internal") == []


@pytest.mark.slow
def test_every_view_and_macro_answers_as_in_ours(small: Path, older: Path, query: Callable) -> None:
    views = [counted(name) for (name,) in query(RELATIONS)]
    assert (
        differing(small, older, [*views, *(f"select {macro}" for (macro,) in query(MACROS))]) == {}
    )


@pytest.mark.slow
def test_what_readers_are_advised_to_ask_is_answered_as_in_ours(
    built: Path, older: Path, query: Callable
) -> None:
    samples = [re.findall(r"Ask as: (from .+\))", comment) for (comment,) in query(TABLE_MACROS)]
    advised = [*(sample for [sample] in samples), *of_pages()]
    assert differing(built, older, [*map(summed, advised)]) == {}


def differing(warehouse: Path, older: Path, questions: list[str]) -> Answers:
    """The answers of the older DuckDB that are not those of ours, which answers everything."""
    opened = {"database": str(warehouse), "read_only": True}
    ours, theirs = asked(questions, **opened), asked(questions, older, **opened)
    assert theirs.pop("select version()")[0][0].startswith("v1.4.")
    ours.pop("select version()")
    assert [answer for answer in ours.values() if isinstance(answer, str)] == []
    return {each: theirs[each] for each in ours if theirs[each] != ours[each]}


@pytest.mark.slow
def test_attached_under_a_name_it_answers_once_that_is_used(built: Path, older: Path) -> None:
    attach, use = f"attach '{built}' as tipstat (read_only)", "use tipstat"
    ask = "select count(*) > 0 from published.named('published.headline', 'en')"
    assert asked([attach, use, ask], older, database=":memory:")[ask] == [["True"]]
