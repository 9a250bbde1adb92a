"""Assessments: a cut list says nothing of what it lacks, a weak address carries nothing."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines.lib import paths
from pipelines.raw import objections
from pipelines.warehouse import sql_files
from schemas import codelists

STATEMENT = "published.assessment_statement"


def test_the_answer_names_the_recommendation_that_stands_in_most_of_the_last_reports(
    query: Callable,
) -> None:
    rows = query("select area, form, args, sources from published.answer "
                 "where question = 'RECOMMENDED'")  # fmt: skip
    answers = {area: (form, json.loads(args), sources) for area, form, args, sources in rows}
    assert answers.keys() == set(codelists.oas_states())
    assert answers["DMA"] == answers["GRD"] == answers["KNA"] == ("NO_CHAPTER", {}, [])
    assert answers["USA"][0] == "SELF"
    for area, (form, args, sources) in answers.items():
        if form == "NO_CHAPTER":
            continue
        codes, part = args["subjects"]["codes"], args["part"]["number"]
        reports = query(
            f"select report_year, list(code) from {STATEMENT} where ref_area = '{area}' and kind = "
            "'RECOMMENDATION' and is_counted "
            "group by report_year order by report_year desc limit 5"
        )
        assert (args["reports"]["number"], args["year"]["year"]) == (len(reports), reports[0][0])
        counts = {
            each: sum(each in own for _, own in reports)
            for each in codelists.codes("assessment_code")
        }
        assert part == max(counts.values())
        assert {*codes} == {code for code, count in counts.items() if count == part}
        assert sources == ["usa_tip_assessment"]


def test_the_sentence_names_whose_view_it_is_and_every_subject(query: Callable) -> None:
    texts = query(
        "select text from published.sentence where question = 'RECOMMENDED' and language = 'fr'"
    )
    assert len(texts) == 35
    assert all("États-Unis" in text for (text,) in texts)
    names = codelists.labels("assessment_code", "fr")
    for args, text in query(
        "select args, text from published.answer join published.sentence using (area, question) "
        "where question = 'RECOMMENDED' and language = 'fr' and form <> 'NO_CHAPTER'"
    ):
        said = text.lower()
        assert all(names[code].lower() in said for code in json.loads(args)["subjects"]["codes"])


def objected(built: Path, folder: Path, code: str) -> duckdb.DuckDBPyConnection:
    """A copy of the warehouse in which Mexico objects to a statement under a code."""
    connection = duckdb.connect(shutil.copy(built, folder / "objected.duckdb"))
    connection.execute(
        "insert into main.objection values ('usa_tip_assessment', 'MEX', 2023, 'EFFORT', 5, ?, "
        "'Inventada', 'Oficina', 'https://office.example/nota', '2026-11-30')",
        [code],
    )
    [view] = [file for file in sql_files.folder("published") if file.name == "assessment_statement"]
    connection.execute(view.text.replace("create table", "create or replace table"))
    return connection


def test_an_objection_stands_beside_its_statement_and_nowhere_else(
    built: Path, tmp_path: Path
) -> None:
    with objected(built, tmp_path, "DEMAND") as connection:
        assert connection.execute(
            "select ref_area, report_year, code, objected_by, objection_address "
            f"from {STATEMENT} where objection is not null"
        ).fetchall() == [("MEX", 2023, "DEMAND", "Oficina", "https://office.example/nota")]
        assert connection.execute(stray_objections()).fetchall() == []


def test_an_objection_to_a_statement_that_is_not_there_is_found(
    built: Path, tmp_path: Path
) -> None:
    with objected(built, tmp_path, "PLAN") as connection:
        [found] = connection.execute(stray_objections()).fetchall()
    assert found == ("usa_tip_assessment", "MEX", 2023, "EFFORT", 5, "PLAN")


def stray_objections() -> str:
    [check] = [
        file for file in sql_files.folder("check") if file.name == "objections_find_their_statement"
    ]
    return check.text


LINE = {
    "source": "usa_tip_assessment", "ref_area": "MEX", "report_year": "2023", "kind": "EFFORT",
    "rank": "5", "code": "DEMAND", "objection": "Inventada", "office": "Oficina",
    "address": "https://office.example/nota", "received": "2026-11-30",
}  # fmt: skip


def written(*lines: dict[str, str]) -> None:
    paths.objections().parent.mkdir(exist_ok=True)
    rows = [",".join(line.values()) for line in lines]
    paths.objections().write_text("\n".join([",".join(LINE), *rows]) + "\n", encoding="utf-8")


def test_without_a_table_nobody_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    assert objections.entries() == []
    written(LINE)
    assert objections.entries() == [objections.Objection(**LINE)]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"received": "30.11.2026"}, "not a date"),
        ({"rank": "first"}, "not a whole number"),
        ({"office": ""}, "office must be filled"),
        ({"objection": "no " * 61}, "more than 60 words"),
    ],
)
def test_a_line_that_is_not_sound_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: dict[str, str], words: str
) -> None:
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    written(LINE | other)
    with pytest.raises(objections.ObjectionsError, match=rf"line 2: .*{words}"):
        objections.entries()


def test_a_statement_has_one_objection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    written(LINE, LINE)
    with pytest.raises(objections.ObjectionsError, match=r"line 3: .*already"):
        objections.entries()
