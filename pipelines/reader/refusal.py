"""The refusal of a file, and the comparison of its header with what a source states."""

import difflib
from collections.abc import Sequence
from pathlib import Path

from pipelines.lib.errors import TipstatError
from schemas.source import Layout, Source


class FileRefusedError(TipstatError):
    """A file that is not in the format of its source."""

    def __init__(self, message: str) -> None:
        """Take a message; control characters from the file are escaped, so that it is one line."""
        super().__init__(
            "".join(
                sign if sign.isprintable() else sign.encode("unicode_escape").decode()
                for sign in message
            )
        )


def other_columns(path: Path, found: Sequence[str], expected: Sequence[str], source: Source) -> str:
    """Return the difference between a header and the expected one, in a line; "" if none.

    The order of the columns does not matter.
    """
    missing = [name for name in expected if name not in found]
    extra = [name for name in found if name not in expected]
    repeated = sorted({name for name in found if found.count(name) > 1})
    if not (missing or extra or repeated):
        return ""
    named = [_missing_column(name, [] if source.person_level else extra) for name in missing]
    if source.person_level:  # a file without its header would show a person's row as names
        named += [f"{len(extra)} others are not expected"] if extra else []
        return f"{path}: other columns than {source.id} has: {'; '.join(named) or 'repeated names'}"
    named += [f"'{name}' is not expected" for name in extra]
    named += [f"'{name}' occurs more than once" for name in repeated]
    return (
        f"{path}: other columns than {source.id} has: {'; '.join(named)} "
        f"(expected {', '.join(expected)}; found {', '.join(found) or 'nothing'})"
    )


def too_short(path: Path, rows: int, layout: Layout, source: Source) -> str:
    """Return an error line if a file has fewer rows than any whole release, else ""."""
    if rows >= layout.minimum_rows:
        return ""
    return (
        f"{path}: {rows:,} rows; a release of {source.id} has at least "
        f"{layout.minimum_rows:,}, so this file is cut off or a part"
    )


def _missing_column(name: str, candidates: Sequence[str]) -> str:
    folded = {candidate.casefold(): candidate for candidate in candidates}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    return f"'{name}' is missing" + (f", perhaps renamed to '{folded[near[0]]}'" if near else "")
