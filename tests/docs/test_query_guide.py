"""docs/query-guide.md: its queries are asked of the shipped figures, and its answers are theirs."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from answers import compare
from command import tipstat
from conftest import ROOT

from pipelines.warehouse import query

GUIDE = ROOT / "docs" / "query-guide.md"
ANSWERED = re.compile(r"(?P<block>```sql\n(?P<sql>.+?)```\n\n)(?:\|[^\n]*\n)*", re.DOTALL)


def answered(guide: str, warehouse: Path) -> str:
    """The guide with that warehouse's answers in place of those that stand in it."""
    return ANSWERED.sub(
        lambda found: found["block"] + table(query.answer(warehouse, found["sql"], ".")), guide
    )


def table(answer: pa.Table) -> str:
    """An answer as a Markdown table, numbers to the right."""
    ruler = ["---:" if is_number(column.type) else "---" for column in answer.schema]
    rows = [[cell(value) for value in row.values()] for row in answer.to_pylist()]
    return "".join(f"| {' | '.join(line)} |\n" for line in [answer.column_names, ruler, *rows])


def is_number(kind: pa.DataType) -> bool:
    return pa.types.is_floating(kind) or pa.types.is_integer(kind)


def cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.15g}"
        case list():
            return ", ".join(map(cell, value))
    return str(value)


def snippet(language: str) -> str:
    """The one block of that language."""
    (found,) = re.findall(rf"```{language}\n(.+?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return found


def test_its_answers_are_those_of_the_shipped_figures(built: Path) -> None:
    compare(GUIDE, answered(GUIDE.read_text(encoding="utf-8"), built))


def test_every_question_has_a_query_with_its_answer_and_a_reading() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for question in re.split(r"^## (?=\d)", guide.split("\n## From")[0], flags=re.MULTILINE)[1:]:
        heading, around = question.split("\n", 1)
        assert heading.endswith("?")
        before, *queries = ANSWERED.split(around)
        assert before.strip() == "" and len(queries) == 3, f"{heading} needs one query, at once"
        assert queries[-1].strip(), f"{heading} How is its answer to be read?"


def test_what_it_warns_of_is_so(query) -> None:
    colombia = "indicator = 'VIC_DETECT' and ref_area = 'COL' and year = 2022"
    everything = "select sum(value) from published.observation where source = 'int_unodc_glotip'"
    assert query(f"{everything} and {colombia}") == [(1217,)]
    assert query(f"select value from published.national_series where {colombia}") == [(162,)]
    assert "you get 1,217," in GUIDE.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_snippets_of_python_and_shell_do_what_they_say(home: Path, monkeypatch) -> None:
    monkeypatch.chdir(home)
    names: dict[str, Any] = {}
    exec(snippet("python"), names)
    assert set(names["frame"]["ref_area"]) == {"COL"}
    extract = home / "observation.parquet"
    by_python = pq.read_table(extract)
    extract.unlink()
    command, *arguments = shlex.split(snippet("sh").splitlines()[-1])
    assert command == "tipstat"
    assert tipstat(*arguments, home=home).returncode == 0
    assert pq.read_table(extract).shape == by_python.shape


def test_the_snippet_of_r_is_r(tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("needs R to parse the guide's R snippet")
    (tmp_path / "snippet.R").write_text(snippet("r"), encoding="utf-8")
    subprocess.run([rscript, "-e", "parse('snippet.R')"], cwd=tmp_path, check=True)
