"""Forms that were changed where nobody fills in, or made to do harm: read right, or refused."""

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import filled_forms
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula

from pipelines.questionnaire import reading
from pipelines.questionnaire import texts as texts_of
from pipelines.questionnaire.answers import Filled, FormRefusedError, NoFormError
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import Form
from pipelines.questionnaire.published_figures import Known
from schemas import codelists

TOTAL = "VIC_DETECT|_T|_T|_T|_T"
WOMEN = "VIC_DETECT|F|_T|_T|_T"
OLDER = "0123456789ab"
"""The version of a form that is none of now."""
Change = Callable[[Workbook], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """A form that is filled in and contradicts nothing."""
    return filled_forms.write(tmp_path_factory.mktemp("sound") / "form.xlsx")


@pytest.fixture
def changed(sound: Path, tmp_path: Path) -> Callable[[Change], Path]:
    """Change the workbook of the form by a function."""

    def make(change: Change) -> Path:
        book = load_workbook(sound)
        change(book)
        book.save(tmp_path / "changed.xlsx")
        return tmp_path / "changed.xlsx"

    return make


def texts(filled: Filled) -> dict[str, str]:
    return {name: answer.figure.text for name, answer in filled.answers.items()}


def faults(path: Path) -> dict[str, str]:
    """Return the code of the problem at each cell of a form that has one."""
    found = Checked(reading.read_here(path), Known()).problems
    return {each.name: each.code for each in found if each.stops}


def _insert_columns(book: Workbook) -> None:
    for sheet in book.worksheets[1:6]:
        sheet.insert_cols(3, 2)
        sheet.insert_rows(4, 3)


def _reorder(book: Workbook) -> None:
    book.move_sheet(book.worksheets[2], 4)
    book.worksheets[1].title = "Autre nom"


def _many_styles(book: Workbook) -> None:
    sheet = book.worksheets[3]
    for line in range(200, 2200):
        cell = sheet.cell(line, 2, " ")
        cell.font = Font(size=8 + line / 100, name=f"Font {line}")


@pytest.mark.parametrize("change", [_insert_columns, _reorder, _many_styles])
def test_what_does_no_harm_is_read(sound, changed, change) -> None:
    assert texts(reading.read_here(changed(change))) == texts(reading.read_here(sound))


def test_an_external_link_and_a_style_of_ten_megabytes_do_no_harm(sound, tmp_path) -> None:
    heavy = tmp_path / "heavy.xlsx"
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(heavy, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/styles.xml":
                comment = b"<!--" + b"x" * 10_000_000 + b"-->"
                content = content.replace(b"</styleSheet>", comment + b"</styleSheet>")
            new.writestr(part, content)
        new.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert texts(reading.read_form(heavy)) == texts(reading.read_here(sound))


def put(sheet: str | int, *cells: tuple[str, object]) -> Change:
    """Put something into cells of a sheet."""

    def change(book: Workbook) -> None:
        for place, value in cells:
            (book.worksheets[sheet] if isinstance(sheet, int) else book[sheet])[place].value = value

    return change


def answer(name: str, value: object) -> Change:
    return lambda book: setattr(filled_forms.cells(book)[name][0], "value", value)


def _merge(book: Workbook) -> None:
    cell = filled_forms.cells(book)[WOMEN][0]
    cell.parent.merge_cells(start_row=cell.row, end_row=cell.row + 1,
                            start_column=cell.column, end_column=cell.column)  # fmt: skip


def _array(book: Workbook) -> None:
    cell, last = (filled_forms.cells(book)[name][0] for name in (TOTAL, WOMEN))
    cell.value = ArrayFormula(f"{cell.coordinate}:{last.coordinate}", "=ROW()")


@pytest.mark.parametrize(
    ("change", "name", "fault"),
    [
        (answer(TOTAL, "='[other.xlsx]Sheet1'!A1"), TOTAL, "formula"),
        (_array, WOMEN, "formula"),
        (_merge, WOMEN, "merged"),
        (answer(WOMEN, date(2024, 1, 5)), WOMEN, "date"),
    ],
)
def test_an_answer_that_is_no_number_is_refused_at_its_cell(changed, change, name, fault) -> None:
    assert faults(changed(change))[name] == fault


def test_plain_digits_as_text_are_read(changed) -> None:
    path = changed(answer(WOMEN, "<5"))
    assert texts(reading.read_here(path))[WOMEN] == "<5"
    path = changed(answer(WOMEN, "0012"))
    assert texts(reading.read_here(path))[WOMEN] == "0012"
    assert faults(path)[WOMEN] in ("exceed", "short")


def _take_a_row_out(book: Workbook) -> None:
    cell = filled_forms.cells(book)[WOMEN][0]
    cell.parent.delete_rows(cell.row)


def _exchange_labels(book: Workbook) -> None:
    """Exchange women and men as they are seen, and leave the hidden keys."""
    sheet = book.worksheets[2]
    lines = [filled_forms.cells(book)[f"VIC_DETECT|{sex}|_T|_T|_T"][0].row for sex in "FM"]
    for column in range(2, sheet.max_column + 1):
        one, other = (sheet.cell(line, column) for line in lines)
        one.value, other.value = other.value, one.value


def _older(change: Change) -> Change:
    """Change a form of another version."""
    return lambda book: (put("tipstat", ("A2", OLDER))(book), change(book))


def _older_meaning(book: Workbook) -> None:
    cell = book["tipstat"]["A6"]
    cell.value = cell.value.replace("VIC_DETECT=1", "VIC_DETECT=0")


@pytest.mark.parametrize(
    ("change", "code", "parts"),
    [
        (put("tipstat", ("A3", "DOM")), "other_form", {"place": "À propos des chiffres, A5"}),
        (put("tipstat", ("A4", "2022")), "other_year", {"other": "2023", "year": 2022}),
        (
            put(2, ("I4", 2022), ("I5", 17)),
            "other_year",
            {"place": "Victimes, I4", "other": "2022", "year": 2023},
        ),
        (_older(_older_meaning), "older", {"state": "HTI", "year": 2023, "written": "fr"}),
        (_older(put(2, ("A5", "HTI|2023|VIC_GONE|_T|_T|_T|_T"))), "older", {}),
        (put("tipstat", ("A3", "FRA")), "identity", {}),
        (put("tipstat", ("A4", "1850")), "identity", {}),
        (put("tipstat", ("A5", "xx")), "identity", {}),
        (lambda book: book.copy_worksheet(book.worksheets[2]), "row_twice", {}),
        (_take_a_row_out, "rows_gone", {"count": 1, "first": WOMEN}),
        (put(2, ("E190", 12)), "stray", {"place": "Victimes, E190"}),
        (
            put(2, ("A5", '="HTI|2023|VIC_DETECT|_T|_T|_T|_T"')),
            "key_changed",
            {"place": "Victimes, A5"},
        ),
        (_exchange_labels, "label", {"label": "Femmes"}),
        (put(2, ("E3", None)), "markers", {"place": "Victimes, A3"}),
    ],
)  # fmt: skip
def test_a_form_that_was_changed_is_refused_with_the_cell(changed, change, code, parts) -> None:
    with pytest.raises(FormRefusedError) as refused:
        reading.read_here(changed(change))
    assert refused.value.code == code
    assert parts.items() <= refused.value.parts.items()
    assert refused.value.language == "fr" or code == "identity"


def _add_a_sheet_and_a_comment(book: Workbook) -> None:
    book.create_sheet("Notre registre")["A1"] = "Des chiffres à nous"
    filled_forms.cells(book)[TOTAL][0].comment = Comment("Voir le registre", "Bureau")


def test_what_the_answer_will_lack_is_named(sound, changed) -> None:
    assert reading.read_here(sound).left == ()
    found = reading.read_here(changed(_add_a_sheet_and_a_comment))
    assert found.left[0] == "Notre registre"
    assert found.left[1:] == (found.answers[TOTAL].figure.place,)


def test_a_form_that_asks_less_is_taken_with_a_list_of_what_was_added(changed) -> None:
    found = reading.read_here(changed(_older(_take_a_row_out)))
    assert found.added == (WOMEN,)
    assert found.answers[WOMEN].figure.is_empty
    assert found.answers[TOTAL].figure.text


def test_a_wording_that_changed_since_voids_no_form(sound, monkeypatch) -> None:
    """The form on disk has the words of before: to the program they are the changed ones."""
    worded = dict(texts_of.texts("fr")) | {"ask_office": "Le service qui répond"}
    monkeypatch.setattr(texts_of, "texts", lambda _: worded)
    assert texts(reading.read_here(sound))[TOTAL]


def _part(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path, Path], None]:
    def act(old: Path, new: Path) -> None:
        with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
            for part in source.namelist():
                content = source.read(part)
                target.writestr(part, change(content) if part == name else content)

    return act


def _with(name: str, content: bytes) -> Callable[[Path, Path], None]:
    """Add a part."""

    def act(old: Path, new: Path) -> None:
        shutil.copy(old, new)
        with zipfile.ZipFile(new, "a") as target:
            target.writestr(name, content)

    return act


MACROS = _with("xl/vbaProject.bin", b"\0")
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
MERGED = b'</sheetData><mergeCells><mergeCell ref="A1:CZ99999"/></mergeCells>'
SHEET = "xl/worksheets/sheet3.xml"
FIRST_CELL = re.compile(rb"(<c\b[^>]*?(?:/>|>.*?</c>))")


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        (MACROS, "macros", ""),
        (_part(SHEET, lambda text: BOMB + text), "unreadable", "document type"),
        (_part("xl/workbook.xml", lambda text: BOMB + text), "unreadable", "document"),
        (_part("xl/styles.xml", lambda text: BOMB + text), "unreadable", "document type"),
        (_part(SHEET, lambda text: FIRST_CELL.sub(rb"\1\1", text, count=1)),
         "unreadable", "twice, or after"),
        (_with("xl/macrosheets/sheet1.xml", b"<macrosheet/>"), "unreadable", "has a macro sheet"),
        (_part(SHEET, lambda text: text[:-40]), "unreadable", ""),
        (_part(SHEET, lambda text: text.replace(b'r="A5"', b'r="ZZZ5"', 1)),
         "unreadable", "far beyond"),
        (_part(SHEET, lambda text: text.replace(b"</sheetData>", MERGED)), "far_beyond", ""),
        (lambda old, new: new.write_bytes(old.read_bytes()[:9000]),
         "unreadable", "damaged or cut off"),
        (lambda _, new: new.write_bytes(b"<html></html>"), "no_workbook", ""),
    ],
)  # fmt: skip
def test_a_file_that_does_harm_is_refused(sound, tmp_path, change, code, reason: str) -> None:
    change(sound, tmp_path / "bad.xlsx")
    with pytest.raises(FormRefusedError) as refused:
        reading.read_here(tmp_path / "bad.xlsx")
    assert refused.value.code == code
    assert reason in str(refused.value)
    lines = str(refused.value).splitlines()
    assert len(lines) == (1 if refused.value.language else len(codelists.LANGUAGES))


def test_other_files_are_no_forms(tmp_path) -> None:
    book = Workbook()
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "form.ods.xlsx", "w") as target:
        target.writestr("content.xml", "<x/>")
    for file in tmp_path.iterdir():
        with pytest.raises(NoFormError):
            reading.read_here(file)
    for path in (tmp_path, tmp_path / "absent.xlsx"):
        with pytest.raises(FormRefusedError) as refused:
            reading.read_form(path)
        assert refused.value.code == "unreadable"


def test_a_child_process_reads_what_came_in(sound, tmp_path) -> None:
    found = reading.read_form(sound)
    assert found.form == Form("HTI", 2023, "fr")
    assert texts(found) == texts(reading.read_here(sound))
    assert re.fullmatch(r"Victimes, [A-Z]+\d+", found.answers[TOTAL].figure.place)
    (tmp_path / "link.xlsx").symlink_to(sound)
    with pytest.raises(FormRefusedError, match="a link"):
        reading.read_form(tmp_path / "link.xlsx")
    MACROS(sound, tmp_path / "macros.xlsx")
    with pytest.raises(FormRefusedError) as refused:
        reading.read_form(tmp_path / "macros.xlsx")
    assert refused.value.code == "macros"
