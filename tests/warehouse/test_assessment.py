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


def test_a_state_year_and_code_has_one_standing(query: Callable) -> None:
    [(rows, distinct)] = query(
        "select count(*), count(distinct (ref_area, report_year, code)) "
        "from published.assessment_state"
    )
    codes = [code for code in codelists.codes("assessment_code") if code != "_Z"]
    assert rows == distinct == len(codelists.oas_states()) * len(range(2015, 2026)) * len(codes)
    found = query("select distinct standing from published.assessment_state")
    assert {standing for (standing,) in found} == set(codelists.codes("assessment_standing"))


def test_of_a_cut_list_only_what_it_names_is_known(query: Callable) -> None:
    assert query(
        "select ref_area, report_year, code from published.assessment_state "
        "join published.assessment using (ref_area, report_year) "
        "where standing = 'NOT_NAMED' and (recommendations_cut or efforts_cut)"
    ) == []  # fmt: skip
    [(cut,)] = query(
        "select count(*) from published.assessment_statement "
        "where kind = 'RECOMMENDATION' and is_cut"
    )
    assert cut == 1788


def test_a_statement_counts_if_neither_its_place_is_weak_nor_its_code_in_doubt(
    query: Callable,
) -> None:
    assert query(
        f"select is_counted, is_weak, doubt is not null, count(*) from {STATEMENT} "
        "group by all order by all"
    ) == [
        (False, False, True, 2), (False, True, False, 417), (True, False, False, 4192),
    ]  # fmt: skip


def test_what_a_state_was_asked_stands_with_its_statement(query: Callable) -> None:
    named = query(
        "select distinct ref_area, report_year, code from published.assessment_state "
        "where standing in ('RECOMMENDED', 'BOTH')"
    )
    written = query(
        f"select distinct ref_area, report_year, code from {STATEMENT} "
        "where kind = 'RECOMMENDATION' and is_counted"
    )
    assert sorted(named) == sorted(written)


def test_no_chapter_a_report_not_read_and_one_read_weakly_are_told_apart(query: Callable) -> None:
    found = query(
        "select standing, list(distinct ref_area order by ref_area), "
        "list(distinct (ref_area, report_year)) from published.assessment_state "
        "where standing in ('NO_CHAPTER', 'NOT_READ', 'READ_WEAKLY') group by all"
    )
    areas = {standing: own for standing, own, _ in found}
    years = {standing: {*own} for standing, _, own in found}
    assert areas["NO_CHAPTER"] == ["DMA", "GRD", "KNA"]
    assert years["READ_WEAKLY"] == {*query(
        f"select ref_area, report_year from {STATEMENT} group by all having bool_and(is_weak)"
    )}  # fmt: skip
    assert {("GTM", 2024), ("HND", 2015), ("USA", 2024)} < years["READ_WEAKLY"]
    assert {("BOL", 2025), ("CHL", 2024), ("LCA", 2019), ("TTO", 2025)} < years["NOT_READ"]
    assert not years["NOT_READ"] & {*query(f"select ref_area, report_year from {STATEMENT}")}


def test_nothing_rests_on_a_weak_place_whose_address_is_not_kept(query: Callable) -> None:
    written = query(
        "select distinct weakness <> '' from main.assessment where address = '' or weakness <> ''"
    )
    assert written == [(True,)]
    for view in ("assessment", "assessment_statement"):
        assert query(
            f"select distinct is_weak, address is null from published.{view} order by all"
        ) == [(False, False), (True, True)]
    assert query("select count(*) from published.demand where address is null and code <> ''") == [
        (0,)
    ]


def test_a_tier_that_was_read_at_weak_places_alone_says_so(query: Callable) -> None:
    found = query(
        "select ref_area, report_year, tier from published.assessment where is_weak order by all"
    )
    assert found == query(
        "select ref_area::varchar, time_period::integer, tier::varchar from main.assessment "
        "where coding = 'main' group by all having bool_and(weakness <> '') order by all"
    )
    assert ("CAN", 2024, "1") in found


def test_the_judge_s_own_chapter_is_marked_wherever_it_stands(query: Callable) -> None:
    for view in ("assessment", "assessment_statement", "assessment_state", "demand"):
        assert query(f"select distinct ref_area, is_self from published.{view} where is_self") == [
            ("USA", True)
        ]
        assert query(
            f"select distinct is_self from published.{view} where ref_area = 'USA' "
            "and is_self is not null"
        ) == [(True,)]


@pytest.mark.parametrize(
    ("codings", "kind", "code", "alpha"),
    [
        ("main;e;f", "_T", "_T", 0.975),
        ("main;e;f", "EFFORT", "_T", 0.987),
        ("main;e;f", "SHORTFALL", "_T", 0.987),
        ("main;e;f", "RECOMMENDATION", "_T", 0.957),
        ("main;e;f", "_T", "DEMAND", 1.0),
        ("main;e;f", "_T", "LABOUR_INSPECTION", 0.893),
        ("a;b;c;d", "_T", "PROSECUTE_LABOUR", 0.688),
        ("a;b;c;d", "_T", "CHILDREN_ARMED", 0.646),
        ("a;b;c;d", "_T", "OTHER", 0.611),
        ("a;b;c;d", "_T", "DEMAND", None),
    ],
)
def test_agreement_is_krippendorffs_alpha(
    query: Callable, codings: str, kind: str, code: str, alpha: float | None
) -> None:
    assert query(
        "select round(alpha, 3) from published.assessment_agreement "
        f"where (codings, of_kind, of_code) = ('{codings}', '{kind}', '{code}')"
    ) == [(alpha,)]


def test_agreement_is_computed_of_lists_in_which_each_coding_could_have_the_code(
    query: Callable,
) -> None:
    """By hand, of `code` in nine lists of four codings: 4, 3 and 1 of them, else none.

    Observed: (0 + 3 * 1 * 2 + 1 * 3 * 2) / 3 = 4; by chance: 2 * 8 * 28 / 35 = 12.8.
    """
    [(present, alpha)] = query(
        "select present, alpha from published.assessment_agreement "
        "where (codings, of_kind, of_code) = ('a;b;c;d', '_T', 'PROSECUTE_LABOUR')"
    )
    assert (present, alpha) == (3, pytest.approx(1 - 4 / 12.8))


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
