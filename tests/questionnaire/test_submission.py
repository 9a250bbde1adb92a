"""From a form to a release: accepted or answered, revised, carried over; no small number stays."""

import csv
import io
import itertools
import os
import signal
from pathlib import Path

import duckdb
import filled_forms
import pytest
from conftest import ROOT
from filled_forms import FORM, OFFICE
from openpyxl import load_workbook

from pipelines.harmonised import refresh
from pipelines.intake import inbox
from pipelines.lib import atomic, clock, paths
from pipelines.questionnaire import delimited, protect, reading, release, submission, words
from pipelines.questionnaire.answers import FormRefusedError
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import Form, Row, rows
from pipelines.questionnaire.known import Known
from pipelines.raw import manifest, reviews, stated_files
from pipelines.sources import discover

SOURCE = "hti_national_report"
TOTAL = "VIC_IDENT|_T|_T|_T|_T"
SMALL = 3
"""A number that no file of ours may hold: all others are of two digits or more."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder, without a browser; forms are read without a process of their own."""
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(reading, "read", reading.read_here)
    monkeypatch.setattr(submission, "_pdf", lambda _: ())
    paths.raw().mkdir(parents=True)
    return tmp_path / "home"


def answers(seed: int = 1, **changed: str) -> dict[str, str]:
    """Return answers of which one part is small."""
    given = filled_forms.stated(FORM) | filled_forms.figures(FORM, seed)
    parts = {"F": "40", "M": "50", "_O": f"{SMALL}", "_U": "20"}
    small = {f"VIC_IDENT|{sex}|_T|_T|_T": count for sex, count in parts.items()}
    ages = {"Y_GE18": "70", "Y0T17": "33", "_U": "10"}
    by_age = {f"VIC_IDENT|_T|{age}|_T|_T": count for age, count in ages.items()}
    return given | small | by_age | {TOTAL: "113"} | changed


def form(folder: Path, given: dict[str, str], asked: Form = FORM) -> Path:
    return filled_forms.write(folder / f"form_{asked.year}.xlsx", asked, given)


def figures(day: str) -> dict[tuple[str, ...], str]:
    """Return the printed figures of a release by year, indicator, sex and age."""
    found = refresh.harmonised(discover()[SOURCE], manifest.entries(SOURCE, day)).rows
    columns = ["time_period", "indicator", "sex", "age", "exploitation", "citizenship"]
    keys = found[columns].astype(str).itertuples(index=False, name=None)
    return dict(zip(keys, found["value_raw"].astype(str), strict=True))


def on(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)


def test_an_accepted_form_is_a_release(tmp_path, home) -> None:
    made = submission.submit(form(tmp_path, answers()), tmp_path / "answer")
    assert made.entry
    source = discover()[SOURCE].source
    assert (source.publisher, source.coll_method, source.threshold) == (OFFICE, "NRM", 5)
    assert source.counted.fr.startswith(f"Communiqué à cette base de données par {OFFICE}.")
    assert source.caveats[-2:] == ("Counted in this way since 2015.", "Law applied: Loi 2014-0010.")
    assert (
        made.entry.citation
        == f"{OFFICE}, Questionnaire de cette base de données, release of " + (clock.today())
    )
    found = figures(made.entry.release)
    assert len(found) == len(rows())
    assert found["2023", "VIC_IDENT", "_T", "_T", "_T", "_T"] == "113"
    assert found["2023", "VIC_IDENT", "_O", "_T", "_T", "_T"] == "<5"
    assert found["2023", "VIC_IDENT", "_U", "_T", "_T", "_T"] == "<=113"
    parts = refresh.harmonised(discover()[SOURCE], manifest.entries(SOURCE)).rows
    hidden = parts[parts["value_raw"].astype(str).str.startswith("<")]
    assert set(hidden["conf_status"]) == {"A", "S"}
    assert "questionnaire 2023, Victimes, " in parts["locator"].iloc[0]


