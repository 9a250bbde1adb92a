"""Workbooks in older and open formats, put together by hand: no library at hand writes them."""

import datetime as dt
import struct
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape


def old_workbook(path: Path, rows: list[list]) -> Path:
    """Write an .xls of one sheet: texts, whole numbers, and None for a cell with an error."""
    name = b"Datos"
    cells = b"".join(
        _old_cell(row, column, cell)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
        if cell != ""
    )
    beginning, end = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)), _record(0xA, b"")
    start = len(beginning) + 4 + 8 + len(name) + len(end)
    bound = _record(0x85, struct.pack("<IHBB", start, 0, len(name), 0) + name)
    part = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    path.write_bytes(_compound(beginning + bound + end + part + cells + end))
    return path


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _old_cell(row: int, column: int, cell: str | int | None) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if cell is None:
        return _record(0x205, place + bytes([7, 1]))
    if isinstance(cell, dt.date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell {kind}><text:p>shown otherwise</text:p></table:table-cell>"
    if isinstance(cell, int | float):
        return _record(0x203, place + struct.pack("<d", cell))
    text = cell.encode("latin-1")
    return _record(0x204, place + struct.pack("<HB", len(text), 0) + text)


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream, in sectors of its own."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                          0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, -1, 2, len(stream))
    return header + table + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBiii16xI8x8xIQ", len(text), kind, 1, -1, -1, child, 0, start, size
    )


def open_document(path: Path, rows: list[list]) -> Path:
    """Write an .ods of one sheet: texts, numbers, days, and None for a cell with an error."""
    office, table = (
        f"urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0" for kind in ("office", "table")
    )
    body = "".join(
        f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Datos">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("mimetype", kind)
        container.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{manifest}"><m:file-entry m:full-path="/" '
            f'm:media-type="{kind}"/></m:manifest>',
        )
        container.writestr("content.xml", content)
    return path


def _open_cell(cell: str | float | dt.date | None) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if cell is None:
        return (
            '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
            "<text:p>#DIV/0!</text:p></table:table-cell>"
        )
    if isinstance(cell, dt.date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell {kind}><text:p>shown otherwise</text:p></table:table-cell>"
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(cell)}</text:p></table:table-cell>"
    )
