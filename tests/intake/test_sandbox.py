"""Harmful files are refused in a child process, within seconds and half a gigabyte."""

import subprocess
import sys
from pathlib import Path

import pytest
from handmade import container

from pipelines.intake import sandbox
from pipelines.sources import FileRefusedError, discover

UNODC, INE = discover()["int_unodc_glotip"], discover()["pry_ine"]
HEADER = ",".join(INE.source.layouts[0].header).encode()
BELOW = b"," * HEADER.count(b",")

MEASURED = """
import resource, sys
from pathlib import Path
from pipelines.intake import sandbox
from pipelines.sources import FileRefusedError, discover
before = 0
for source, file in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        sandbox.refuse_unreadable(discover()[source], Path(file))
        print("accepted")
    except FileRefusedError as refusal:
        print(refusal)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    print(used.ru_maxrss // 1024, seconds - before)
    before = seconds
"""
"""Reads files one after the other, each in its child; the memory is the most of any so far."""


def laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "lol"}">' for at in range(10)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><worksheet>&l9;</worksheet>'.encode()


def large(path: Path, *parts: tuple[bytes, int]) -> None:
    """Write each part so many times, without holding it in memory."""
    with path.open("wb") as file:
        for part, times in parts:
            for _ in range(times):
                file.write(part)


SHEET = "xl/worksheets/sheet1.xml"
LARGE = 600
"""Millions of bytes, more than a reader may take."""
HARMFUL = {
    "zip bomb": (UNODC, "bomb.xlsx", lambda: [(container(SHEET, b"0" * 10**6, 1000), 1)],
                 "unpacks to 1,000 MB"),
    "billion laughs": (UNODC, "laughs.xlsx", lambda: [(container("xl/workbook.xml", laughs()), 1)],
                       "declares a document type"),
    "a large cell": (INE, "cell.csv", lambda: [(HEADER + b'\n"', 1), (b"x" * 10**6, LARGE),
                                               (b'"', 1), (BELOW + b"\n", 1)],
                     "not a readable table"),
    "a large header": (INE, "head.csv", lambda: [(b"x" * 10**6, LARGE)], "longer than any header"),
    "a million empty rows": (INE, "rows.csv", lambda: [(HEADER + b"\n", 1),
                                                       ((BELOW + b"\n") * 1000, 1000)],
                             "1,000,000 empty rows; delete them"),
}  # fmt: skip


@pytest.mark.slow
def test_harmful_files_are_refused_in_little_time_and_memory(tmp_path: Path) -> None:
    named = []
    for publication, file, parts, _ in HARMFUL.values():
        large(tmp_path / file, *parts())
        named += [publication.source.id, str(tmp_path / file)]
    ended = subprocess.run(
        [sys.executable, "-c", MEASURED, *named], capture_output=True, text=True, check=True
    )
    lines = ended.stdout.splitlines()
    for name, message, used in zip(HARMFUL, lines[::2], lines[1::2], strict=True):
        assert HARMFUL[name][3] in message, name
        mebibytes, seconds = map(float, used.split())
        assert mebibytes < 500, name
        assert seconds < 10, f"{name}: most of it is Python importing the libraries"


def test_nothing_is_unpacked_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "path.xlsx"
    file.write_bytes(container("../evil.xml", b"<a/>"))
    with pytest.raises(FileRefusedError):
        sandbox.refuse_unreadable(UNODC, file)
    assert {path.name for path in tmp_path.rglob("*")} == {"in", "path.xlsx"}


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to("/etc/passwd")
    with pytest.raises(FileRefusedError, match="a link; give the file itself"):
        sandbox.refuse_unreadable(INE, link)


def test_a_file_beyond_any_size_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "sparse.csv"
    with file.open("wb") as made:
        made.truncate(sandbox.BYTES + 1)
    with pytest.raises(FileRefusedError, match="larger than 2 GB"):
        sandbox.refuse_unreadable(INE, file)


def test_a_reader_that_passes_its_limits_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The libraries alone exceed this low limit, as a harmful file would exceed the real one."""
    low = tmp_path / "strict_sandbox.py"
    text = Path(sandbox.__file__).read_text(encoding="utf-8")
    low.write_text(text.replace("MEMORY: Final = 4 * 2**30", "MEMORY: Final = 2**24"), "utf-8")
    monkeypatch.setattr(sandbox, "__name__", "strict_sandbox")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path(sandbox.__file__).parents[2]}")
    file = tmp_path / "figures.csv"
    file.write_bytes(HEADER + b"\n")
    with pytest.raises(FileRefusedError, match=r"broke the reader.* or passed its limits"):
        sandbox.refuse_unreadable(INE, file)
