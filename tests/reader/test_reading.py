"""Files that are not in a source's format are refused in one line that names the difference."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from glotip_rows import GLOTIP, HEADER, titled
from handmade import container, packed, workbook, worksheet

from pipelines.harmonised.harmonise import harmonise
from pipelines.reader.files import read_table
from pipelines.reader.workbooks import UNPACKED_LIMIT
from pipelines.sources import File, FileRefusedError

SOURCE = GLOTIP.source
ROW = [
    "COL", "Colombia", "Americas", "Latin America and the Caribbean",
    "Detected trafficking victims", "Total", "Total", "Total", "Total", 2019, "Counts", "12",
    "GLOTIP",
]  # fmt: skip
BOMB = 200_000_000
"""Bytes to which a harmful container unpacks."""
PRINTED = [*map(str, ROW)]
LINE = ",".join(PRINTED)


def refusal(path: Path) -> str:
    with pytest.raises(FileRefusedError) as caught:
        read_table(path, SOURCE)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def test_a_workbook_is_read_as_printed(tmp_path: Path) -> None:
    found = read_table(workbook(tmp_path / "good.xlsx", titled(ROW)), SOURCE).frame
    assert found.iloc[0].tolist() == [*PRINTED, 4]
    rows = harmonise(GLOTIP, "2025-04-14", File(tmp_path / "good.xlsx")).rows
    assert rows["value"].tolist() == [12]
    assert rows["locator"].tolist() == ["data_glotip.xlsx, sheet data_glotip_1, row 4"]


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    turned = workbook(tmp_path / "turned.xlsx", titled(ROW[::-1], header=HEADER[::-1]))
    assert read_table(turned, SOURCE).frame.iloc[0].tolist() == [*PRINTED, 4]


@pytest.mark.parametrize(
    ("old", "new", "differences"),
    [
        ("txtVALUE", "Value", ["the header is in row 3; column 'txtVALUE' is missing; "
                               "the nearest in this file is 'Value'", "expected Iso3_code"]),
        ("Iso3_code", "Quarter", ["column 'Iso3_code' is missing (", "not expected Quarter"]),
        ("Age", "Sex", ["column 'Age' is missing"]),
    ],
    ids=["renamed", "other", "twice"],
)  # fmt: skip
def test_a_different_header_is_refused(
    tmp_path: Path, old: str, new: str, differences: list[str]
) -> None:
    header = [new if name == old else name for name in HEADER]
    message = refusal(workbook(tmp_path / "book.xlsx", titled(ROW, header=header)))
    assert all(difference in message for difference in differences)


ABOVE = {
    "no title": [],
    "one more title": [*titled()[:2], ["another title", *[""] * (len(HEADER) - 1)]],
    "merged cells": [*titled()[:2], ["", "Victims", "", *HEADER[3:]]],
}


@pytest.mark.parametrize("above", ABOVE)
def test_a_header_is_found_below_whatever_titles(tmp_path: Path, above: str) -> None:
    rows = [*ABOVE[above], HEADER, ROW, ROW, ROW]
    found = read_table(workbook(tmp_path / "book.xlsx", rows), SOURCE).frame
    first = len(ABOVE[above]) + 2
    assert found["row"].tolist() == [first, first + 1, first + 2]


@pytest.mark.parametrize("rows", [[ROW] * 3, [["Iso3_code", *ROW[1:]], ROW]])
def test_no_data_cell_is_taken_for_a_name(tmp_path: Path, rows: list) -> None:
    message = refusal(workbook(tmp_path / "book.xlsx", rows))
    assert "no header of int_unodc_glotip in its first" in message
    assert "Colombia" not in message


def test_a_figure_that_a_spreadsheet_made_a_date_is_quarantined(tmp_path: Path) -> None:
    """`12-17`, typed into a spreadsheet, is the 17th of December from then on."""
    book = openpyxl.Workbook()
    book.active.title = "data_glotip_1"
    row = [datetime(2017, 12, 17) if cell == "12" else cell for cell in ROW]
    for cells in titled(row):
        book.active.append(cells)
    book.save(tmp_path / "dates.xlsx")
    found = harmonise(GLOTIP, "2025-04-14", File(tmp_path / "dates.xlsx"))
    assert len(found.rows) == 0
    assert found.quarantine["rule"].tolist() == ["figure_has_one_reading"]
    assert "a range, a date or a time" in found.quarantine["message"].item()


def test_a_missing_sheet_is_refused(tmp_path: Path) -> None:
    message = refusal(workbook(tmp_path / "sheet.xlsx", titled(ROW), sheet="Data"))
    assert "no sheet 'data_glotip_1'; it has Data" in message


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="L4" t="e"><v>#REF!</v></c>', "cell L4 holds an error (such as #REF!)"),
        ('<c r="L4"><f>1+1</f></c>', "cell L4 holds a formula without a result"),
        ('<c t="e" r="L4"><v>#REF!</v></c>', "cell L4 holds an error"),
        ("<c r='L4' s='1' t='e'><v>#REF!</v></c>", "cell L4 holds an error"),
        ('<c r="L4" t="&#101;"><v>#REF!</v></c>', "not a readable workbook"),
        ('<x:c xmlns:x="x" r="L4" t="e"><x:v>#REF!</x:v></x:c>', "cell L4 holds an error"),
        ('<c><v>1</v></c><c t="e"><v>#REF!</v></c>', "cell B4 holds an error"),
        ('<c s="1" r="L4"><f>1+1</f></c>', "cell L4 holds a formula"),
        ('<c r="L4"><f>1+1</f><v></v></c>', "cell L4 holds a formula"),
        ('<c r="L4"><f/><v/></c>', "cell L4 holds a formula"),
        ("<c r='XFD4'><v>1</v></c>", "has a cell XFD4, far beyond any table"),
        ('<c s="1" r="XFD4"><v>1</v></c>', "has a cell XFD4, far beyond any table"),
        ('<c r="A1048576"><v>1</v></c>', "has a cell A1048576, far beyond any table"),
    ],
)
def test_a_cell_that_a_parser_would_swallow_is_refused(
    tmp_path: Path, cell: str, words: str
) -> None:
    sound = workbook(tmp_path / "sound.xlsx", titled(ROW))
    unsound = tmp_path / "unsound.xlsx"
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(unsound, "w") as new:
        for name in old.namelist():
            before, row, after = old.read(name).decode().rpartition("<row>")
            new.writestr(name, f"{before}{row}{cell if row else ''}{after}")
    assert words in refusal(unsound)


def test_a_formula_with_a_result_is_read(tmp_path: Path) -> None:
    content = worksheet(titled(ROW)).replace("</worksheet>", "<xm:f xmlns:xm='m'/></worksheet>")
    for printed, formula in (
        ("12", "<c><f>6+6</f><v>12</v></c>"),
        ("GLOTIP", '<c t="str"><f>A1</f><v></v></c>'),
    ):
        content = content.replace(f'<c t="inlineStr"><is><t>{printed}</t></is></c>', formula)
    found = read_table(packed(tmp_path / "sums.xlsx", content), SOURCE).frame
    assert found[["txtVALUE", "Source"]].to_numpy().tolist() == [["12", ""]]


def test_a_sheet_with_a_document_type_is_refused(tmp_path: Path) -> None:
    content = "<!DOCTYPE x [<!ENTITY e 'e'>]>" + worksheet(titled(ROW))
    assert "declares a document type" in refusal(packed(tmp_path / "entities.xlsx", content))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.xlsx", b"", "empty (0 bytes)"),
        ("page.xlsx", b"<!doctype html><title>503</title>", "holds an HTML page"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "not a readable workbook"),
        ("book.csv", b"PK\x03\x04", "not a CSV file"),
        ("wide.csv", "\ufeffa".encode("utf-16"), "the file is UTF-16, this source publishes UTF-8"),
        ("semi.csv", ";".join(HEADER).encode(), "separated by semicolons, expected commas"),
        ("tabs.csv", "\t".join(HEADER).encode(), "separated by tabs, expected commas"),
        (
            "latin.csv",
            f"{','.join(HEADER)}\n{'España,' * 12}1\n".encode("latin-1"),
            "the file is latin-1 or another encoding of one byte a letter, this source publishes",
        ),
        ("short.csv", f"{','.join(HEADER)}\n1,2,3\n".encode(), "not a readable table"),
        ("lines.csv", f'{",".join(HEADER)}\n1,"two\nlines"\n'.encode(), "two\\nlines"),
    ],
)
def test_another_kind_of_file_is_refused(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert words in refusal(tmp_path / name)


def test_a_path_without_a_file_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "absent.xlsx")
    assert "not a file" in refusal(tmp_path)


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text(",".join(HEADER) + f"\n{LINE}\n", encoding="utf-8-sig")
    assert read_table(path, SOURCE).frame.iloc[0].tolist() == [*PRINTED, 2]


@pytest.mark.parametrize("numbers", [["4", "4"], ["0", "5"], ["4", ""]])
def test_row_numbers_that_lead_nowhere_are_refused(tmp_path: Path, numbers: list[str]) -> None:
    path = tmp_path / "rows.csv"
    lines = [",".join(["row", *HEADER]), *(f"{number},{LINE}" for number in numbers)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "must number the publisher's rows" in refusal(path)


def stored(name: str, content: bytes) -> bytes:
    """A container of one part, which is not compressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def bomb() -> bytes:
    """A workbook whose one sheet unpacks to zeros."""
    return container("xl/worksheets/sheet1.xml", bytes(1_000_000), BOMB // 1_000_000)


def claimed(size: int) -> bytes:
    """The same, which says that it unpacks to another size."""
    return bomb().replace(struct.pack("<I", BOMB), struct.pack("<I", size))


def flipped(content: bytes) -> bytes:
    """A workbook with one changed byte in its sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo("xl/s.xml").header_offset + 200
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    **{
        f"cut off after {kept:.0%}": lambda whole, kept=kept: whole[: int(len(whole) * kept)]
        for kept in (0.2, 0.5, 0.9, 0.99)
    },
    "a flipped byte": flipped,
    "a part whose name is no text": lambda _: stored("é", b"").replace("é".encode(), b"\xff\xff"),
    # A name ends at its first zero byte.
    "a damaged part without a name": lambda _: (
        stored("first", b"figures").replace(b"first", b"\0irst").replace(b"figures", b"another")
    ),
    "a bomb that lies about its size": lambda _: claimed(UNPACKED_LIMIT // 1_000),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_workbook_is_refused(tmp_path: Path, damage: str) -> None:
    path = workbook(tmp_path / "book.xlsx", titled(*[ROW] * 300))
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    assert "damaged" in refusal(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(claimed(2_000_000_000))
    assert "unpacks to 2,000 MB, more than the 800 MB" in refusal(path)
