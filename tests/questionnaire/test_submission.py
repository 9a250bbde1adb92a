"""From a form to a release: accepted or answered, no small number stays."""

import csv
import io

import filled_forms
import pytest
from filled_forms import FORM, OFFICE
from openpyxl import load_workbook
from state_reports import SMALL, SOURCE, TOTAL, answers, figures, form, home

from pipelines.harmonised import refresh
from pipelines.intake import inbox
from pipelines.lib import clock, paths
from pipelines.questionnaire import delimited, labels, reading, submission
from pipelines.questionnaire.answers import FormRefusedError
from pipelines.questionnaire.form import Row, rows
from pipelines.raw import manifest
from pipelines.sources import discover
from schemas import codelists

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")


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
    assert found["2023", "VIC_IDENT", "_O", "_T", "_T", "_T"] == ">=1 <=4"
    assert found["2023", "VIC_IDENT", "_U", "_T", "_T", "_T"] == ">=19 <=22"
    parts = refresh.harmonised(discover()[SOURCE], manifest.entries(SOURCE)).rows
    hidden = parts[parts["value_raw"].astype(str).str.startswith(">")]
    assert set(hidden["conf_status"]) == {"A", "C", "S"}
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
    printed = [line["figure"] for line in codelists.rows(made.entry.path)]
    assert f"{SMALL}" not in printed
    assert ">=1 <=4" in printed


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
    found = {name: each.figure.text for name, each in reading.read(file).answers.items()}
    assert found == {**dict.fromkeys(found, ""), **given}
    assert submission.submit(file, tmp_path).entry


def test_exchanged_labels_of_a_form_as_text_are_refused(tmp_path) -> None:
    file = tmp_path / "form.csv"
    women, men = (labels.whole_label(Row("", "VIC_DETECT", sex=sex), FORM) for sex in "FM")
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
