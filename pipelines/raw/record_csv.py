"""Read and write tables of records: a line for each, in columns named like its dataclass's fields.

People edit some of these tables, so every line is checked, and an error names its number.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any, Final

from pipelines.lib.atomic import replacing

LONGEST: Final = 100_000
"""Longest cell that is written, in characters; Python reads 131,072."""
UNKNOWN: Final = "unknown"
"""Person of a line that was written before the person was recorded."""


def columns(record: type[Any]) -> tuple[str, ...]:
    """Return the columns of a table of records: the fields of their dataclass."""
    return tuple(field.name for field in fields(record))


def read_record(
    path: Path,
    record: type[Any],
    error: type[Exception],
    required: Collection[str],
    later: Sequence[str] = (),
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each line of a table in order: its place, for messages, and its cells by column.

    A file that does not exist has no lines. Lines that were written before the columns `later` came
    behind the others are read with `UNKNOWN` in them.

    Raises:
        error: the file is not CSV in UTF-8 or has other columns; a line is longer or shorter than
            the header, or lacks a `required` cell.
    """
    if not path.is_file():
        return
    names = columns(record)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *lines = [tuple(line) for line in csv.reader(file, strict=True)] or [()]
    except (UnicodeDecodeError, csv.Error) as fault:
        raise error(
            f"{path}: not CSV in UTF-8 ({fault}); save it as such, or restore it"
        ) from fault
    former = names[: len(names) - len(later)]
    if later and header == names[: max(len(header), len(former))]:
        # Git may have joined lines, and headers, of before and of now.
        own = [line for line in lines if line[: len(former)] != former]
        header, lines = (
            names,
            [
                (*line, *[UNKNOWN] * (len(names) - len(line))) if len(line) >= len(former) else line
                for line in own
            ],
        )
    if header != names:
        lacking = [name for name in names if name not in header]
        lacks = f" (it lacks {', '.join(lacking)})" if lacking else ""
        raise error(f"{path}: its columns are not {', '.join(names)}{lacks}")
    for number, line in enumerate(lines, start=2):
        place = f"{path}, line {number}"
        if len(line) != len(names):
            raise error(f"{place}: has {len(line)} cells instead of {len(names)}")
        cells = dict(zip(names, line, strict=True))
        refuse_blank(place, cells, error, required)
        yield place, cells


def refuse_blank(
    place: str, cells: Mapping[str, str], error: type[Exception], required: Collection[str]
) -> None:
    """Refuse a line with a blank cell in a required column, or one too long to be read again."""
    if long := [name for name in cells if len(cells[name]) > LONGEST]:
        raise error(f"{place}: {', '.join(long)} must have at most {LONGEST:,} characters")
    if blank := [name for name in cells if name in required and not cells[name].strip()]:
        raise error(f"{place}: {', '.join(blank)} must be filled")


def refuse_invalid_date(place: str, name: str, text: str, error: type[Exception]) -> None:
    """Refuse a cell that is not a date, such as one that was cut off."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise error(f"{place}: '{text}' in {name} is not a date (YYYY-MM-DD); fix or restore it")


def write(path: Path, record: type[Any], records: Sequence[Any]) -> None:
    """Write a table of records, whole or not at all."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns(record))
        writer.writerows(map(astuple, records))
