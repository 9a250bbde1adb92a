"""Find the cells with an error in an old .xls workbook, which a parser would read as empty.

An .xls is a compound file: sectors of 512 bytes, chained by a table. Its stream `Workbook` (before
1997 `Book`) is a sequence of records; two kinds of them may hold an error (Microsoft, [MS-XLS]
2.4.24 BoolErr and 2.4.127 Formula).
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.worksheet_cells import UnreadableCell

_SECTOR: Final = 512
_LAST: Final = 0xFFFFFFFA
"""Sector numbers from here on are markers, such as the end of a chain."""
_BEGINNING, _SHEET, _FORMULA, _TRUTH_OR_ERROR = 0x0809, 0x0085, 0x0006, 0x0205


def unreadable_cells(path: Path) -> list[UnreadableCell]:
    """Return the cells with an error.

    Raises:
        FileRefusedError: its records are not found, as in one of over 7 MB.
    """
    try:
        return list(_errors(_workbook(path.read_bytes())))
    except (struct.error, IndexError):
        raise FileRefusedError(f"{path}: not a plain .xls; save it as .xlsx") from None


def _workbook(content: bytes) -> bytes:
    """Return the stream of records of a compound file."""
    count, directory = struct.unpack_from("<I", content, 44)[0], content[48:52]
    table = [
        number
        for at in struct.unpack_from("<109I", content, 76)[:count]
        for number in struct.unpack("<128I", _sector(content, at))
    ]
    entries = _chain(content, table, struct.unpack("<I", directory)[0])
    for place in range(0, len(entries), 128):
        entry = entries[place : place + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(0, length - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            start, size = struct.unpack_from("<II", entry, 116)
            return _chain(content, table, start)[:size]
    raise IndexError


def _sector(content: bytes, number: int) -> bytes:
    return content[(number + 1) * _SECTOR : (number + 2) * _SECTOR]


def _chain(content: bytes, table: list[int], first: int) -> bytes:
    """Return the sectors of a chain; a cycle ends where it began."""
    found: list[bytes] = []
    number = first
    while number < _LAST and len(found) <= len(table):
        found.append(_sector(content, number))
        number = table[number]
    return b"".join(found)


def _errors(stream: bytes) -> Iterator[UnreadableCell]:
    """Yield the cells with an error of a stream of records."""
    names: dict[int, str] = {}
    place, sheet = 0, ""
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        body = stream[place + 4 : place + 4 + size]
        if kind == _SHEET:
            length, flag = body[6], body[7]  # of two bytes a letter if the flag is set
            name = body[8 : 8 + length * (1 + flag)]
            encoding = "utf-16-le" if flag else "latin-1"
            names[struct.unpack_from("<I", body)[0]] = name.decode(encoding, "replace")
        elif kind == _BEGINNING:
            sheet = names.get(place, "")
        elif (kind == _TRUTH_OR_ERROR and body[7] == 1) or (
            kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff"
        ):
            row, column = struct.unpack_from("<HH", body)
            at = xl_rowcol_to_cell(row, column)
            yield UnreadableCell(sheet, row + 1, column + 1, at, "an error (such as #REF!)")
        place += 4 + size
