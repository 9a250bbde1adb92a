"""Errors about an extract, which show nothing that its records hold.

Engines quote cells in their messages. So no message of theirs is passed on, nor the exception
itself as a cause: each is replaced by a description of its kind.
"""

import errno
import re
from collections.abc import Callable
from typing import Final, TypeVar

from pipelines.cases.texts import said
from pipelines.lib.errors import TipstatError

_T = TypeVar("_T")

POSTGRESQL: Final = ("postgresql://", "postgres://")
"""Beginnings of an address of PostgreSQL."""

KINDS: Final = (
    (
        r"no space left|max_temp_directory_size|file too large|could not write|disk is full",
        "disk_full",
    ),
    (r"out of ?memory|failed to allocate|could not allocate", "memory_short"),
    (r"not utf-8|unicode|codec|encoding", "other_encoding"),
    (
        r"csv error|malformed_record|textparsing|columns? (?:expected|found)|"
        r"expected number of columns",
        "cells_uneven",
    ),
    (r": cell [a-z]+[0-9]+ holds", "cell_unreadable"),
    (r"has a password", "has_password"),
    (r"parquet|magic bytes|malformed|not a database|snappy|zstd|filerefusederror", "damaged"),
    (r"no such table|undefinedtable|relation .* does not exist", "no_table"),
    (
        r"server closed|terminating connection|connection .*(?:refused|reset|closed)|"
        r"could not connect|timeout|operationalerror",
        "went_away",
    ),
    (r"permission denied|authentication", "access_refused"),
)
"""Patterns of engines' messages, each with the text of the fault that it means."""


class CaseError(TipstatError):
    """An extract, mapping or plan that cannot be used: where, what and the remedy, on one line."""


def address_name(address: str) -> str:
    """Return an address as messages name it: that of a database may hold a password."""
    if re.search(r"://|\bpassword\s*=", address):
        return said("a_postgresql" if address.startswith(POSTGRESQL) else "a_database")
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
        message = said("sealed", place=place, **_fault(error))
    raise CaseError(message)


def _fault(error: Exception) -> dict[str, str]:
    """Return fault and remedy by the kind of an error, and the line or cell if it is known."""
    text = f"{type(error).__name__} {error}".casefold()
    line = re.search(r"csv error on line: (\d+)", text)
    cell = re.search(r": cell ([a-z]+[0-9]+) holds", text)
    where = said("in_line", line=line[1]) if line else ""
    if cell:
        where = said("in_cell", cell=cell[1].upper())
    kinds = [code for pattern, code in KINDS if re.search(pattern, text)]
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        kinds = ["disk_full"]
    code = [*kinds, "unknown_fault"][0]
    return {"where": where, "fault": said(code, kind=type(error).__name__)}
