"""A state that takes part is never worse off: its page keeps every figure, verdict and headline.

A version with honest forms is compared with the one without, fact by fact.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import duckdb
import filled_forms
import honest_forms
import pytest
import short_runs
import state_pages
from command import tipstat
from harmonised_releases import Releases
from honest_forms import KINDS, TRIAL
from parsed_page import tidy

from pipelines.harmonised import refresh, release_files
from pipelines.questionnaire import reading, submission
from pipelines.questionnaire.form import Form
from pipelines.raw import manifest, stated_files
from pipelines.sources import discover
from pipelines.warehouse import database, page_facts
from pipelines.warehouse.page_facts import Fact
from schemas import codelists

pytestmark = pytest.mark.usefixtures("one_detector")

COUNTED = ("VIC_DETECT", "PER_CONTACT", "PER_PROSEC", "PER_CONVICT")
Newest = Mapping[tuple[str, str], tuple[int, int]]
Forms = Mapping[Form, Mapping[str, str]]


@pytest.fixture(scope="module")
def newest(connection: duckdb.DuckDBPyConnection) -> Newest:
    """Year and figure of the newest total by state and indicator."""
    found = connection.execute(
        "select ref_area, indicator, year, coalesce(value, lower)::integer from published.newest"
    ).fetchall()
    return {(state, indicator): (year, figure) for state, indicator, year, figure in found}


@pytest.fixture(scope="module")
def version_with(
    shipped_home: Path, harmonised: Releases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Forms], Path]]:
    """Build a version in which these forms were submitted; one form a state and year."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_form", reading.read_here)
        patch.setattr(submission, "_pdf", lambda _: ())
        short_runs.with_one_detector(patch.setattr)

        def build(forms: Forms) -> Path:
            home = tmp_path_factory.mktemp("taking_part")
            shutil.copytree(shipped_home / "data", home / "data")
            patch.setenv("TIPSTAT_HOME", str(home))
            for form, answers in forms.items():
                file = filled_forms.write(home / "form.xlsx", form, dict(answers))
                made = submission.submit(file, home / "answer")
                assert made.entry, (form, made.checked.problems)
            new = {
                (entry.source, entry.release): refresh.harmonised(discover()[entry.source], [entry])
                for entry in manifest.entries()
                if entry.source.endswith(stated_files.NATIONAL_REPORT)
            }
            return built_of({**harmonised, **new}, home)

        yield build


def built_of(harmonised: Releases, folder: Path) -> Path:
    """Build a warehouse; whether its prints are safe is not asked here."""
    for (source, release), each in harmonised.items():
        release_files.Release(folder / "harmonised", source, release).keep(each, "")
    version = folder / "tipstat.duckdb"
    with duckdb.connect(version) as connection:
        connection.begin()
        database.fill(connection, folder / "harmonised")
        connection.commit()
    return version


@cache
def facts(version: Path) -> list[Fact]:
    with duckdb.connect(str(version), read_only=True) as connection:
        return page_facts.read_page_facts(connection)