def test_a_small_number_lies_in_no_file_of_ours(tmp_path, home) -> None:
    note = "Remarque sur une affaire de mars"
    filled = form(tmp_path, answers())
    book = load_workbook(filled)
    filled_forms.cells(book)[TOTAL][1].value = note
    book.save(filled)
    made = submission.submit(filled, tmp_path / "answer")
    assert reading.read_here(made.answer[0]).answers[TOTAL].note.text == note
    files = [file for file in home.rglob("*") if file.is_file()]
    assert len(files) == 4
    assert not [file for file in files if note in file.read_text(encoding="utf-8")]
    with made.entry.path.open(encoding="utf-8", newline="") as file:
        printed = [line["figure"] for line in csv.DictReader(file)]
    assert f"{SMALL}" not in printed
    assert "<5" in printed


def test_an_error_enters_nothing_and_is_marked(tmp_path, home) -> None:
    given = answers(**{TOTAL: "100"})
    made = submission.submit(form(tmp_path, given), tmp_path / "answer")
    assert made.entry is None
    assert not [file for file in home.rglob("*") if file.is_file()]
    marked, page = made.answer
    read = reading.read_here(marked)
    assert {name: each.figure.text for name, each in read.answers.items()} == {
        **dict.fromkeys(read.answers, ""), **given
    }  # fmt: skip
    cell = filled_forms.cells(load_workbook(marked))[TOTAL][0]
    sentence = FORM.say("problem_exceed", parts="113", total="100")
    assert sentence in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFF6C6C0"
    assert {file.stat().st_mode & 0o777 for file in made.answer} == {0o600}
    shown = page.read_text(encoding="utf-8")
    assert sentence in shown
    assert FORM.say("refused") in shown
    assert 'lang="fr"' in shown


def test_a_marked_copy_that_is_corrected_is_accepted(tmp_path) -> None:
    first = submission.submit(form(tmp_path, answers(**{TOTAL: "100"})), tmp_path)
    book = load_workbook(first.answer[0])
    filled_forms.fill(book, {TOTAL: "113"})
    book.save(tmp_path / "again.xlsx")
    assert submission.submit(tmp_path / "again.xlsx", tmp_path).entry


def test_a_new_year_keeps_the_others_and_the_same_year_is_a_revision(tmp_path, monkeypatch) -> None:
    on("2025-01-10", monkeypatch)
    submission.submit(form(tmp_path, answers()), tmp_path)
    on("2025-02-10", monkeypatch)
    later = Form("HTI", 2024, "fr")
    given = filled_forms.stated(later) | filled_forms.figures(later, 3)
    submission.submit(form(tmp_path, given, later), tmp_path)
    on("2025-03-10", monkeypatch)
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


def test_two_years_may_come_on_one_day(tmp_path) -> None:
    submission.submit(form(tmp_path, answers()), tmp_path)
    first = figures(clock.today())
    later = Form("HTI", 2024, "fr")
    given = filled_forms.stated(later) | filled_forms.figures(later, 3)
    submission.submit(form(tmp_path, given, later), tmp_path)
    assert len(manifest.entries(SOURCE)) == 1
    both = figures(clock.today())
    assert {key: text for key, text in both.items() if key[0] == "2023"} == first
    assert len(both) == 2 * len(first)


def test_a_form_twice_is_once(tmp_path, monkeypatch) -> None:
    on("2025-01-10", monkeypatch)
    submission.submit(form(tmp_path, answers()), tmp_path)
    on("2025-01-11", monkeypatch)
    again = submission.submit(form(tmp_path, answers()), tmp_path)
    assert again.entry is None
    assert submission.message(again) == "questionnaire of HTI 2023: accepted, nothing new"


