"""Totals of a form and their parts: by a dimension, or as forms within a group of forms."""

from dataclasses import dataclass, replace
from functools import cache

from pipelines.protection.cells import TOTAL, UNKNOWN, whole_of
from pipelines.questionnaire.form import DIMENSIONS, Row, rows


@dataclass(frozen=True)
class Split:
    """A whole and its parts."""

    whole: Row  # the row with the total
    parts: tuple[Row, ...]  # the rows with its parts
    # whether the parts, if all are given, add up to the whole; they need not where persons of
    # unknown sex or age are not asked
    is_complete: bool


@cache
def splits() -> tuple[Split, ...]:
    """Return all splits of the form, of each indicator from the total down."""
    found: dict[tuple[Row, str], list[Row]] = {}
    for name in DIMENSIONS:
        asked = {getattr(row, name) for row in rows()}
        for row in rows():
            if (code := getattr(row, name)) != TOTAL:
                whole = replace(row, **{name: whole_of(name, code, asked)})
                found.setdefault((whole, name), []).append(row)
    return tuple(
        Split(
            whole,
            tuple(parts),
            is_complete=getattr(whole, name) == TOTAL
            and UNKNOWN in {getattr(part, name) for part in parts},
        )
        for whole in rows()
        for name in DIMENSIONS
        if (parts := found.get((whole, name)))
    )
