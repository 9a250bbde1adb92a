"""Forms filled in by a program, with figures that contradict nothing; it stands for a person."""

import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from pipelines.questionnaire import workbook
from pipelines.questionnaire.answers import Filled, FormAnswer
from pipelines.questionnaire.answers import FormCell as Read
from pipelines.questionnaire.form import QUESTIONS, Form, Row, rows
from pipelines.questionnaire.splits import splits

OFFICE = "Office invented for a test"
IN_FULL = ("VIC_DETECT", "VIC_IDENT")
"""Indicators with breakdowns that cross."""
FORM = Form("HTI", 2023, "fr")
"""The form of most tests."""


def stated(form: Form) -> dict[str, str]:
    """Return answers to the questions, choices by their names."""
    codes = {"coll_method": "NRM", "time_basis": "CY", "def_scope": "PALERMO", "status": "BOTH"}
    chosen = {q.name: form.choices(q)[codes[q.name]] for q in QUESTIONS if q.name in codes}
    return {
        "office": OFFICE, "page": "https://office.example/report", "since": "2015",
        "law": "Loi 2014-0010", "function": "Head of statistics", "released": "2025-01-05",
        **chosen,
    }  # fmt: skip


@cache
def figures(form: Form, seed: int, most: int = 900) -> dict[str, str]:
    """Return figures of all rows, by name; parts add up to their totals."""
    draw = random.Random(f"{seed} {form.state} {form.language}")
    found = {row: draw.randint(20, most) for row in rows() if row.kind != "flag"}
    for indicator in IN_FULL:
        found |= _persons(draw, most, indicator)
    for split in splits():
        if not split.whole.breakdown and split.whole.indicator not in IN_FULL:
            left = found[split.whole]
            for part in split.parts:
                found[part] = left if part == split.parts[-1] else draw.randint(0, left)
                left -= found[part]
    answers = {row.name: f"{figure}" for row, figure in found.items()}
    flags = {row: draw.choice("01") for row in rows() if row.kind == "flag"}
    return answers | {row.name: form.choices(row)[code] for row, code in flags.items()}


def _persons(draw: random.Random, most: int, indicator: str) -> dict[Row, int]:
    """Count invented persons in the rows of an indicator that has all breakdowns."""
    detected = [row for row in rows() if row.indicator == indicator]
    codes = {
        name: [getattr(row, name) for row in detected if row.breakdown == name]
        for name in ("sex", "age", "exploitation", "citizenship")
    }
    within = {part.exploitation: split.whole.exploitation for split in splits()
              if split.whole.breakdown == "exploitation" for part in split.parts}  # fmt: skip
    codes["exploitation"].remove("OTH")
    found = dict.fromkeys(detected, 0)
    for _ in range(draw.randint(most // 2, most)):
        person = {name: {"_T", draw.choice(known)} for name, known in codes.items()}
        person["exploitation"] |= {within[part] for part in person["exploitation"] & {*within}}
        for row in detected:
            found[row] += all(getattr(row, name) in held for name, held in person.items())
    return found


def cells(book: Workbook) -> dict[str, tuple[Cell, ...]]:
    """Return the cells of figure, note and mark of each row and question, by name."""
    found = {}
    for sheet in book:
        places = {cell.value: cell for row in sheet.iter_rows() for cell in row
                  if cell.value in workbook.MARKERS}  # fmt: skip
        if not places:
            continue
        key, _, *filled_in = (places[marker].column for marker in workbook.MARKERS)
        for row in sheet.iter_rows(min_row=places[workbook.MARKERS[0]].row + 1):
            _, _, rest = str(row[key - 1].value or "").partition("|")
            if name := rest.partition("|")[2]:
                found[name] = tuple(row[column - 1] for column in filled_in)
    return found


def write(place: Path, form: Form = FORM, answers: dict[str, str] | None = None) -> Path:
    """Write a form and fill it in with answers by name; digits are typed as numbers."""
    given = stated(form) | figures(form, 1) if answers is None else answers
    place.write_bytes(content(form, tuple(given.items())))
    return place


@cache
def content(form: Form, answers: tuple[tuple[str, str], ...]) -> bytes:
    """Return the bytes of a form; many tests fill in the same."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "form.xlsx"
        workbook.write(place, form, workbook.Content())
        book = load_workbook(place)
        fill(book, dict(answers))
        book.save(place)
        return place.read_bytes()


def fill(book: Workbook, answers: dict[str, str]) -> None:
    """Type answers into a form."""
    found = cells(book)
    for name, text in answers.items():
        found[name][0].value = int(text) if text.isdecimal() else text


def read(
    form: Form,
    answers: dict[str, str],
    notes: dict[str, str] | None = None,
    marked: dict[str, str] | None = None,
) -> Filled:
    """Return a form as if it were read, with places named like its rows."""
    names = [q.name for q in QUESTIONS] + [row.name for row in rows()]
    noted, public = notes or {}, marked or {}
    return Filled(
        form,
        {
            name: FormAnswer(
                Read(f"{name} figure", answers.get(name, "")),
                Read(f"{name} note", noted.get(name, "")),
                Read(f"{name} published", public.get(name, "")),
            )
            for name in names
        },
    )