def test_of_two_forms_of_one_day_the_later_counts(tmp_path) -> None:
    submission.submit(form(tmp_path, answers()), tmp_path)
    corrected = answers(**{"INV_OPENED|_T|_T|_T|_T": "777", "office": "Another office"})
    submission.submit(form(tmp_path, corrected), tmp_path)
    [entry] = manifest.entries(SOURCE)
    assert entry.publisher == "Another office"
    assert manifest.damaged([entry]) == []
    found = figures(clock.today())
    assert found["2023", "INV_OPENED", "_T", "_T", "_T", "_T"] == "777"
    assert found["2023", TOTAL.partition("|")[0], "_T", "_T", "_T", "_T"] == "113"


def test_a_second_form_of_a_year_is_protected_together_with_the_first(
    tmp_path, monkeypatch
) -> None:
    on("2025-01-10", monkeypatch)
    submission.submit(form(tmp_path, answers()), tmp_path)
    on("2025-01-11", monkeypatch)
    grown = {TOTAL: "116", "VIC_IDENT|M|_T|_T|_T": "53", "VIC_IDENT|_T|Y0T17|_T|_T": "36"}
    submission.submit(form(tmp_path, answers(**grown)), tmp_path)
    first, second = (figures(each.release) for each in manifest.entries(SOURCE))
    sexes = [("2023", "VIC_IDENT", sex, "_T", "_T", "_T") for sex in ("_T", "F", "M", "_O", "_U")]
    assert [first[each] for each in sexes] == ["113", "40", "50", "<5", "<=113"]
    assert [second[each] for each in sexes] == [">=110", "40", ">=50", "<5", ">=5"]
    again = submission.submit(form(tmp_path, answers(**grown)), tmp_path)
    assert again.entry is None


def test_what_is_stated_otherwise_is_said(tmp_path, monkeypatch) -> None:
    on("2025-01-10", monkeypatch)
    submission.submit(form(tmp_path, answers()), tmp_path)
    on("2025-01-11", monkeypatch)
    other = {"office": "Another office", "law": "", "since": "2016"}
    made = submission.submit(form(tmp_path, answers(**other)), tmp_path)
    assert made.entry is None
    assert submission.message(made) == (
        "questionnaire of HTI 2023: accepted, no new figures, but stated otherwise than before: "
        "office, since, law"
    )
    said = FORM.say("summary_changed")
    assert said in made.answer[1].read_text(encoding="utf-8")
    source = discover()[SOURCE].source
    assert (source.publisher, source.caveats[-1]) == (
        "Another office", "Counted in this way since 2016."
    )  # fmt: skip
    period = submission.submit(form(tmp_path, answers(**other, time_basis="FY1001")), tmp_path)
    assert period.entry
    assert period.changed == ()
    assert said not in period.answer[1].read_text(encoding="utf-8")


def test_what_was_published_is_not_replaced_on_the_same_day(tmp_path) -> None:
    submission.submit(form(tmp_path, answers()), tmp_path)
    paths.warehouse().parent.mkdir(parents=True)
    with duckdb.connect(str(paths.warehouse())) as connection:
        connection.execute((ROOT / "pipelines/warehouse/sql/table/release.sql").read_text())
        line = [SOURCE, clock.today(), "REPLACE", True, True, 1, *"abcde"]
        connection.execute(f"insert into main.release values ({', '.join('?' * 11)})", line)
    with pytest.raises(manifest.ManifestError, match=r"published already.* again tomorrow"):
        release.enter(*checked(form(tmp_path, answers(seed=4))))
    assert release.enter(*checked(form(tmp_path, answers()))) == (None, ())


def checked(file: Path) -> tuple[Checked, dict[Row, str]]:
    found = Checked(reading.read_here(file), Known())
    return found, protect.printed(found.figures)


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


