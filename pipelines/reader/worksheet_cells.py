"""Find the cells of a workbook that a parser would read as empty, or that would fill the memory."""

import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple
from xml.parsers import expat

from pipelines.reader.refusal import FileRefusedError

LAST_COLUMN: Final = 104
"""Column CZ. A parser allocates all cells before the last one."""
LAST_ROW: Final = 999_999

_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_IN_CELL: Final = frozenset({"v", "is", "t", "r"})
"""Elements of a cell that hold its content."""
_SHEET: Final = b"sheetData"
"""Name of the element that holds the cells of a sheet, in the bytes of its part."""


class UnsoundCell(NamedTuple):
    """A cell that cannot be read.

    Attributes:
        row: its row, from 1.
        place: its place, such as B4.
        holds: its content.
    """

    row: int
    place: str
    holds: str


def unsound_cells(path: Path) -> list[UnsoundCell]:
    """Return the cells with an error, or with a formula without a result.

    Raises:
        FileRefusedError: a sheet is not XML, or has a cell far beyond any table.
    """
    return _unsound_cells(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _unsound_cells(path: Path, _changed: int) -> list[UnsoundCell]:
    """Return the cells of a workbook since its last change; each source that tries it asks."""
    with zipfile.ZipFile(path) as container:
        parts = map(container.read, container.namelist())
        return [cell for part in parts if _SHEET in part for cell in _Sheet(path).unsound(part)]


class _Sheet:
    """The cells of one sheet, followed by expat, which reads no entities of a document type."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: list[UnsoundCell] = []
        self._row = self._column = 0
        self._in_cell = self._is_text = False  # the text that a formula gives may be empty
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse_document_type

    def unsound(self, content: bytes) -> Iterator[UnsoundCell]:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise FileRefusedError(f"{self._path}: not a readable workbook ({error})") from error
        yield from self._found

    def _refuse_document_type(self, *_: object) -> None:
        raise FileRefusedError(f"{self._path}: a sheet declares a document type; save it again")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name[name.find(":") + 1 :]
        if name == "c":
            self._cell(attributes)
        elif name == "f" and self._in_cell:
            self._formula()
        elif name not in _IN_CELL:
            self._in_cell = False
            if name == "row":
                self._row = _number(attributes.get("r", ""), self._row + 1)
                self._column = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r", "")
        self._column += 1
        if match := _PLACE.fullmatch(place):
            self._column, self._row = _column(match[1]), int(match[2])
        if (place and not match) or self._column > LAST_COLUMN or self._row > LAST_ROW:
            raise FileRefusedError(
                f"{self._path}: has a cell {place or self._place}, far beyond any table; delete it"
            )
        kind = attributes.get("t")
        self._in_cell, self._is_text = True, kind == "str"
        if kind == "e":
            self._add("an error (such as #REF!)")

    @property
    def _place(self) -> str:
        letters, number = "", self._column
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self._row}"

    def _formula(self) -> None:
        """Look for a result in what follows of the cell."""
        in_result = has_result = False

        def start(name: str, _: dict[str, str]) -> None:
            nonlocal in_result, has_result
            in_result = name[name.find(":") + 1 :] in _IN_CELL
            has_result |= in_result and self._is_text

        def text(found: str) -> None:
            nonlocal has_result
            has_result |= in_result and bool(found.strip())

        def end(name: str) -> None:
            if name[name.find(":") + 1 :] == "c":
                if not has_result:
                    self._add("a formula without a result")
                self._parser.StartElementHandler = self._start
                self._parser.CharacterDataHandler = self._parser.EndElementHandler = None

        self._parser.StartElementHandler = start
        self._parser.CharacterDataHandler = text
        self._parser.EndElementHandler = end

    def _add(self, holds: str) -> None:
        self._found.append(UnsoundCell(self._row, self._place, holds))


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch("[0-9]{1,10}", text) else otherwise


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