def honest(state: str, newest: Newest, kind: str, later: int) -> tuple[Form, dict[str, str]]:
    """Return a form of a year so many years after the newest one, with somewhat larger totals."""
    year, _ = newest.get((state, "VIC_DETECT"), (2022, 0))
    form = Form(state, year + later, "es")
    known = {name: newest.get((state, name), (0, 12))[1] for name in COUNTED}
    totals = {name: count + count // 10 + 1 for name, count in known.items()}
    return form, honest_forms.answers(form, totals, kind)


@pytest.fixture(scope="module")
def two_states(newest: Newest, version_with: Callable[[Forms], Path]) -> Path:
    """Paraguay with its form of the trial and an old year, Haiti with a new year."""
    trial = Form("PRY", 2024, "es")
    forms = {trial: filled_forms.stated(trial) | TRIAL}
    forms |= dict([honest("PRY", newest, "whole", -3), honest("HTI", newest, "whole", 1)])
    return version_with(forms)


def test_two_states_lose_nothing_and_gain_their_newest_year(built: Path, two_states: Path) -> None:
    found = page_facts.compare(facts(built), facts(two_states))
    assert found.lost == []
    gained = {(each.kind, each.ref_area, each.indicator, each.year) for each in found.gained}
    assert {("HEADLINE", "PRY", "VIC_DETECT", 2024), ("FIGURE", "PRY", "VIC_DETECT", 2019),
            ("HEADLINE", "HTI", "VIC_DETECT", 2017)} <= gained  # fmt: skip


def test_paraguays_page_has_the_newest_figure_and_the_verdict_of_the_long_series(
    two_states: Path,
) -> None:
    html = state_pages.page(two_states, "PRY")
    said = state_pages.sentence(html, "happened")
    office = filled_forms.OFFICE
    assert said.startswith(f"Paraguay detected 93 victims in 2024, according to {office}; usual "
                           "level to 2022 (UNODC), 96: almost double")  # fmt: skip
    assert "in 2022, 44 of 75 suffered forced labour" in state_pages.sentence(html, "who")
    table = dict(state_pages.rows(html, "happened"))
    assert (table["2022"][0], table["2024"]) == ("75", ["93", office])
    groups = {name: cells[0] for name, cells in state_pages.rows(html, "who")}
    assert groups["Sex, 2024 (of 93): Women, girls"] == "71"
    assert groups["Sex and age, 2022 (of 75): Women"] == "30"
    [block] = html.xpath("//section[@id='happened']")
    own = next(cells[0] for year, cells in state_pages.rows(html, "happened")
               if year == "2019" and cells[1] == office)  # fmt: skip
    told = tidy(block.text_content())
    assert re.search(rf"2019, {own} according to {office}, 96 according to UNODC", told)


def test_what_a_page_says_of_neighbours_does_not_change(built: Path, two_states: Path) -> None:
    before, after = (state_pages.page(each, "PRY") for each in (built, two_states))
    said = [state_pages.sentence(html, "neighbours") for html in (before, after)]
    assert said[0] == said[1]


def test_the_figures_of_the_series_and_the_states_own_are_in_tables(two_states: Path) -> None:
    html = state_pages.page(two_states, "PRY")
    shown = {
        "VIC_DETECT": {cell for _, cells in state_pages.rows(html, "happened") for cell in cells},
        "PER_PROSEC": {cells[0] for _, cells in state_pages.rows(html, "justice")},
        "PER_CONVICT": {cells[1] for _, cells in state_pages.rows(html, "justice")},
    }
    checked = 0
    for fact in facts(two_states):
        is_total = (fact.kind, fact.ref_area, fact.cell) == ("FIGURE", "PRY", "_T _T _T _T")
        is_drawn = fact.source in ("int_unodc_glotip", "pry_national_report")
        if is_total and is_drawn and fact.indicator in shown and fact.lower == fact.upper:
            assert f"{fact.lower:.0f}" in shown[fact.indicator], fact
            checked += 1
    assert checked > 40


def test_every_kind_of_loss_is_named(built: Path) -> None:
    known = [fact for fact in facts(built) if fact.ref_area == "PRY"]
    figure, verdict, headline = (
        next(fact for fact in known if fact.kind == kind)
        for kind in (page_facts.FIGURE, page_facts.VERDICT, page_facts.HEADLINE)
    )
    for fact, worse in (
        (figure, []),
        (figure, [figure._replace(upper=figure.upper + 1)]),
        (figure, [figure._replace(upper=None)]),
        (figure, [figure._replace(source="pry_national_report")]),
        (verdict, []),
        (verdict, [verdict._replace(verdict="2007 too_few_points")]),
        (headline, [headline._replace(year=headline.year - 1)]),
    ):  # fmt: skip
        after = [each for each in known if each != fact] + worse
        assert page_facts.compare(known, after).lost == [fact]
    narrower = [headline._replace(year=headline.year + 1)]
    assert page_facts.compare(known, known + narrower) == replace(
        page_facts.compare(known, known), gained=narrower
    )


@pytest.mark.exhaustive
@pytest.mark.parametrize("later", [1, -3], ids=["new_year", "old_year"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_state_loses_anything(
    built: Path, newest: Newest, version_with: Callable[[Forms], Path], kind: str, later: int
) -> None:
    forms = dict(honest(state, newest, kind, later) for state in codelists.oas_states())
    assert page_facts.compare(facts(built), facts(version_with(forms))).lost == []


@pytest.fixture
def office(built: Path, shipped_home: Path, tmp_path: Path) -> Path:
    """A project folder after a run, as an office has it, with Paraguay's form beside."""
    home = tmp_path / "home"
    shutil.copytree(shipped_home / "data", home / "data")
    shutil.copytree(built.parent / "harmonised", home / "data" / "harmonised")
    (home / "data" / "warehouse").mkdir()
    (home / "data" / "warehouse" / "tipstat.duckdb").symlink_to(built)
    form = Form("PRY", 2024, "pt")
    filled_forms.write(tmp_path / "form.xlsx", form, filled_forms.stated(form) | TRIAL)
    return home


def test_an_office_sees_what_its_page_gains_before_anything_is_entered(office: Path) -> None:
    before = sorted(office.rglob("*"))
    done = tipstat("submit", "--preview", f"{office.parent}/form.xlsx", home=office)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["Vítimas", "detectadas", "75", "(2022)", "93", "(2024)"] in lines
    assert ["Vítimas", "detectadas:", "Mulheres", "–", "71", "(2024)"] in lines
    assert "Tudo o que a página mostra hoje permanece" in done.stdout
    assert [file for file in sorted(office.rglob("*")) if file.name != ".lock"] == before
    assert {file.name for file in office.parent.iterdir()} == {"home", "form.xlsx"}


def test_a_preview_of_an_unsound_form_or_without_a_version_says_why(office: Path) -> None:
    form = Form("PRY", 2024, "pt")
    wrong = filled_forms.stated(form) | TRIAL | {"VIC_DETECT|F|_T|_T|_T": "94"}
    file = filled_forms.write(office.parent / "wrong.xlsx", form, wrong)
    done = tipstat("submit", "--preview", str(file), home=office)
    assert done.returncode == 1
    sentence = form.say("problem_exceed", parts="116", total="93")
    [line] = [line for line in done.stderr.splitlines() if sentence in line]
    places = reading.read_here(file).answers
    total, part = (
        places[f"VIC_DETECT|{sex}|_T|_T|_T"].figure.place.rpartition(", ") for sex in ("_T", "F")
    )
    assert line.startswith(f"{total[0]}, {total[2]}, {part[2]}"), "a total and its parts, once"
    (office / "data" / "warehouse" / "tipstat.duckdb").unlink()
    done = tipstat("submit", "--preview", f"{office.parent}/form.xlsx", home=office)
    assert done.returncode == 1
    assert "publish with 'tipstat run'" in done.stderr
