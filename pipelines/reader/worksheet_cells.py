"""Find the cells of a workbook that a parser would misread, or that would fill the memory.

Old .xls files are not zipped; their cells are in `pipelines/reader/old_workbooks.py`.
"""

import html
import posixpath
import re
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import IO, Final, NamedTuple
from xml.parsers import expat

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from pipelines.lib.once_per_change import once_per_change
from pipelines.reader.refusal import FileRefusedError

LAST_COLUMN: Final = 104
"""Column CZ. A parser allocates all cells before the last one."""
LAST_ROW: Final = 999_999

_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_IN_CELL: Final = frozenset({"v", "is", "t", "r"})
"""Elements of a cell that hold its content."""
_CELLS: Final = (b"sheetData", b"table:table-row")
"""Names of the elements that hold the cells of a sheet, in the bytes of its part."""
_CHUNK: Final = 1_000_000
_ERROR: Final = re.compile(r"#[\w/]+[!?]|#N/A|Err:\d{3}")


class UnreadableCell(NamedTuple):
    """A cell that cannot be read."""

    sheet: str  # the name of its sheet, "" if that is not known
    row: int  # its row, from 1
    column: int  # its column, from 1
    place: str  # its place, such as B4
    holds: str


PERCENTAGE: Final = "a percentage"
"""What a cell with a number holds that is shown as one: 0.0 % is stored, and read, as 0."""


@once_per_change
def misread_cells(path: Path) -> list[UnreadableCell]:
    """Return the cells with an error, a formula without a result, or a percentage, if it is zipped.

    Raises:
        FileRefusedError: a sheet is not XML, or has a cell far beyond any table.
    """
    found: list[UnreadableCell] = []
    with zipfile.ZipFile(path) as container:
        names, percent = _sheet_names(container), _percent_styles(container)
        for part in container.namelist():
            if kind := _holds_cells(container, part):
                sheet = (_OpenDocument if kind.startswith(b"table") else _Sheet)(path)
                sheet.name, sheet.percent = names.get(part, ""), percent
                with container.open(part) as content:
                    found += sheet.misread(content)
    return found


def _percent_styles(container: zipfile.ZipFile) -> frozenset[str]:
    """Return the numbers of the styles of an .xlsx that show numbers as percentages."""
    try:
        styles = container.read("xl/styles.xml").decode()
    except (KeyError, UnicodeDecodeError):
        return frozenset()
    formats = map(_attributes, re.findall(r"<(?:\w+:)?numFmt\b[^>]*", styles))
    percent = {each.get("numFmtId") for each in formats if "%" in each.get("formatCode", "")}
    percent |= {"9", "10"}  # 0% and 0.00%, which every workbook has
    _, _, cells = styles.partition("cellXfs")
    kinds = re.findall(r"<(?:\w+:)?xf\b[^>]*", cells.partition("cellXfs>")[0])
    numbers = [_attributes(kind).get("numFmtId") for kind in kinds]
    return frozenset(str(number) for number, each in enumerate(numbers) if each in percent)


def _sheet_names(container: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of the sheet in each part of an .xlsx, as far as the workbook states it."""
    try:
        book = container.read("xl/workbook.xml").decode()
        related = container.read("xl/_rels/workbook.xml.rels").decode()
    except (KeyError, UnicodeDecodeError):
        return {}
    parts = {}
    for element in re.findall(r"<(?:\w+:)?Relationship\b[^>]*", related):
        at = _attributes(element)
        parts[at.get("Id", "")] = posixpath.join("/xl", at.get("Target", "")).removeprefix("/")
    sheets = (_attributes(element) for element in re.findall(r"<(?:\w+:)?sheet\b[^>]*", book))
    return {parts.get(at.get("id", ""), ""): at.get("name", "") for at in sheets}


def _attributes(element: str) -> dict[str, str]:
    found = re.findall(r"""([\w]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", element)
    return {name: html.unescape(double or single) for name, double, single in found}


def _holds_cells(container: zipfile.ZipFile, part: str) -> bytes:
    """Return the name of the element in a part that holds cells, b"" if it has none."""
    before = b""
    with container.open(part) as content:
        while chunk := content.read(_CHUNK):
            for name in _CELLS:
                if name in before + chunk:
                    return name
            before = chunk[-20:]
    return b""


class _Sheet:
    """The cells of one sheet, followed by expat, which reads no entities of a document type."""

    name = ""
    percent: frozenset[str] = frozenset()

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: list[UnreadableCell] = []
        self._row = self._column = 0
        self._last = (0, 0)
        self._in_cell = self._is_text = False  # the text that a formula gives may be empty
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse_document_type

    def misread(self, content: IO[bytes]) -> list[UnreadableCell]:
        try:
            while chunk := content.read(_CHUNK):
                self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise FileRefusedError(f"{self._path}: not a readable workbook ({error})") from error
        return self._found

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
        if (self._row, self._column) <= self._last:
            raise FileRefusedError(
                f"{self._path}: has cell {self._place} twice, or after later ones; save it again"
            )
        self._last = (self._row, self._column)
        kind = attributes.get("t")
        self._in_cell, self._is_text = True, kind == "str"
        if kind == "e":
            self._add("an error (such as #REF!)")
        if attributes.get("s") in self.percent and kind in (None, "n"):
            self._add(PERCENTAGE)

    @property
    def _place(self) -> str:
        return str(xl_rowcol_to_cell(self._row - 1, self._column - 1))

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
        self._found.append(UnreadableCell(self.name, self._row, self._column, self._place, holds))


class _OpenDocument(_Sheet):
    """The cells of the sheets of an .ods, in which a cell with an error may be printed as 0."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._parser.EndElementHandler = self._end
        self._text = ""
        self._repeated = 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.name, self._row = attributes.get("table:name", ""), 0
        elif name == "table:table-row":
            self._row, self._column = self._row + 1, 0
            self._repeated = _number(attributes.get("table:number-rows-repeated", ""), 1)
        elif name.endswith("table-cell"):
            self._column += 1
            self._text = ""
            kind, is_formula = attributes.get("office:value-type"), "table:formula" in attributes
            if "error" in (attributes.get("calcext:value-type"), kind):
                self._add("an error (such as #REF!)")
            elif is_formula and kind is None:
                self._add("a formula without a result")
            elif kind == "percentage":
                self._add(PERCENTAGE)
            elif is_formula:
                self._parser.CharacterDataHandler = self._letters
            self._column += _number(attributes.get("table:number-columns-repeated", ""), 1) - 1

    def _letters(self, found: str) -> None:
        self._text += found

    def _end(self, name: str) -> None:
        if name.endswith("table-cell"):
            self._parser.CharacterDataHandler = None
            if _ERROR.fullmatch(self._text):
                self._add("an error (such as #REF!)")
            self._text = ""
        elif name == "table:table-row":
            self._row += self._repeated - 1


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch("[0-9]{1,10}", text) else otherwise


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    """Return the number of a column, from 1."""
    return int(xl_cell_to_rowcol(f"{letters}1")[1]) + 1
