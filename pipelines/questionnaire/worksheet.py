"""The parts of a workbook that its values do not tell: formulas, merged cells, errors.

Spreadsheets keep the last result of a formula beside it. It may be old or invented, so a formula in
a cell of ours is found in the sheet itself, and its result is never used.
"""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from xlsxwriter.utility import xl_cell_to_rowcol

from pipelines.questionnaire.answers import FormRefusedError, NoFormError

Place = tuple[int, int]
"""Row and column of a cell, from 0."""

AUTHOR: Final = "tipstat"
"""Author of our comments in a marked copy."""

_WORKBOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_MOST_MARKED: Final = 1_000_000
"""Most cells that formulas and merged ranges may cover; a form has some hundred."""


def sheet_files(path: Path) -> dict[str, str]:
    """Return the file of each sheet within the workbook, by the sheet's name.

    Raises:
        NoFormError: it is no Excel workbook.
        FormRefusedError: it has macros, or a part is no XML.
    """
    with zipfile.ZipFile(path) as container:
        parts = set(container.namelist())
        if not parts.issuperset((_WORKBOOK, _LINKS)):
            raise NoFormError(path, "no_workbook")
        if any(part.lower().endswith("vbaproject.bin") for part in parts):
            raise FormRefusedError(path, "macros")
        links = _elements(path, container.read(_LINKS), "Relationship")
        sheets = _elements(path, container.read(_WORKBOOK), "sheet")
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    found = {}
    for sheet in sheets:
        identity = next((text for name, text in sheet.items() if name.endswith(":id")), "")
        target = targets.get(identity, "")
        file = target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
        if file in parts:
            found[sheet.get("name", "")] = file
    return found


def faults(path: Path, files: Mapping[str, str]) -> dict[str, dict[Place, str]]:
    """Return for each sheet, by name, the cells with a `formula`, `merged` or with an `error`.

    Raises:
        FormRefusedError: a sheet is no XML, or covers far more cells than a form has.
    """
    with zipfile.ZipFile(path) as container:
        return {
            name: _FaultySheet(path, name).faults(container.read(file))
            for name, file in files.items()
        }


def comments(path: Path, files: Mapping[str, str]) -> list[str]:
    """Return the places of the comments in a workbook that are not our marks at problems."""
    found = []
    with zipfile.ZipFile(path) as container:
        parts = set(container.namelist())
        for name, file in files.items():
            folder = PurePosixPath(file).parent
            links = f"{folder}/_rels/{PurePosixPath(file).name}.rels"
            if links not in parts:
                continue
            for link in _elements(path, container.read(links), "Relationship"):
                part = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))[1:]
                if link.get("Type", "").endswith("/comments") and part in parts:
                    content = container.read(part)
                    found += [f"{name}, {cell}" for cell in _commented(path, content)]
    return found


def _commented(path: Path, content: bytes) -> list[str]:
    """Return the cells that somebody else than this program has commented."""
    comments = _elements(path, content, "comment")  # refuses a document type
    root = ElementTree.fromstring(content)  # noqa: S314
    authors = [author.text for author in root.findall(".//{*}author")]
    ours = f"{authors.index(AUTHOR)}" if AUTHOR in authors else ""
    return [each.get("ref", "") for each in comments if each.get("authorId") != ours]


def _elements(path: Path, content: bytes, name: str) -> list[dict[str, str]]:
    """Return the attributes of the elements of a name."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag[tag.find(":") + 1 :] == name:
            found.append(attributes)

    _parse(path, content, start)
    return found


def _parse(path: Path, content: bytes, start: object) -> None:
    """Run a parser that refuses document types, and so custom entities."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start  # type: ignore[assignment]

    def refuse(*_: object) -> None:
        raise FormRefusedError(path, "document_type")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise FormRefusedError(path, "unreadable", reason=error) from error


class _FaultySheet:
    """The cells of one sheet that hold more than a value."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._found: dict[Place, str] = {}
        self._row = self._column = -1

    def faults(self, content: bytes) -> dict[Place, str]:
        _parse(self._path, content, self._start)
        return self._found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag, given = tag[tag.find(":") + 1 :], attributes.get("r", "")
        if tag == "row":
            self._row = int(given) - 1 if given.isdecimal() and len(given) < 8 else self._row + 1
            self._column = -1
        elif tag == "c":
            self._column += 1
            if match := _CELL.fullmatch(given):
                self._row, self._column = xl_cell_to_rowcol(match[0])
            if attributes.get("t") == "e":
                self._found[self._row, self._column] = "error"
        elif tag == "f":
            self._found[self._row, self._column] = "formula"
            self._mark(attributes.get("ref", ""), "formula")
        elif tag == "mergeCell":
            self._mark(attributes.get("ref", ""), "merged")

    def _mark(self, reference: str, fault: str) -> None:
        """Mark all cells of a range such as B2:C4."""
        ends = reference.split(":")
        if len(ends) != 2 or not all(map(_CELL.fullmatch, ends)):
            return
        (top, left), (bottom, right) = map(xl_cell_to_rowcol, ends)
        if (bottom - top + 1) * (right - left + 1) + len(self._found) > _MOST_MARKED:
            raise FormRefusedError(self._path, "far_beyond", place=f"{self._name}, {reference}")
        for cell in product(range(top, bottom + 1), range(left, right + 1)):
            self._found.setdefault(cell, fault)
