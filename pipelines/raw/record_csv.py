"""Reads the tables of what people decided: one line a decision, in a file that they may edit."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipelines.lib.atomic import replacing


def lines(path: Path, columns: tuple[str, ...], error: type[Exception]) -> list[tuple[str, ...]]:
    """The lines below the header, in the order of the file; none if there is no file.

    Raises:
        error: the file is not UTF-8, or has other columns.
    """
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *below = [tuple(line) for line in csv.reader(file)] or [()]
    except UnicodeDecodeError as refusal:
        raise error(f"{path}: not UTF-8 ({refusal}); save it as such") from refusal
    if header != columns:
        raise error(f"{path}: its columns are not {', '.join(columns)}")
    return below


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Replace the table with a header and rows."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
