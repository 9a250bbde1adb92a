"""Forms with several faults each, by seed: whatever offices type, paste and break, anywhere."""

import random
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import filled_forms
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from pipelines.questionnaire import workbook
from pipelines.questionnaire.form import QUESTIONS, Form, rows
from pipelines.questionnaire.splits import splits
from schemas import codelists

Cells = dict[str, tuple[Cell, ...]]
"""The cells of figure, note and mark, by name of the row or question."""

NUMBERS = (
    "1.234", "1,234", "1 234", "1\u202f234", "12,5", "12.50", 12.5, 0.5, 1e15, -3, "-3", "−4",
    "<10", "< 5", "<5", "≤5", ">3", "=5 (?)", "aprox. 12", "doce", 9999, "99999", -99, 10**12,
    "0012", " 12 ", "12\u00a0", "n/d", "N/A", "s/d", "S/I", "-", "…", "sin datos", "Unknown",
    True, False, "1e3", date(2024, 1, 5), time(8, 30), "#REF!", "=SUM(E7:E9)", "2024-01-05",
    "١٢", "12\n13", "",
)  # fmt: skip
FLAGS = ("Sí", "SI.", "x", "S", "n", "quizás", "1", "0", 1, 2, True, False, "OUI", "não", "-")
MARKS = ("x", "Sí", "sim", "tal vez", "No", True, "n/d", date(2024, 1, 5))
TEXTS = (
    "ana.perez@example.org", "tel. 809 555 0143", "+509 3412 3456", "Dra. Ana Pérez",
    "Responsable: A. P.", "Ley 137-03", "AB1234567", "Loi 2014-0010 du 2 juin", "dos\nlíneas",
    "Doña Rosa", "<b>oficina</b>", "=HYPERLINK(1)", "@oficina", "x" * 301, "x" * 200, "n/d",
    "1 234 567 personas en 2023", "8095550143", "https://example.org/2023/1234567",
    "ana (at) example.org",
    "Instituto Dr. Evaristo Ruiz", "cafe\u0301 \u200b", "Élaboré par M. Dupont", "Señor Juez", "",
)  # fmt: skip
DAYS = ("2026-01-15", "15/01/2026", "2099-01-01", "2025-02-30", date(2025, 3, 4), "20250304", 45000)
YEARS = ("2015", 2015, "15", "2098", "1850", 2015.5, "desde 2015", date(2015, 1, 1))
ADDRESSES = (
    "office.example", "http://office.example/x", "https://office", "https://ü.example/a", "=1", "",
)  # fmt: skip


def _rows(kind: str) -> list[str]:
    return [row.name for row in rows() if row.kind == kind]


def _type(draw: random.Random, names: list[str], column: int, values: tuple, cells: Cells) -> None:
    for name in draw.sample(names, min(len(names), draw.randint(1, 3))):
        cells[name][column].value = draw.choice(values)


def _numbers(draw: random.Random, cells: Cells, _: Workbook) -> None:
    _type(draw, _rows("count"), 0, NUMBERS, cells)


def _flags(draw: random.Random, cells: Cells, _: Workbook) -> None:
    _type(draw, _rows("flag"), 0, FLAGS, cells)
    if draw.random() < 0.5:
        _type(draw, _rows("flag"), 1, ("Vale para todo el país", ""), cells)


def _marks(draw: random.Random, cells: Cells, _: Workbook) -> None:
    _type(draw, [row.name for row in rows()], 2, MARKS, cells)


def _notes(draw: random.Random, cells: Cells, _: Workbook) -> None:
    _type(draw, [row.name for row in rows()], 1, TEXTS, cells)


def _questions(draw: random.Random, cells: Cells, _: Workbook) -> None:
    of = {
        "text": TEXTS,
        "address": ADDRESSES,
        "year": YEARS,
        "day": DAYS,
        "choice": ("NRM", "tribunal", "-", 3),
    }
    for question in draw.sample(QUESTIONS, 3):
        cells[question.name][0].value = draw.choice(of[question.kind])


def _folded_choice(draw: random.Random, cells: Cells, _: Workbook) -> None:
    cell = cells["coll_method"][0]
    cell.value = f" {cell.value} ".upper() if draw.random() < 0.5 else f"{cell.value}."


def _sums(draw: random.Random, cells: Cells, _: Workbook) -> None:
    split = draw.choice(splits())
    part, total = (cells[row.name][0] for row in (draw.choice(split.parts), split.whole))
    how = draw.choice(("more", "less", "no total", "small", "no part"))
    if how in ("more", "less"):
        part.value = (
            (total.value if how == "more" else 0) + 1 if isinstance(total.value, int) else 3
        )
    else:
        (part if how == "no part" else total).value = "<5" if how == "small" else None


