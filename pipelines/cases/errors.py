"""Errors about an extract, which show nothing that its records hold.

Engines quote cells in their messages. So no message of theirs is passed on, nor the exception
itself as a cause: each is replaced by a description of its kind.
"""

import errno
import re
from collections.abc import Callable
from typing import Final, TypeVar

from pipelines.lib.errors import TipstatError

_T = TypeVar("_T")

POSTGRESQL: Final = ("postgresql://", "postgres://")
"""Beginnings of an address of PostgreSQL."""

KINDS: Final = (
    (
        r"no space left|max_temp_directory_size|file too large|could not write|disk is full",
        "the disk is full; make room, or name another project folder in TIPSTAT_HOME",
    ),
    (
        r"out of ?memory|failed to allocate|could not allocate",
        "memory is not enough; give more with --memory, or make room on the disk",
    ),
    (
        r"not utf-8|unicode|codec|encoding",
        "the text is of another encoding than the mapping file says; "
        "write 'encoding: latin-1' there, or save the extract as UTF-8",
    ),
    (
        r"csv error|malformed_record|textparsing|columns? (?:expected|found)|"
        r"expected number of columns",
        "a row has more or fewer cells than the header, or a quotation mark is open",
    ),
    (
        r"parquet|magic bytes|malformed|not a database|snappy|zstd",
        "the file is damaged or of another format; make the extract again",
    ),
    (
        r"no such table|undefinedtable|relation .* does not exist",
        "the database has no such table; correct 'table' in the mapping file, or --table",
    ),
    (
        r"server closed|terminating connection|connection .*(?:refused|reset|closed)|"
        r"could not connect|timeout|operationalerror",
        "the database did not answer or went away; start again when it is there",
    ),
    (
        r"permission denied|authentication",
        "access was refused; ask for the right to read it",
    ),
)  # fmt: skip
"""Patterns of engines' messages, each with the fault that it means and the remedy."""


class CaseError(TipstatError):
    """An extract, mapping or plan that cannot be used: where, what and the remedy, on one line."""


def address_name(address: str) -> str:
    """Return an address as messages name it: that of a database may hold a password."""
    if re.search(r"://|\bpassword\s*=", address):
        return "the PostgreSQL database" if address.startswith(POSTGRESQL) else "the database"
    return address


def sealed(place: str, action: Callable[[], _T]) -> _T:
    """Return what the action returns; replace any error but our own by one without content.

    Raises:
        CaseError: the action failed. It has neither cause nor context, which would hold cells.
    """
    try:
        return action()
    except CaseError as error:
        message = str(error)
    except Exception as error:  # an engine's own, which may quote a record
        message = f"{place}: {_fault(error)}; nothing was printed"
    raise CaseError(message)


def _fault(error: Exception) -> str:
    """Return fault and remedy by the kind of an error, and the line of a text file if known."""
    text = f"{type(error).__name__} {error}".casefold()
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return KINDS[0][1]
    line = re.search(r"csv error on line: (\d+)", text)
    where = f"line {line[1]}: " if line else ""
    for pattern, fault in KINDS:
        if re.search(pattern, text):
            return where + fault
    kind = type(error).__name__
    return f"{where}cannot be read ({kind}); the cause is not shown, since it may quote a record"
