"""Later forms of a state: other years, revisions, corrections, submissions that were broken off."""

import itertools
import os
import signal
from pathlib import Path

import duckdb
import filled_forms
import pytest
from conftest import ROOT
from filled_forms import FORM, OFFICE
from state_reports import SOURCE, TOTAL, answers, figures, form, home, on

from pipelines.lib import atomic, clock, paths
from pipelines.published.versions.version import Version
from pipelines.questionnaire import protect, reading, release, submission
from pipelines.questionnaire.answers import FormRefusedError
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import Form, Row
from pipelines.questionnaire.published_figures import Known
from pipelines.raw import manifest, reviews, stated_files
from pipelines.sources import discover

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")


def test_a_new_year_keeps_the_others_and_the_same_year_is_a_revision(tmp_path, monkeypatch) -> None:
    on("2025-01-10", monkeypatch)
    submission.submit(form(tmp_path, answers()), tmp_path)
    on("2025-02-10", monkeypatch)
    later = Form("HTI", 2024, "fr")
    given = filled_forms.stated(later) | filled_forms.figures(later, 3)
    submission.submit(form(tmp_path, given, later), tmp_path)
    on("2026-03-10", monkeypatch)
    corrected = answers(**{"INV_OPENED|_T|_T|_T|_T": "777", "office": "Another office"})
    submission.submit(form(tmp_path, corrected), tmp_path)
    days = [entry.release for entry in manifest.entries(SOURCE)]
    first, second, third = (figures(day) for day in days)
    assert len(second) == len(third) == 2 * len(first)
    assert {key: text for key, text in second.items() if key[0] == "2023"} == first
    changed = {key for key in third if third[key] != second[key]}
    assert changed == {("2023", "INV_OPENED", "_T", "_T", "_T", "_T")}
    publishers = [entry.publisher for entry in manifest.entries(SOURCE)]
    assert publishers == [OFFICE, OFFICE, "Another office"]


def test_of_two_forms_of_one_day_the_later_counts_and_two_years_may_come(tmp_path) -> None:
    submission.submit(form(tmp_path, answers()), tmp_path)
    corrected = answers(**{"INV_OPENED|_T|_T|_T|_T": "777", "office": "Another office"})
    submission.submit(form(tmp_path, corrected), tmp_path)
    [entry] = manifest.entries(SOURCE)
    assert entry.publisher == "Another office"
    assert manifest.damaged([entry]) == []
    found = figures(clock.today())
    assert found["2023", "INV_OPENED", "_T", "_T", "_T", "_T"] == "777"
    assert found["2023", TOTAL.partition("|")[0], "_T", "_T", "_T", "_T"] == "113"
    later = Form("HTI", 2024, "fr")
    given = filled_forms.stated(later) | filled_forms.figures(later, 3)
    submission.submit(form(tmp_path, given, later), tmp_path)
    assert len(manifest.entries(SOURCE)) == 1
    both = figures(clock.today())
    assert {key: text for key, text in both.items() if key[0] == "2023"} == found
    assert len(both) == 2 * len(found)


def test_counts_of_a_year_are_printed_once_in_a_calendar_year_and_then_exactly(
    tmp_path, monkeypatch
) -> None:
    on("2025-01-10", monkeypatch)
    submission.submit(form(tmp_path, answers()), tmp_path)
    on("2025-01-11", monkeypatch)
    grown = {TOTAL: "116", "VIC_PRESUMED|M|_T|_T|_T": "53", "VIC_PRESUMED|_T|Y0T17|_T|_T": "36"}
    with pytest.raises(FormRefusedError) as refused:
        submission.submit(form(tmp_path, answers(**grown)), tmp_path)
    assert (refused.value.code, refused.value.parts["next"]) == ("unpublished", 2026)
    on("2026-01-11", monkeypatch)
    submission.submit(form(tmp_path, answers(**grown)), tmp_path)
    first, second = (figures(each.release) for each in manifest.entries(SOURCE))
    sexes = [
        ("2023", "VIC_PRESUMED", sex, "_T", "_T", "_T") for sex in ("_T", "F", "M", "_O", "_U")
    ]
    assert [first[each] for each in sexes] == ["113", "40", "50", ">=1 <=4", ">=19 <=22"]
    assert [second[each] for each in sexes] == ["116", "40", "53", ">=1 <=4", ">=19 <=22"]
    again = submission.submit(form(tmp_path, answers(**grown)), tmp_path)
    assert again.entry is None


def test_what_readers_saw_in_a_version_that_was_rolled_back_counts(tmp_path, monkeypatch) -> None:
    """A second form of the day would else show the difference of one person."""
    submission.submit(form(tmp_path, answers()), tmp_path)
    today = clock.today()
    seen = paths.versions() / "2025-01-10T000000.000Z-00000000"
    seen.mkdir(parents=True)
    file = f"extracts/parquet/releases/{SOURCE}/{today}.parquet"
    Version(seen.name, today, "0", 1, {file: "0"}).write(seen)
    grown = {TOTAL: "114", "VIC_PRESUMED|M|_T|_T|_T": "51", "VIC_PRESUMED|_T|Y0T17|_T|_T": "34"}
    with pytest.raises(FormRefusedError) as refused:
        submission.submit(form(tmp_path, answers(**grown)), tmp_path)
    assert refused.value.code == "second"
    assert len(release.printed_before(FORM)) == 1


