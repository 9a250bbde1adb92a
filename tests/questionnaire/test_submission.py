"""From a form to a release: accepted or answered, no small number stays."""

import csv
import io

import filled_forms
import pytest
from filled_forms import FORM, OFFICE
from openpyxl import load_workbook
from state_reports import SMALL, SOURCE, TOTAL, answers, form, home

from pipelines.harmonised import refresh, release_files
from pipelines.intake import inbox
from pipelines.lib import clock, paths
from pipelines.lib.digest import sha256
from pipelines.questionnaire import delimited, labels, reading, submission
from pipelines.questionnaire.answers import FormRefusedError
from pipelines.questionnaire.form import QUESTIONS, Row, rows
from pipelines.raw import manifest, reviews
from pipelines.sources import discover
from schemas import codelists

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")


def test_an_accepted_form_is_a_release_and_no_small_number_lies_in_a_file_of_ours(
    tmp_path, home
) -> None:
    note = "Remarque sur une affaire de mars"
    filled = form(tmp_path, answers())
    book = load_workbook(filled)
    filled_forms.cells(book)[TOTAL][1].value = note
    book.save(filled)
    made = submission.submit(filled, tmp_path / "answer")
    assert made.entry
    assert reading.read_here(made.answer[0]).answers[TOTAL].note.text == note
    files = [file for file in home.rglob("*") if file.is_file()]
    assert len(files) == 4
    assert not [file for file in files if note in file.read_text(encoding="utf-8")]
    assert f"{SMALL}" not in [line["figure"] for line in codelists.rows(made.entry.path)]

    source = discover()[SOURCE].source
    assert (source.publisher, source.coll_method, source.threshold) == (OFFICE, "NRM", 5)
    assert source.counted.fr.startswith(f"Communiqué à cette base de données par {OFFICE}.")
    assert source.caveats[-2:] == ("Counted in this way since 2015.", "Law applied: Loi 2014-0010.")
    assert (
        made.entry.citation
        == f"{OFFICE}, Questionnaire de cette base de données, release of " + (clock.today())
    )
    parts = refresh.harmonised(discover()[SOURCE], manifest.entries(SOURCE)).rows
    assert len(parts) == len(rows())
    whole = (parts[["age", "exploitation", "citizenship"]].astype(str) == "_T").all(axis=1)
    sexes = parts[whole & (parts["indicator"] == "VIC_PRESUMED")]
    printed = dict(zip(sexes["sex"].astype(str), sexes["value_raw"].astype(str), strict=True))
    assert (printed["_T"], printed["_O"], printed["_U"]) == ("113", ">=1 <=4", ">=19 <=22")
    hidden = parts[parts["value_raw"].astype(str).str.startswith(">=")]
    assert set(hidden["conf_status"]) == {"A", "S"}
    assert "questionnaire 2023, Victimes, " in parts["locator"].iloc[0]


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


@pytest.mark.parametrize("layout", ["plain", "sdmx"])
def test_forms_as_text_are_read_alike(tmp_path, layout: str) -> None:
    given = answers() | {"VIC_REPATR|_T|_T|_T|_T": "<5"}
    text = delimited.plain(FORM, {}) if layout == "plain" else delimited.sdmx(FORM)
    file = tmp_path / "form.csv"
    file.write_text(_filled(text, given, layout), encoding="utf-8")
    found = {name: each.figure.text for name, each in reading.read_form(file).answers.items()}
    assert found == {**dict.fromkeys(found, ""), **given}
    assert submission.submit(file, tmp_path).entry


def test_exchanged_labels_of_a_form_as_text_are_refused(tmp_path) -> None:
    file = tmp_path / "form.csv"
    women, men = (labels.whole_label(Row("", "VIC_DETECT", sex=sex), FORM) for sex in "FM")
    text = delimited.plain(FORM, {}).replace(women, "\0").replace(men, women).replace("\0", men)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FormRefusedError) as refused:
        reading.read_here(file)
    assert (refused.value.code, refused.value.language) == ("label", "fr")
    assert refused.value.parts["label"] == labels.label(Row("", "VIC_DETECT", sex="F"), FORM)


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
            line[at[column]] = given.get(name, "")
    if layout == "plain":
        lines[0][at["figure"]] = ""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([header, *lines])
    return "\ufeff" + written.getvalue()


def test_answers_to_a_workbook_and_to_a_table_of_one_name_lie_beside_each_other(
    tmp_path, home
) -> None:
    filled = form(tmp_path, answers()).rename(tmp_path / "haiti.xlsx")
    table = tmp_path / "haiti.csv"
    table.write_text(delimited.plain(FORM, {}), encoding="utf-8")
    written = [set(submission.submit(file, tmp_path).answer) for file in (filled, table)]
    assert written[0].isdisjoint(written[1])


