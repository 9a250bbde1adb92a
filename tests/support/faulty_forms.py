"""Faulty forms made by seed: sound ones in which one thing was changed, as offices change them.

A change is made in the parts of the workbook itself, so two hundred take seconds; the files serve
whatever reads forms.
"""

import random
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

import filled_forms
from openpyxl import load_workbook

from pipelines.questionnaire.form import Form, rows, version
from pipelines.questionnaire.splits import splits

FORMS = (
    Form("HTI", 2023, "fr"), Form("PRY", 2024, "es"), Form("BRA", 2022, "pt"),
    Form("JAM", 2024, "en"),
)  # fmt: skip
"""The forms that are changed, one in each language."""

TEXTS = {
    "1.234": "separator", "1 234": "separator", "1'234": "separator", "12,5": "fraction",
    "-4": "negative", "<10": "limit", "≥5": "limit", "no sé": "text", "12 personas": "text",
    "9999": "stand_in", "12345678901": "large", "aprox. 30": "text", "ver anexo": "text",
}  # fmt: skip
"""What offices write in place of a number, and the code of the problem."""
STATED = (
    ("office", "", "missing"), ("office", "n/d", "missing"), ("page", "office.example", "address"),
    ("def_scope", "all", "choice"), ("time_basis", "2024", "choice"),
    ("coll_method", "", "missing"), ("since", "15", "year"),
    ("office", "Ana, ana@office.example", "person"),
    ("law", "Tel. 5551 234 5678", "person"), ("released", "15/01/2026", "day"),
    ("released", "2199-01-01", "day"), ("function", "Lic. Ana Gómez", "named"),
    ("office", "=HYPERLINK(1)", "active"), ("status", "todas", "choice"),
)  # fmt: skip
"""Faulty answers to questions, and the code of the problem."""
BROKEN = ("cut", "macros", "identity", "key", "year", "older", "marker", "twice", "no_form")
"""Changes for which a file is refused as a whole."""


@dataclass(frozen=True)
class Faulty:
    """A faulty form: the file, and what is wrong with it."""

    form: Form
    content: bytes
    code: str  # of the problem, or of the refusal
    name: str  # row or question of the problem; empty if the file is refused
    place: str  # the cell of the problem


@cache
def _sound(form: Form) -> tuple[dict[str, bytes], dict[str, tuple[str, str, str]], dict[str, str]]:
    """Return the parts of a sound form, the part, sheet and cell of each answer, and the answers.

    The cells of notes have `note ` before the name.
    """
    answers = filled_forms.stated(form) | filled_forms.figures(form, 1)
    content = filled_forms.content(form, tuple(answers.items()))
    with zipfile.ZipFile(BytesIO(content)) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    book = load_workbook(BytesIO(content))
    places = {}
    for name, cells in filled_forms.cells(book).items():
        for prefix, cell in zip(("", "note "), cells, strict=False):
            number = book.worksheets.index(cell.parent) + 1
            part = f"xl/worksheets/sheet{number}.xml"
            places[prefix + name] = part, cell.parent.title, cell.coordinate
    return parts, places, answers