def test_what_is_stated_otherwise_is_named(tmp_path, monkeypatch) -> None:
    on("2025-01-10", monkeypatch)
    submission.submit(form(tmp_path, answers()), tmp_path)
    on("2025-01-11", monkeypatch)
    other = {"office": "Another office", "law": "", "since": "2016"}
    made = submission.submit(form(tmp_path, answers(**other)), tmp_path)
    assert made.entry is None
    assert submission.message(made, "en") == (
        "questionnaire of Haiti 2023: accepted, nothing new; stated otherwise than before: "
        "Office that reports, Counted in this way since, Law that is applied"
    )
    changed = FORM.say("summary_changed")
    assert changed in made.answer[1].read_text(encoding="utf-8")
    source = discover()[SOURCE].source
    assert (source.publisher, source.caveats[-1]) == (
        "Another office", "Counted in this way since 2016."
    )  # fmt: skip
    period = submission.submit(form(tmp_path, answers(**other, time_basis="FY1001")), tmp_path)
    assert period.entry
    assert period.changed == ()
    assert changed not in period.answer[1].read_text(encoding="utf-8")


def test_what_was_published_is_not_replaced_on_the_same_day(tmp_path) -> None:
    submission.submit(form(tmp_path, answers()), tmp_path)
    paths.warehouse().parent.mkdir(parents=True)
    with duckdb.connect(str(paths.warehouse())) as connection:
        connection.execute((ROOT / "pipelines/warehouse/sql/table/release.sql").read_text())
        line = [SOURCE, clock.today(), "REPLACE", True, True, 1, *"abcde"]
        connection.execute(f"insert into main.release values ({', '.join('?' * 11)})", line)
    with pytest.raises(FormRefusedError) as refused:
        release.enter(*checked(form(tmp_path, answers(seed=4))))
    next_year = int(clock.today()[:4]) + 1
    assert (refused.value.code, refused.value.parts["next"]) == ("second", next_year)
    cases = {"INV_OPENED|_T|_T|_T|_T": "777"}
    with pytest.raises(FormRefusedError) as refused:
        release.enter(*checked(form(tmp_path, answers(**cases))))
    assert refused.value.code == "settled", "no count of persons changes: tomorrow it may"
    assert release.enter(*checked(form(tmp_path, answers()))) == (None, ())


def checked(file: Path) -> tuple[Checked, dict[Row, str]]:
    found = Checked(reading.read_here(file), Known())
    return found, protect.printed(found.figures)


@pytest.mark.exhaustive
def test_a_killed_submission_leaves_whole_files_and_can_be_repeated(tmp_path, home) -> None:
    filled, corrected = form(tmp_path, answers()), tmp_path / "corrected.xlsx"
    filled_forms.write(corrected, FORM, answers(seed=4, office="Another office"))
    for file in (filled, corrected):
        for step in range(20):
            if not killed(file, tmp_path, step):
                break
            for entry in manifest.entries(SOURCE) if paths.manifest().is_file() else []:
                assert not manifest.damaged([entry]) or file == corrected, "held back"
                assert discover()[SOURCE].source.publisher
            for table in paths.raw().rglob("*.csv"):
                assert table.read_text(encoding="utf-8").endswith("\n")
        assert step > 3
    [entry] = manifest.entries(SOURCE)
    assert manifest.damaged([entry]) == []
    assert (entry.publisher, discover()[SOURCE].source.publisher) == ("Another office",) * 2
    left = {file.suffix for file in home.rglob("*") if file.is_file()}
    assert left == {".csv", ".yml"}


def killed(file: Path, folder: Path, step: int) -> bool:
    """Submit a form in a process that is killed before it puts a file in its place; say so."""
    if not (child := os.fork()):
        left = itertools.count()
        switch = atomic.switch

        def act(new: Path, path: Path) -> None:
            if next(left) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            switch(new, path)

        atomic.switch = act
        submission.submit(file, folder / "answer")
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL)
    return status != 0


def test_what_was_reviewed_is_not_replaced_on_the_same_day(tmp_path, monkeypatch) -> None:
    on("2025-01-10", monkeypatch)
    submission.submit(form(tmp_path, answers()), tmp_path)
    before = figures(clock.today())
    other = form(tmp_path, answers(seed=4, office="Another office")).rename(tmp_path / "other.xlsx")
    cases = form(tmp_path, answers(**{"INV_OPENED|_T|_T|_T|_T": "777"}))
    for decision, code in ((reviews.ACCEPT, "unpublished"), (reviews.KEEP, "settled")):
        reviews.enter(SOURCE, clock.today(), decision, "a later form corrects it", "The office")
        with pytest.raises(FormRefusedError) as refused:
            submission.submit(other, tmp_path)
        assert refused.value.code == code
        assert ("--keep" in str(refused.value)) == (decision == reviews.ACCEPT)
        assert figures(clock.today()) == before
        assert OFFICE in stated_files.metadata(SOURCE).read_text(encoding="utf-8"), "put back"
        with pytest.raises(FormRefusedError) as refused:
            submission.submit(cases, tmp_path)
        assert refused.value.code == "settled", "no count of persons changes: tomorrow it may"
    on("2025-01-11", monkeypatch)
    assert submission.submit(other, tmp_path).entry, "what the refusal says to do helps"
