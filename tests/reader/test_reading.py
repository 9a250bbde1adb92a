"""Files that are not what a source publishes are refused in one line that names the difference."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from glotip_rows import HEADER, titled
from handmade import workbook

from pipelines.harmonised.harmonise import harmonise
from pipelines.reader.files import read_table
from pipelines.reader.workbooks import UNPACKED_LIMIT
from pipelines.sources import File, FileRefusedError, discover, too_short

GLOTIP = discover()["int_unodc_glotip"].source
ROW = [
    "COL", "Colombia", "Americas", "Latin America and the Caribbean",
    "Detected trafficking victims", "Total", "Total", "Total", "Total", 2019, "Counts", "12",
    "GLOTIP",
]  # fmt: skip


def refusal(path: Path) -> str:
    with pytest.raises(FileRefusedError) as caught:
        read_table(path, GLOTIP)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def test_a_workbook_is_read_as_printed(tmp_path: Path) -> None:
    found = read_table(workbook(tmp_path / "good.xlsx", titled(ROW)), GLOTIP).frame
    assert found.iloc[0].tolist() == [*map(str, ROW), 4]
    rows = harmonise(
        discover()["int_unodc_glotip"], "2025-04-14", File(tmp_path / "good.xlsx")
    ).rows
    assert rows["value"].tolist() == [12]
    assert rows["locator"].tolist() == ["data_glotip.xlsx, sheet data_glotip_1, row 4"]


def test_the_order_of_columns_is_free(tmp_path: Path) -> None:
    turned = workbook(tmp_path / "turned.xlsx", titled(ROW[::-1], header=HEADER[::-1]))
    assert read_table(turned, GLOTIP).frame.iloc[0].tolist() == [*map(str, ROW), 4]


def test_renamed_column(tmp_path: Path) -> None:
    header = ["Value" if name == "txtVALUE" else name for name in HEADER]
    message = refusal(workbook(tmp_path / "renamed.xlsx", titled(ROW, header=header)))
    assert "'txtVALUE' is missing, perhaps renamed to 'Value'" in message
    assert "expected Iso3_code, Country" in message
    assert "found Iso3_code, Country" in message


def test_added_and_removed_column(tmp_path: Path) -> None:
    header = ["Quarter" if name == "Iso3_code" else name for name in HEADER]
    message = refusal(workbook(tmp_path / "other.xlsx", titled(ROW, header=header)))
    assert "'Iso3_code' is missing" in message
    assert "'Quarter' is not expected" in message


def test_column_twice(tmp_path: Path) -> None:
    header = ["Sex" if name == "Age" else name for name in HEADER]
    message = refusal(workbook(tmp_path / "twice.xlsx", titled(ROW, header=header)))
    assert "'Sex' occurs more than once" in message


def test_missing_title_rows(tmp_path: Path) -> None:
    untitled = workbook(tmp_path / "untitled.xlsx", [HEADER, ROW, ROW, ROW])
    assert "other columns" in refusal(untitled)


@pytest.mark.parametrize(
    "above",
    [["another title", *[""] * (len(HEADER) - 1)], ["", "Victims", "", *HEADER[3:]]],
    ids=["one more title", "merged cells"],
)
def test_another_row_above_the_header(tmp_path: Path, above: list[str]) -> None:
    title, day, *rest = titled(ROW)
    message = refusal(workbook(tmp_path / "above.xlsx", [title, day, above, *rest]))
    assert "'Iso3_code' is missing" in message


def test_a_figure_that_a_spreadsheet_made_a_date_of(tmp_path: Path) -> None:
    """`12-17`, typed into a spreadsheet, is the 17th of December from then on."""
    book = openpyxl.Workbook()
    book.active.title = "data_glotip_1"
    row = [datetime(2017, 12, 17) if cell == "12" else cell for cell in ROW]
    for cells in titled(row):
        book.active.append(cells)
    book.save(tmp_path / "dates.xlsx")
    found = harmonise(discover()["int_unodc_glotip"], "2025-04-14", File(tmp_path / "dates.xlsx"))
    assert len(found.rows) == 0
    assert found.quarantine["rule"].tolist() == ["figure_has_one_reading"]
    assert "a range, a date or a time" in found.quarantine["message"].item()


def test_missing_sheet(tmp_path: Path) -> None:
    message = refusal(workbook(tmp_path / "sheet.xlsx", titled(ROW), sheet="Data"))
    assert "no sheet 'data_glotip_1'; it has Data" in message


def test_page_named_as_a_workbook(tmp_path: Path) -> None:
    page = tmp_path / "page.xlsx"
    page.write_text("<!doctype html><title>503 Service Unavailable</title>")
    assert "holds an HTML page" in refusal(page)


def test_empty_file(tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    assert "empty (0 bytes)" in refusal(empty)


def test_absent_file(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "absent.xlsx")


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_cut_off_workbook(tmp_path: Path, kept: float) -> None:
    whole = workbook(tmp_path / "whole.xlsx", titled(*[ROW] * 300)).read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole[: int(len(whole) * kept)])
    assert "damaged or cut off" in refusal(cut)


def test_flipped_byte(tmp_path: Path) -> None:
    path = workbook(tmp_path / "flipped.xlsx", titled(*[ROW] * 300))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as container:
        place = container.getinfo("xl/s.xml").header_offset + 200
    content[place] ^= 0xFF
    path.write_bytes(content)
    assert "damaged" in refusal(path)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="L4" t="e"><v>#REF!</v></c>', "cell L4 holds an error (such as #REF!)"),
        ('<c r="L4"><f>1+1</f></c>', "cell L4 holds a formula without a result"),
        ('<c r="XFD4"><v>1</v></c>', "has a cell XFD4, far beyond any table"),
        ('<c r="A1048576"><v>1</v></c>', "has a cell A1048576, far beyond any table"),
    ],
)
def test_cells_that_a_parser_would_swallow(tmp_path: Path, cell: str, words: str) -> None:
    sound = workbook(tmp_path / "sound.xlsx", titled(ROW))
    unsound = tmp_path / "unsound.xlsx"
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(unsound, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).decode().replace("<row>", f"<row>{cell}", 1))
    assert words in refusal(unsound)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "an old .xls or a workbook with a password"),
        ("book.csv", b"PK\x03\x04", "not a CSV file"),
        ("wide.csv", "\ufeffa".encode("utf-16"), "not a CSV file"),
        ("semi.csv", ";".join(HEADER).encode(), "separated by semicolons, expected commas"),
        ("tabs.csv", "\t".join(HEADER).encode(), "separated by tabs, expected commas"),
    ],
)
def test_another_kind_of_file(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert words in refusal(tmp_path / name)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "not a file" in refusal(tmp_path)


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    line = ",".join(map(str, ROW))
    path.write_text(",".join(HEADER) + f"\n{line}\n", encoding="utf-8-sig")
    assert read_table(path, GLOTIP).frame.iloc[0].tolist() == [*map(str, ROW), 2]


@pytest.mark.parametrize("numbers", [["4", "4"], ["0", "5"], ["4", ""]])
def test_row_numbers_that_lead_nowhere(tmp_path: Path, numbers: list[str]) -> None:
    path = tmp_path / "rows.csv"
    line = ",".join(map(str, ROW))
    lines = [",".join(["row", *HEADER]), *(f"{number},{line}" for number in numbers)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "must number the publisher's rows" in refusal(path)


def bomb(size: int) -> io.BytesIO:
    """A container whose one sheet unpacks to `size` zeros."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as container,
        container.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(size // 1_000_000):
            sheet.write(bytes(1_000_000))
    return packed


def test_a_name_in_the_container_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "name.xlsx"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("é", b"")
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xff"))
    assert "damaged" in refusal(path)


def test_damage_in_a_part_without_a_name(tmp_path: Path) -> None:
    path = tmp_path / "nameless.xlsx"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("first", b"figures")
    # A name ends where its first zero byte stands.
    nameless = path.read_bytes().replace(b"first", b"\0irst")
    path.write_bytes(nameless.replace(b"figures", b"another"))
    assert "damaged" in refusal(path)


def test_zip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(bomb(200_000_000).getvalue())
    assert "unpacks to 200 MB, more than the 150 MB" in refusal(path)


def test_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    content = bytearray(bomb(200_000_000).getvalue())
    true, said = struct.pack("<I", 200_000_000), struct.pack("<I", 1_000)
    assert UNPACKED_LIMIT > 1_000
    path = tmp_path / "liar.xlsx"
    path.write_bytes(bytes(content).replace(true, said))
    assert "damaged" in refusal(path)


def test_csv_of_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes((",".join(HEADER) + "\n" + "España," * 12 + "1\n").encode("latin-1"))
    assert "not a" in refusal(path)


def test_csv_with_a_ragged_row(tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text(",".join(HEADER) + "\n1,2,3\n")
    assert "not a table that can be read" in refusal(path)


def test_a_line_break_in_a_cell_does_not_break_the_line_of_the_refusal(tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text(",".join(HEADER) + '\n1,"two\nlines"\n')
    assert "two\\nlines" in refusal(path)


def test_short_file(tmp_path: Path) -> None:
    said = too_short(tmp_path / "short.csv", 20, GLOTIP.layouts[0], GLOTIP)
    assert "20 rows; a release of int_unodc_glotip has at least 1,000" in said


def test_the_publishers_workbook_breaks_no_reader(publisher_file: Callable[[str], Path]) -> None:
    found = read_table(publisher_file("unodc_glotip/2025-04-14/data_glotip.xlsx"), GLOTIP).frame
    assert len(found) == 58_769
    assert (found["txtVALUE"] == "<5").sum() == 29_558
