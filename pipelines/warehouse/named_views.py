"""Names beside codes: `published.word`, and the macro `published.named` that uses it.

The contract of an observation declares which columns hold codes, and of which lists. Any other
column holds codes if a code list has its name, or if it is named here.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Final

from schemas import codelists
from schemas.observation import COLUMNS

if TYPE_CHECKING:  # only a build of the warehouse needs it
    import pandas as pd

_OTHERWISE: Final = {
    "country": ("area",),
    "why": ("not_held",),
    "kind": ("assessment_kind",),
    "code": ("assessment_code",),
    "standing": ("assessment_standing",),
    "doubt": ("assessment_doubt",),
    "direction": ("direction", "assessment_direction"),  # of trends, and of a state's efforts
}
"""Columns with codes of a list that has another name."""
JOINED: Final = {
    name: column.joined_codes for name, column in COLUMNS.items() if column.joined_codes
} | {
    "remarks": ("remark",),
    "of_kind": ("assessment_kind",),
    "of_code": ("assessment_code",),
}
"""The lists of columns that hold several codes, joined by `;` or in a list, or `_T` for all."""


def lists_of(column: str) -> tuple[str, ...]:
    """Return the lists from which a column takes its codes, one code a row; empty if from none."""
    if column in JOINED:
        return ()
    return _coded().get(column, (column,) if column in codelists.NAMES else ())


def codes_of(column: str) -> tuple[str, ...]:
    """Return the lists from which a column takes codes, one or several a row; empty if none."""
    return JOINED.get(column) or lists_of(column)


def words(columns: Iterable[str]) -> "pd.DataFrame":
    """Return the names of all codes that columns may hold, as the table `published.word` has them.

    Of several lists of a column, the first that has a code names it.
    """
    import pandas as pd

    named = {column: codes_of(column) for column in columns}
    tables = [
        codelists.load(name).assign(column_name=column)
        for column, lists in sorted(named.items())
        for name in lists
    ]
    names = [f"name_{language}" for language in codelists.LANGUAGES]
    every = pd.concat(tables)[["column_name", "code", *names]]
    return every.drop_duplicates(["column_name", "code"], ignore_index=True)


@cache
def _coded() -> dict[str, tuple[str, ...]]:
    of_contract = {name: column.codelists for name, column in COLUMNS.items() if column.codelists}
    return of_contract | _OTHERWISE
