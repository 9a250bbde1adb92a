"""Totals of a form and their parts: by a dimension, or as forms within a group of forms."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipelines.questionnaire.form import DIMENSIONS, Row, rows
from schemas import codelists


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
    return tuple(split for row in rows() for name in DIMENSIONS for split in _of(row, name))


def _of(whole: Row, dimension: str) -> Iterator[Split]:
    """Yield the split of a row by a dimension, if it has one."""
    code = getattr(whole, dimension)
    parts = tuple(
        row
        for row in rows()
        if getattr(row, dimension) != code
        and replace(row, **{dimension: code}) == whole
        and _group(dimension, getattr(row, dimension)) == code
    )
    if parts:
        known = {getattr(part, dimension) for part in parts}
        yield Split(whole, parts, is_complete=code == "_T" and "_U" in known)


def _group(dimension: str, code: str) -> str:
    """Return the nearest code above another that the form asks."""
    asked = {getattr(row, dimension) for row in rows()}
    if dimension != "exploitation":
        return "_T"
    parents = dict(codelists.load(dimension)[["code", "parent"]].itertuples(index=False))
    above = parents[code] or "_T"
    return _nearest(above, asked, parents)


def _nearest(code: str, asked: set[str], parents: dict[str, str]) -> str:
    return code if code in asked else _nearest(parents[code] or "_T", asked, parents)
