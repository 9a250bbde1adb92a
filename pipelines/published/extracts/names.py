"""Names in the reader's language in place of codes.

Queries answer in codes, once for all languages; a column `<column>_name` holds those of `<column>`.
"""

from collections.abc import Collection
from functools import cache
from typing import Final

from pipelines.warehouse import named_views
from schemas import codelists

_NAMED: Final = "_name"
_EITHER: Final = " / "
"""Stands between the codes, or the names, of rows that were added into one."""


def is_named(column: str) -> bool:
    """Return whether the codes in a column of an answer are to be replaced by names."""
    return column.endswith(_NAMED)


def names(column: str, codes: Collection[str | None], language: str) -> list[str | None]:
    """Return the names of the codes in a column of an answer; several in one cell stay several."""
    known = _names(column.removesuffix(_NAMED), language)
    found: dict[str | None, str | None] = {None: None}
    for cell in filter(None, {*codes}):
        either = {
            "; ".join(known[code] for code in each.split(";")) for each in cell.split(_EITHER)
        }
        found[cell] = _EITHER.join(sorted(either))
    return [found[cell] for cell in codes]


@cache
def _names(column: str, language: str) -> dict[str, str]:
    """Return the names of a column's codes; the first list that has a code names it."""
    lists = named_views.lists_of(column) or named_views.JOINED[column]
    return codelists.first_labels(lists, language)
