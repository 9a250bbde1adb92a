"""A minimal workbook, put together by hand: the project reads workbooks, it writes none."""

import io
import struct
import zipfile
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/s.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="s.xml"/></Relationships>',
}


def workbook(path: Path, rows: list[list], sheet: str = "data_glotip_1") -> Path:
    """Write a workbook of one sheet with these cells: texts, or whole numbers."""
    return packed(path, worksheet(rows), sheet)


def worksheet(rows: list[list]) -> str:
    """The XML of a sheet with these cells."""
    cells = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def _cell(cell: str | int) -> str:
    if isinstance(cell, int):
        return f"<c><v>{cell}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>'


def packed(path: Path, content: str | bytes, sheet: str = "data_glotip_1") -> Path:
    """Write a workbook whose one sheet is this XML, whatever it is."""
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(sheet)} sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in {**_PARTS, "xl/workbook.xml": book, "xl/s.xml": content}.items():
            container.writestr(name, part)
    return path


def container(name: str, content: bytes, times: int = 1) -> bytes:
    """A container of one part, which has the content so many times."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole,
        whole.open(name, "w") as part,
    ):
        for _ in range(times):
            part.write(content)
    return file.getvalue()


def old_workbook(path: Path, rows: list[list], sheet: str = "Datos") -> Path:
    """Write an .xls of one sheet: texts, whole numbers, and None for a cell with an error."""
    name = sheet.encode("latin-1")
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
    if isinstance(cell, int):
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


def open_document(path: Path, rows: list[list], sheet: str = "Datos") -> Path:
    """Write an .ods of one sheet: texts, whole numbers, and None for a cell with an error."""
    office, table = (
        f"urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0" for kind in ("office", "table")
    )
    body = "".join(
        f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f"<office:spreadsheet><table:table table:name={quoteattr(sheet)}>{body}</table:table>"
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


def _open_cell(cell: str | int | None) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if cell is None:
        return (
            '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
            "<text:p>#DIV/0!</text:p></table:table-cell>"
        )
    if isinstance(cell, int):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(cell)}</text:p></table:table-cell>"
    )