@pytest.mark.parametrize("decision", [reviews.ACCEPT, reviews.KEEP])
def test_what_was_reviewed_is_not_replaced_on_the_same_day(tmp_path, decision: str) -> None:
    submission.submit(form(tmp_path, answers()), tmp_path)
    reviews.enter(SOURCE, clock.today(), decision, "looked at")
    before = figures(clock.today())
    other = form(tmp_path, answers(seed=4, office="Another office"))
    with pytest.raises(manifest.ManifestError, match="submit this form again tomorrow"):
        submission.submit(other, tmp_path)
    assert figures(clock.today()) == before
    assert OFFICE in stated_files.metadata(SOURCE).read_text(encoding="utf-8"), "put back"


@pytest.mark.parametrize("layout", ["plain", "sdmx"])
def test_forms_as_text_are_read_alike(tmp_path, layout: str) -> None:
    given = answers() | {"VIC_REPATR|_T|_T|_T|_T": "<5"}
    text = delimited.plain(FORM, {}) if layout == "plain" else delimited.sdmx(FORM)
    file = tmp_path / "form.csv"
    file.write_text(_filled(text, given, layout), encoding="utf-8")
    found = {name: each.figure.text for name, each in reading.read(file).answers.items()}
    assert found == {**dict.fromkeys(found, ""), **given}
    assert submission.submit(file, tmp_path).entry


def test_exchanged_labels_of_a_form_as_text_are_refused(tmp_path) -> None:
    file = tmp_path / "form.csv"
    women, men = (words.whole_label(Row("", "VIC_DETECT", sex=sex), FORM) for sex in "FM")
    text = delimited.plain(FORM, {}).replace(women, "\0").replace(men, women).replace("\0", men)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FormRefusedError, match="line 11, question: this label is not that"):
        reading.read_here(file)


def _filled(text: str, given: dict[str, str], layout: str) -> str:
    """Fill in a form as text, as somebody who edits its lines."""
    header, *lines = [*csv.reader(io.StringIO(text))]
    at = {name: place for place, name in enumerate(header)}
    for line in lines:
        if layout == "plain":
            name = line[at["key"]].partition("|")[2].partition("|")[2]
            line[at["figure"]] = given.get(name, "")
            continue
        codes = ("INDICATOR", "SEX", "AGE", "EXPLOITATION", "CITIZENSHIP")
        figure = given["|".join(line[at[code]] for code in codes)]
        is_hidden = figure == "<5"
        line[at["OBS_VALUE"]] = "" if is_hidden else figure
        line[at["UPPER_BOUND"]], line[at["OBS_STATUS"]] = ("4", "Q") if is_hidden else ("", "A")
        for column, name in delimited.STATED.items():
            line[at[column]] = given[name]
    if layout == "plain":
        lines[0][at["figure"]] = ""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([header, *lines])
    return "\ufeff" + written.getvalue()


def test_the_inbox_takes_forms(tmp_path, home, monkeypatch) -> None:
    paths.inbox().mkdir(parents=True)
    monkeypatch.setattr(inbox, "SETTLED", inbox.SETTLED * 0)
    for name, total in (("good", "113"), ("wrong", "100")):
        filled_forms.write(paths.inbox() / f"{name}.xlsx", FORM, answers(**{TOTAL: total}))
    older = filled_forms.write(paths.inbox() / "older.xlsx", FORM, answers())
    book = load_workbook(older)
    book["tipstat"]["A2"] = "0123456789ab"
    book.save(older)
    good, old, wrong = inbox.take(taker=submission.take)
    assert (good.source, good.is_new) == (SOURCE, True)
    assert "not accepted, 8 problems are marked" in wrong.message
    assert not wrong.source
    assert "older.xlsx is not taken" in old.message or "set_aside" in old.message
    left = sorted(file.name for file in paths.inbox().rglob("*") if file.is_file())
    assert left == [
        "good-checked.xlsx", "good-summary.html", "older.xlsx", "older.xlsx.txt",
        "wrong-checked.xlsx", "wrong-summary.html",
    ]  # fmt: skip
    report = paths.inbox() / "set_aside" / "older.xlsx.txt"
    assert "an older form (0123456789ab" in report.read_text(encoding="utf-8")
