"""The refusal of a file, and what is wrong with its header, in words."""

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pipelines.lib.accents import without_accents
from pipelines.raw import manifest, source_files
from pipelines.raw.manifest import RefusedReleaseError
from pipelines.reader.header import Header, Top
from schemas import codelists
from schemas.figure import FigureError, parse
from schemas.source import Layout, Source

_ALIKE: Final = 0.6
"""Similarity of names that may mean the same, if both columns hold values of one kind."""
_THE_SAME: Final = 0.85
"""Similarity of two spellings of one name, whatever the values."""
_SAMPLE: Final = 200


class FileRefusedError(RefusedReleaseError):
    """A file that is not in the format of its source.

    Attributes:
        likeness: how like the source's header that of the file is, from 0 to 1.
    """

    def __init__(self, message: str, likeness: float = 0.0) -> None:
        """Take a message; control characters from the file are escaped, so that it is one line."""
        self.likeness = likeness
        super().__init__(
            "".join(
                sign if sign.isprintable() else sign.encode("unicode_escape").decode()
                for sign in message
            )
        )


def refuse_missing_file(path: Path) -> None:
    """Refuse a path at which there is no file, or an empty one."""
    if not path.is_file():
        why = "not a file; name one" if path.exists() else "no such file"
        raise FileRefusedError(f"{path}: {why}")
    if path.stat().st_size == 0:
        raise FileRefusedError(f"{path}: the file is empty (0 bytes); fetch it again")


def too_short(path: Path, rows: int, layout: Layout, source: Source) -> str:
    """Return an error line if a file has fewer rows than any whole release, else ""."""
    if rows >= layout.minimum_rows:
        return ""
    return (
        f"{path}: {rows:,} rows; a release of {source.id} has at least "
        f"{layout.minimum_rows:,}, so this file is cut off or a part"
    )


def added_column(name: str, source: Source) -> str:
    """Return the warning about a column that no layout of a source has, on one line."""
    return (
        f"column '{name}' is new and was not read; if it splits the figures, describe it in "
        f"{source_files.place(source.id)}"
    )


def no_header(path: Path, source: Source, layout: Layout, header: Header, top: Top) -> str:
    """Return why the first rows of a table have no header of a layout, in a line.

    A name that is not the layout's is shown only if the row is certainly a header, and the file
    does not describe persons: it might be data.
    """
    expected = ", ".join(layout.required) or layout.wide
    if not header.is_certain:
        return (
            f"{path}: no header of {source.id} in its first {max(1, len(top.rows))} rows; "
            f"it must have the columns {expected}"
        )
    found = [f"column '{name}' is missing" for name in header.missing]
    place = "" if header.is_stated else f"{header.place}; "
    if source.person_level:
        return f"{path}: {place}{'; '.join(found)}"
    added = header.added(layout)
    found = [_missing(name, added, header, top, source) for name in header.missing]
    return (
        f"{path}: {place}{'; '.join(found)} (expected {expected}; "
        f"not expected {', '.join(added) or 'nothing'})"
    )


def _missing(name: str, added: Sequence[str], header: Header, top: Top, source: Source) -> str:
    gone = f"column '{name}' is missing"
    likeness = {other: alike(name, other) for other in added}
    near = max(likeness, key=lambda other: likeness[other], default="")
    if not near or likeness[near] < _ALIKE:
        return gone
    if likeness[near] < _THE_SAME:
        place = header.names.index(near)
        values = [row[place] for row in top.rows[header.below :] if place < len(row)]
        if kind(values) != kind(_earlier_values(name, source)):
            return gone
    return f"{gone}; the nearest in this file is '{near}'"


def alike(one: str, other: str) -> float:
    """Return the likeness of two names, from 0 to 1, whatever their case and accents."""
    return difflib.SequenceMatcher(None, letters_of(one), letters_of(other)).ratio()


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, in lower case and without accents."""
    return "".join(filter(str.isalnum, without_accents(text)))


def kind(texts: Sequence[str]) -> str:
    """Return the kind of most of some printed texts: year, number, text, or "" if there is none."""
    kinds = [_kind(text.strip()) for text in texts if text.strip()]
    return max(dict.fromkeys(kinds), key=kinds.count, default="")


def _kind(text: str) -> str:
    if len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20"):
        return "year"
    try:
        return "number" if parse(text, "en_US").lower is not None else "text"
    except FigureError:
        return "number" if text[:1].isdecimal() and text[-1:].isdecimal() else "text"


def _earlier_values(column: str, source: Source) -> list[str]:
    """Return values of a column in the newest shipped figure table that has it."""
    known = manifest.known(source.id)
    for entry in reversed(known):
        rows = codelists.rows(entry.path)[:_SAMPLE]
        if rows and column in rows[0]:
            return [row[column] for row in rows]
    return []