def make(seed: int) -> Faulty:
    """Return the faulty form of a seed."""
    draw = random.Random(f"faulty {seed}")
    form = FORMS[seed % len(FORMS)]
    kinds = (_number, _cell, _sum, _short, _flag, _question, _note, _file)
    return kinds[seed // len(FORMS) % len(kinds)](form, draw)


def _changed(form: Form, name: str, cell: str, code: str) -> Faulty:
    """Return a form in which a cell was replaced by another element."""
    parts, places, _ = _sound(form)
    part, sheet, reference = places[name]
    pattern = rf'<c r="{reference}"([^>]*?)(?:/>|>.*?</c>)'.encode()
    found = re.search(pattern, parts[part], re.S)
    style = re.search(rb's="\d+"', found[1])
    written = cell.replace("<c", f'<c r="{reference}" {style[0].decode()}', 1).encode()
    new = parts[part][: found.start()] + written + parts[part][found.end() :]
    place = f"{sheet}, {reference}"
    return Faulty(form, _zipped(parts | {part: new}), code, name.removeprefix("note "), place)


def _text(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _typed(text: str) -> str:
    return f"<c><v>{text}</v></c>" if text.isdecimal() else _text(text)


def _number(form: Form, draw: random.Random) -> Faulty:
    row = draw.choice([row for row in rows() if row.kind == "count"])
    text = draw.choice([*TEXTS])
    return _changed(form, row.name, _typed(text), TEXTS[text])


def _cell(form: Form, draw: random.Random) -> Faulty:
    row = draw.choice([row for row in rows() if row.kind == "count"])
    element, code = draw.choice(
        [("<c><f>SUM(E7:E9)</f><v>12</v></c>", "formula"), ('<c t="e"><v>#REF!</v></c>', "error"),
         ("<c><f>'[other.xlsx]Sheet1'!A1</f><v>3</v></c>", "formula"),
         ('<c t="b"><v>1</v></c>', "text"), ("<c><v>12.5</v></c>", "fraction"),
         ("<c><v>-3</v></c>", "negative"), ("<c><v>1E+20</v></c>", "large")]
    )  # fmt: skip
    return _changed(form, row.name, element, code)


def _sum(form: Form, draw: random.Random) -> Faulty:
    answers = _sound(form)[2]
    split = draw.choice(splits())
    part = draw.choice(split.parts)
    text = f"{int(answers[split.whole.name]) + draw.randint(1, 50)}"
    return _changed(form, part.name, _typed(text), "exceed")


def _short(form: Form, draw: random.Random) -> Faulty:
    answers = _sound(form)[2]
    split = draw.choice([split for split in splits() if split.is_complete])
    if draw.random() < 0.5:
        return _changed(form, split.whole.name, _text(draw.choice(["", "n/d", "s/d"])), "no_total")
    text = f"{int(answers[split.whole.name]) + draw.randint(1, 50)}"
    return _changed(form, split.whole.name, _typed(text), "short")


def _flag(form: Form, draw: random.Random) -> Faulty:
    row = draw.choice([row for row in rows() if row.kind == "flag"])
    text, code = draw.choice(
        [("quizás", "flag"), ("2", "flag"), ("<5", "flag"), ("S", "read_as_yes"),
         ("X", "read_as_yes"), ("n", "read_as_no")]
    )  # fmt: skip
    return _changed(form, row.name, _typed(text), code)


def _question(form: Form, draw: random.Random) -> Faulty:
    name, text, code = draw.choice(STATED)
    return _changed(form, name, _text(text), code)


def _note(form: Form, draw: random.Random) -> Faulty:
    row = draw.choice(rows())
    text, code = draw.choice(
        [("Ver maria@office.example", "person"), ("Expediente 0012 345 6789", "person"),
         ("x" * 301, "long"), ("Responsable: Ana", "named"), ("a\nb", "unprintable")]
    )  # fmt: skip
    return _changed(form, f"note {row.name}", _text(text), code)


def _file(form: Form, draw: random.Random) -> Faulty:
    """Return a form that is refused as a whole."""
    parts, places, _ = _sound(form)
    victims = places[rows()[0].name][0]
    first, second = (f"{form.state}|{form.year}|{row.name}<".encode() for row in rows()[:2])
    hidden = next(name for name, part in parts.items() if b">tipstat-questionnaire<" in part)
    kind = draw.choice(BROKEN)
    code, part, old, new = {
        "cut": ("unreadable", victims, b"</sheetData>", b""),
        "macros": ("macros", "xl/vbaProject.bin", b"", b"x"),
        "identity": ("identity", hidden, b">tipstat-questionnaire<", b">other<"),
        "key": ("other_form", victims, first, b"ARG|2001|x<"),
        "year": ("other_year", victims, first, f"{form.state}|2001|x<".encode()),
        "older": ("older", hidden, f">{version()}<".encode(), b">0123456789ab<"),
        "marker": ("markers", victims, b">tipstat:note<", b">x<"),
        "twice": ("row_twice", victims, second, first),
        "no_form": ("no_form", "xl/workbook.xml", b'name="tipstat"', b'name="other"'),
    }[kind]
    changed = parts.get(part, b"").replace(old, new)
    if kind == "older":
        changed = changed.replace(b"VIC_DETECT=", b"VIC_DETECT=9")
    assert changed != parts.get(part)
    return Faulty(form, _zipped(parts | {part: changed}), code, "", "")


def _zipped(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    return content.getvalue()
