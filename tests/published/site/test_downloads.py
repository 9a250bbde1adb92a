"""The workbook and the CSV file beside a page: the figures of its charts, and nothing that runs."""

import csv
import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from parsed_page import LANGUAGES

from pipelines.published.charts.drawing import Chart, Sheet
from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import downloads
from pipelines.published.site.block import Block
from pipelines.published.site.context import Site
from pipelines.words import interface_text
from pipelines.words.disclosure import Kind
from schemas import codelists

FORMULA = "=HYPERLINK(A1)"
PATH = "en/country/dom.html"
HIDDEN, NONE = Cell("<5", Kind.SUPPRESSED), Cell("–", Kind.MISSING)
SITE = Site(
    version="1.2.3", day="", states={}, iso2={}, sources={}, of_states={}, paged=[],
    population={}, languages=[], columns={}, base_url="https://example.org", own_day="2026-11-27",
)  # fmt: skip


def figure(value: float, *remarks: str, role: str = "") -> Cell:
    return Cell(f"{value:g}", remarks=remarks, value=value, role=role)


OVER_YEARS = Table("Victims", "Year", ["Figure", "Source"], [
    ("2011", [figure(54), Cell("UNODC")]),
    ("2012", [HIDDEN, Cell("UNODC")]),
    ("2014", [figure(72, "after a break", role="BREAK"), Cell("UNODC")]),
    ("2015", [figure(80), Cell("UNODC")]),
    ("2015", [figure(300, "of another source", role="ASIDE"), Cell(FORMULA)]),
])  # fmt: skip
GROUPS = Table("Groups", "Group", ["Figure"], [
    ("Girls", [figure(38)]), ("Boys", [HIDDEN]), ("Men", [NONE]),
])  # fmt: skip


def block(
    question: str, native: str = "", table: Table | None = None, unit: str = "", **parts: str
) -> Block:
    chart = Chart(Sheet(interface_text.language("en")).figure(), table, native=native, unit=unit)
    sentence, source = f"Sentence on: {question}", "Source: UNODC"
    return Block(question, question, sentence, source=source, chart=table and chart, **parts)


BLOCKS = [
    block("What happened?", "line", OVER_YEARS, unit="Victims a year", evidence="No evidence."),
    block("Who they are", "bar", GROUPS),
    block("Justice"),
]


def made(blocks: list[Block], code: str = "en") -> tuple[openpyxl.Workbook, list[list[str]], bytes]:
    files = downloads.beside(PATH, blocks, SITE, interface_text.language(code), FORMULA)
    (of_workbook, workbook), (of_csv, text) = files
    assert (PATH, of_workbook, of_csv) == downloads.paths(PATH)
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    return openpyxl.load_workbook(io.BytesIO(workbook)), rows, workbook


def series(workbook: bytes, chart: int) -> list[tuple[str, list[str | None]]]:
    """Name and numbers of each series of a chart, by what Excel keeps of them; None for a gap."""
    xml = zipfile.ZipFile(io.BytesIO(workbook)).read(f"xl/charts/chart{chart}.xml").decode()
    assert '<c:min val="0"/>' in xml
    found = []
    for each in re.findall("<c:ser>.*?</c:ser>", xml):
        name = re.search("<c:tx>.*?<c:v>(.*?)</c:v>", each)[1]
        values = re.search("<c:val>.*</c:val>", each)[0]
        points = dict(re.findall('<c:pt idx="(\\d+)"><c:v>(.*?)</c:v>', values))
        count = int(re.search('ptCount val="(\\d+)"', values)[1])
        found.append((name, [points.get(str(at)) for at in range(count)]))
    return found


def test_a_sheet_has_sentence_source_edition_and_the_figures_as_numbers():
    book, _, _ = made(BLOCKS)
    assert book.sheetnames == ["Answers", "What happened", "Who they are"]
    rows = list(book["What happened"].iter_rows(values_only=True, max_col=4))
    edition = "tipstat 1.2.3, these sources as of 27 November 2026"
    assert [row[0] for row in rows[:4]] == [
        "Sentence on: What happened?", "Victims a year", "Source: UNODC", edition,
    ]  # fmt: skip
    assert rows[5:11] == [
        ("Year", "Figure", "Source", "Remarks"),
        (2011, 54, "UNODC", None),
        (2012, "<5", "UNODC", None),
        (2014, 72, "UNODC", "after a break"),
        (2015, 80, "UNODC", None),
        (2015, 300, FORMULA, "of another source"),
    ]
    first = [row[0] for row in book["Answers"].iter_rows(values_only=True)]
    sentences = [each.sentence for each in BLOCKS]
    assert [text for text in first if text in sentences] == sentences
    assert {"Source: UNODC", edition, "https://example.org/en/country/dom.html"} < {*first}


def test_no_text_is_a_formula():
    book, rows, _ = made(BLOCKS)
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert FORMULA in {cell.value for cell in cells}
    assert [row[3] for row in rows if "HYPERLINK" in row[3]] == [f"'{FORMULA}"]


def test_a_chart_of_excel_draws_numbers_alone_and_crosses_neither_gap_nor_break():
    _, _, workbook = made(BLOCKS)
    # 2011, 2012 suppressed, 2013 missing, the break before 2014, 2014, 2015
    assert series(workbook, 1) == [
        ("Figure", ["54", None, None, None, "72", "80"]),
        ("Other figures", [None, None, None, None, None, "300"]),
    ]
    [(name, (girls, *_))] = series(workbook, 2)
    assert (name, girls) == ("Figure", "38")
    xml = zipfile.ZipFile(io.BytesIO(workbook)).read("xl/charts/chart2.xml").decode()
    assert "<a:t>&lt;5</a:t>" in xml
    assert "<c:legend>" not in xml


def test_the_csv_file_has_a_row_per_figure():
    _, (heading, *rows), _ = made(BLOCKS)
    assert heading == [
        "block", "row", "column", "printed", "number", "remarks", "source",
    ]  # fmt: skip
    assert len(rows) == 2 * len(OVER_YEARS.rows) + len(GROUPS.rows)
    wanted = [
        ["What happened?", "2011", "Figure", "54", "54", "", "Source: UNODC"],
        ["What happened?", "2012", "Figure", "<5", "", "", "Source: UNODC"],
    ]
    assert [row for row in rows if row in wanted] == wanted


def test_the_same_figures_give_the_same_bytes():
    one, other = (list(downloads.beside(PATH, BLOCKS, SITE, interface_text.language("fr"), "X"))
                  for _ in range(2))  # fmt: skip
    assert one == other


def test_a_suppressed_figure_is_no_number_even_if_a_cell_has_one():
    table = Table("", "Year", ["Figure"], [("2011", [replace(HIDDEN, value=3)])])
    book, rows, workbook = made([block("A", "line", table)])
    assert book["A"]["B7"].value == "<5"
    assert rows[1][3:5] == ["<5", ""]
    assert not any("chart" in name for name in zipfile.ZipFile(io.BytesIO(workbook)).namelist())


@pytest.mark.parametrize("code", LANGUAGES)
def test_questions_name_sheets(code: str):
    questions = [*codelists.labels("question", code).values(), "[a]:*?/\\", "A" * 40, "A" * 40]
    book, _, _ = made([block(each, "bar", GROUPS) for each in questions], code)
    assert len(book.sheetnames) == len(questions) + 1
    assert all(len(name) <= 31 for name in book.sheetnames)