def test_the_inbox_takes_forms(tmp_path, home, monkeypatch) -> None:
    paths.inbox().mkdir(parents=True)
    monkeypatch.setattr(inbox, "SETTLED", inbox.SETTLED * 0)
    for name, total in (("good", "113"), ("wrong", "100")):
        filled_forms.write(paths.inbox() / f"{name}.xlsx", FORM, answers(**{TOTAL: total}))
    older = filled_forms.write(paths.inbox() / "older.xlsx", FORM, answers())
    book = load_workbook(older)
    book["tipstat"]["A2"] = "0123456789ab"
    book["tipstat"]["A6"] = "VIC_DETECT=0"
    book.save(older)
    good, old, wrong = inbox.take(taker=submission.take)
    assert (good.source, good.is_new) == (SOURCE, True)
    assert wrong.message.endswith("wrong-checked.xlsx\u202f: 8")
    assert not wrong.source
    assert "older.xlsx is not taken" in old.message or "set_aside" in old.message
    day, files = clock.today(), [file for file in paths.inbox().rglob("*") if file.is_file()]
    assert sorted(f"{file.relative_to(paths.inbox())}" for file in files) == [
        f"answers/{day}-good-checked.xlsx", f"answers/{day}-good-summary.html",
        f"answers/{day}-wrong-checked.xlsx", f"answers/{day}-wrong-summary.html",
        f"received/{day}-good.xlsx", f"received/{day}-wrong.xlsx",
        "set_aside/older.xlsx", "set_aside/older.xlsx.txt",
    ]  # fmt: skip
    private = [file for file in files if file.parent.name in ("answers", "received")]
    assert {file.stat().st_mode & 0o777 for file in private} == {0o600}
    report = paths.inbox() / "set_aside" / "older.xlsx.txt"
    assert "tipstat questionnaire HTI --year 2023 --lang fr" in report.read_text(encoding="utf-8")


def test_a_form_is_deleted_once_its_answer_was_taken_away(tmp_path, home, monkeypatch) -> None:
    paths.inbox().mkdir(parents=True)
    monkeypatch.setattr(inbox, "SETTLED", inbox.SETTLED * 0)
    for name in ("sent", "waits"):
        filled_forms.write(paths.inbox() / f"{name}.xlsx", FORM, answers())
    inbox.take(taker=submission.take)
    for file in (paths.inbox() / "answers").glob("*-sent-*"):
        file.rename(tmp_path / file.name)
    deleted, kept = submission.clear()
    assert [file.name for file in deleted] == [f"{clock.today()}-sent.xlsx"]
    assert [file.name for file in kept] == [f"{clock.today()}-waits.xlsx"]
    assert not deleted[0].exists()
    assert kept[0].exists()


def test_figures_that_the_state_has_published_are_printed_once_a_person_compared(
    tmp_path, home
) -> None:
    small = "VIC_PRESUMED|_O|_T|_T|_T"
    where = {"published_at": "https://office.example/2023", "published_on": "2024-05-02"}
    filled = form(tmp_path, answers(**where))
    book = load_workbook(filled)
    filled_forms.cells(book)[small][2].value = "Oui"
    book.save(filled)
    unmarked = filled_forms.write(tmp_path / "unmarked.xlsx", FORM, answers())
    with pytest.raises(FormRefusedError) as refused:
        submission.submit(unmarked, tmp_path / "answer", compared_by="Ana Pérez")
    assert refused.value.code == "no_mark"
    alone = submission.submit(filled, tmp_path / "answer")
    assert alone.printed[Row("victims", "VIC_PRESUMED", sex="_O")] == ">=1 <=4"
    assert alone.entry.by == manifest.UNATTENDED
    assert "--compared-by" in submission.message(alone, "en")
    made = submission.submit(filled, tmp_path / "answer", compared_by="Ana Pérez")
    assert made.printed[Row("victims", "VIC_PRESUMED", sex="_O")] == f"{SMALL}"
    assert made.entry.by == OFFICE
    [compared] = reviews.entries()
    assert (compared.decision, compared.by) == (reviews.COMPARED, "Ana Pérez")
    assert small in compared.reason
    assert where["published_at"] in compared.reason
    assert reviews.last(SOURCE, made.entry.release) is None, "it decides nothing of the release"


def test_legal_scope_and_records_may_differ_by_sheet(tmp_path, home) -> None:
    scope, method = (next(q for q in QUESTIONS if q.name == name)
                     for name in ("def_scope_justice", "coll_method_justice"))  # fmt: skip
    given = answers(def_scope_justice=FORM.choices(scope)["FORCEDLAB"],
                    coll_method_justice=FORM.choices(method)["COURT"])  # fmt: skip
    made = submission.submit(form(tmp_path, given), tmp_path / "answer")
    lines = codelists.rows(made.entry.path)
    scopes = {line["indicator"]: line["def_scope"] for line in lines}
    assert (scopes["PER_CONVICT"], scopes["VIC_DETECT"]) == ("FORCEDLAB", "PALERMO")
    source = discover()[SOURCE].source
    assert "Figures on justice come from other records: Court records." in source.caveats
    assert source.registers == "BOTH"
    again = submission.submit(form(tmp_path, given), tmp_path / "answer")
    assert again.changed == ()
    other = submission.submit(form(tmp_path, answers()), tmp_path / "answer")
    assert set(other.changed) == {"coll_method_justice"}
    assert "Records that are counted, on this sheet" in submission.message(other, "en")


def test_without_function_and_day_of_release_a_form_waits_for_a_review(tmp_path, home) -> None:
    given = answers(function="", released="")
    made = submission.submit(form(tmp_path, given), tmp_path / "answer")
    assert made.entry.by == manifest.UNATTENDED
    page = made.answer[1].read_text(encoding="utf-8")
    assert FORM.say("release_title") in page
    assert FORM.say("accepted_waits") in page
    assert sha256(tmp_path / "form_2023.xlsx") in page
    refresh.refresh_all(discover()[SOURCE], paths.harmonised())
    [held] = release_files.releases(paths.harmonised(), SOURCE)
    assert "no function and day of release" in held.held_back
