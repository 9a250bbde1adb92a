"""Targets of the fuzzer: each reads its bytes, and returns False if they are refused.

The first byte chooses what they are read with, so that the rest can stay what it is.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from handmade import packed, worksheet

from fuzz.contract import examine_figure, examine_file, examine_verb, written
from fuzz.examples import DOCUMENTS, SOURCES, TEXTS, WORKBOOK
from pipelines.sources import Publication
from schemas.figure import LONGEST

LOCALES: Final = (None, *sorted({each.source.number_locale for each in SOURCES.values()}))
FIGURES: Final = ("0", "1,234", "1.234,56", "1 234 (2)", "<5", "≤ 4*", "n/d", "-", "123p¹")

_folder: Final = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
_place: Final = Path(_folder.name)


def figure(data: bytes) -> bool:
    """A printed text, by the signs of a locale."""
    locale = LOCALES[data[0] % len(LOCALES)]
    text = data[1:].decode("utf-8", "replace")[: LONGEST + 1]
    return examine_figure(text, locale) is not None


def table(data: bytes) -> bool:
    """The lines of a text file below a header that is right, so that they are looked at."""
    example = TEXTS[data[0] % len(TEXTS)]
    return _is_read(example.publication, "made.csv", example.header + data[1:])


def text(data: bytes) -> bool:
    """A whole text file."""
    return _is_read(TEXTS[data[0] % len(TEXTS)].publication, "made.csv", data[1:])


def document(data: bytes) -> bool:
    """A JSON document."""
    return _is_read(DOCUMENTS[data[0] % len(DOCUMENTS)].publication, "made.json", data[1:])


def validate(data: bytes) -> bool:
    """The lines of a text file below a header that is right, asked about on the command line."""
    example = TEXTS[data[0] % len(TEXTS)]
    file = written(_place / "asked.csv", example.header + data[1:])
    return examine_verb(example.publication, file) == 0


def workbook(data: bytes) -> bool:
    """A workbook, or where the first byte is odd the sheet in one."""
    file = _place / "made.xlsx"
    if data[0] % 2:
        packed(file, data[1:])
    else:
        written(file, data[1:])
    return examine_file(WORKBOOK.publication, file) is not None


def _is_read(publication: Publication, name: str, content: bytes) -> bool:
    return examine_file(publication, written(_place / name, content)) is not None


def _numbered(contents: list[bytes]) -> list[bytes]:
    return [bytes([number]) + content for number, content in enumerate(contents)]


def _sheets() -> list[bytes]:
    cells = [row[1:] for row in WORKBOOK.cells]
    sheet = worksheet(cells).encode()
    return [packed(_place / "sound.xlsx", sheet).read_bytes(), sheet]


TARGETS: Final[dict[Callable[[bytes], bool], list[bytes]]] = {
    figure: _numbered([each.encode() for each in FIGURES]),
    table: _numbered([each.content.removeprefix(each.header) for each in TEXTS]),
    validate: _numbered([each.content.removeprefix(each.header) for each in TEXTS]),
    text: _numbered([each.content for each in TEXTS]),
    document: _numbered([each.content for each in DOCUMENTS]),
    workbook: _numbered(_sheets()),
}
"""The targets, and the sound bytes that each begins with."""
