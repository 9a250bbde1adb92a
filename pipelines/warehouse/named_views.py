"""Views with names beside codes, one per published view and language.

The contract of an observation declares which columns hold codes, and of which lists. Any other
column holds codes if a code list has its name, or if it is named here.
"""

from functools import cache
from typing import Final

import jinja2

from pipelines.lib import templates
from pipelines.warehouse import sql_files
from schemas import codelists
from schemas.contract import CONTRACTS

_COUNTRY: Final = {"country": ("area",)}
_OF_OBSERVATION: Final = {
    name: column.metadata or {} for name, column in CONTRACTS["observation"].schema.columns.items()
}
JOINED: Final = {
    name: lists
    for name, about in _OF_OBSERVATION.items()
    if (lists := about.get("joined_codes"))
} | {"comparability_reason": ("remark",)}  # fmt: skip
"""The lists of columns that hold several codes, joined by `;` or in a list."""
_IN_LISTS: Final = {name for name, about in _OF_OBSERVATION.items() if about.get("is_list")}


def lists_of(column: str) -> tuple[str, ...]:
    """Return the lists from which a column takes its codes, one code a row; empty if from none."""
    if column in JOINED:
        return ()
    return _coded().get(column, (column,) if column in codelists.NAMES else ())


def is_named(column: str) -> bool:
    """Return whether a column holds codes, so that it gets a `<column>_name`."""
    return column in JOINED or bool(lists_of(column))


def statement(view: str, columns: list[str], language: str) -> str:
    """Return the CREATE statement of `published.<view>_<language>`, with `<column>_name`s."""
    return _template().render(
        view=view,
        language=language,
        single={column: lists for column in columns if (lists := lists_of(column))},
        joined={column: JOINED[column] for column in columns if column in JOINED},
        in_lists=_IN_LISTS,
    )


@cache
def _template() -> jinja2.Template:
    return templates.environment(sql_files.SQL).get_template("labelled.sql.j2")


@cache
def _coded() -> dict[str, tuple[str, ...]]:
    of_contract = {
        name: tuple(lists)
        for name, about in _OF_OBSERVATION.items()
        if (lists := about.get("codelists"))
    }
    return of_contract | _COUNTRY