def _empty(_: random.Random, cells: Cells, __: Workbook) -> None:
    for row in rows():
        cells[row.name][0].value = None


def _merged(draw: random.Random, cells: Cells, _: Workbook) -> None:
    cell = cells[draw.choice(_rows("count"))][0]
    cell.parent.merge_cells(start_row=cell.row, end_row=cell.row + draw.randint(0, 2),
                            start_column=cell.column, end_column=cell.column + 1)  # fmt: skip


def _array(draw: random.Random, cells: Cells, _: Workbook) -> None:
    cell = cells[draw.choice(_rows("count"))][0]
    cell.value = ArrayFormula(f"{cell.coordinate}:{cell.column_letter}{cell.row + 2}", "=ROW()")


def _moved(draw: random.Random, _: Cells, book: Workbook) -> None:
    """Harmless: other columns and lines between, a sheet renamed."""
    sheet = draw.choice(book.worksheets[1:6])
    sheet.insert_cols(3, 2)
    sheet.title = "Otro nombre"


def _key(draw: random.Random, cells: Cells, _: Workbook) -> Cell:
    figure = cells[draw.choice(_rows("count"))][0]
    return figure.parent.cell(figure.row, workbook.KEY + 1)


def _row_twice(draw: random.Random, cells: Cells, book: Workbook) -> None:
    key = _key(draw, cells, book)
    key.parent.cell(key.row + 1, key.column).value = key.value


def _other_key(draw: random.Random, cells: Cells, book: Workbook) -> None:
    _key(draw, cells, book).value = draw.choice(("DOM|1999|VIC_DETECT|_T|_T|_T|_T", "", "=A1"))


def _label(draw: random.Random, cells: Cells, book: Workbook) -> None:
    key = _key(draw, cells, book)
    key.parent.cell(key.row, workbook.LABEL + 1).value = draw.choice(("Other", ""))


def _marker(draw: random.Random, _: Cells, book: Workbook) -> None:
    sheet = draw.choice(book.worksheets[1:6])
    sheet.cell(workbook.MARKER + 1, draw.choice((1, 2))).value = None


def _identity(draw: random.Random, _: Cells, book: Workbook) -> None:
    line, text = draw.choice(
        ((2, "0123456789ab"), (3, "ESP"), (4, "20x4"), (5, "de"), (6, "SEX=2"))
    )
    book[workbook.IDENTITY].cell(line, 1).value = text
    if line == 6:
        book[workbook.IDENTITY].cell(2, 1).value = "0123456789ab"


def _row_gone(draw: random.Random, cells: Cells, book: Workbook) -> None:
    key = _key(draw, cells, book)
    key.parent.delete_rows(key.row)


def _stray(_: random.Random, cells: Cells, __: Workbook) -> None:
    figure = cells[_rows("flag")[-1]][0]
    figure.parent.cell(figure.row + 12, figure.column).value = 12


FAULTS: tuple[Callable[[random.Random, Cells, Workbook], None], ...] = (
    *(_numbers,) * 4, *(_questions,) * 4, *(_sums,) * 4, *(_notes,) * 3, *(_flags,) * 2,
    *(_marks,) * 2, _folded_choice, _merged, _array, _empty, _moved,
)  # fmt: skip
BROKEN = (_row_twice, _other_key, _label, _marker, _identity, _row_gone, _stray)
"""What keeps a form from being read at all."""


def form_of(seed: int) -> Form:
    """Return the form of a seed; one in twenty is of a year that is not over."""
    draw = random.Random(f"form {seed}")
    year = 2031 if draw.random() < 0.05 else draw.randint(2012, 2024)
    return Form(draw.choice(codelists.oas_states()), year, draw.choice(codelists.LANGUAGES))


def write(place: Path, seed: int) -> Path:
    """Write the faulty form of a seed as a spreadsheet would save it."""
    draw, form = random.Random(f"faults {seed}"), form_of(seed)
    workbook.write(place, form, workbook.Content())
    book = load_workbook(place)
    filled_forms.fill(book, filled_forms.stated(form) | filled_forms.figures(form, seed))
    cells = filled_forms.cells(book)
    for _ in range(draw.randint(1, 5)):
        draw.choice(FAULTS)(draw, cells, book)
    if draw.random() < 0.12:
        draw.choice(BROKEN)(draw, cells, book)
    book.save(place)
    return place
