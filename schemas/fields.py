"""Kinds of columns in contracts: what a cell holds, and the code lists that it takes codes from.

Nothing here needs pandas, so that what only reads figures can know their columns without it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """A column of a contract."""

    kind: str  # type in pandas: `category` for repeated text, `str`, `float64`
    description: str
    nullable: bool = False
    codelists: tuple[str, ...] = ()  # a cell holds one code, of one of these lists
    joined_codes: tuple[str, ...] = ()  # a cell holds several codes of these lists, joined by `;`
    is_list: bool = False  # whether it holds several texts, a list in the warehouse


def coded(description: str, *lists: str) -> Field:
    """Return a column that holds only the codes of the named lists."""
    return Field("category", description, codelists=lists)


def distinct_text(
    description: str, *, nullable: bool = False, codelist: str | None = None
) -> Field:
    """Return a column of repeated text; with `codelist`, of codes of that list joined by `;`."""
    joined = (codelist,) if codelist else ()
    return Field("category", description, nullable, joined_codes=joined)


def listed(description: str, *lists: str) -> Field:
    """Return a column of several texts joined by `;`, codes of the named lists if there are any.

    In the warehouse it is a list; an empty text is an empty list.
    """
    return Field("category", description, joined_codes=lists, is_list=True)


def long_text(description: str) -> Field:
    """Return a column of text that differs from row to row."""
    return Field("str", description)


def number(description: str, *, nullable: bool = False) -> Field:
    """Return a column of figures, whole or decimal."""
    return Field("float64", description, nullable)
