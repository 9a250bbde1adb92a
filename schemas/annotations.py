"""Annotations of fields: the form of a text, the list of a code.

`pipelines.reader.yaml_fields` checks a source's metadata file by those of `schemas.source`.
"""

from dataclasses import dataclass
from typing import Annotated, Final


@dataclass(frozen=True)
class Form:
    """Form of a text."""

    pattern: str  # regular expression that the whole text matches
    expected: str  # the same in words


@dataclass(frozen=True)
class CodeOf:
    """Code list from which a text must be."""

    codelist: str


@dataclass(frozen=True)
class NameIn:
    """Table in the folder `schemas` whose first column has the text; `what` says what it names."""

    table: str
    what: str


@dataclass(frozen=True)
class Regex:
    """A regular expression, in Python's syntax."""


@dataclass(frozen=True)
class AtLeast:
    """Smallest number allowed."""

    minimum: int


@dataclass(frozen=True)
class Truth:
    """When a field is true, which nothing else tells."""

    when: str  # a clause that begins with "if"


class Column(str):
    """Name of a column of the table that is read; `reader/table_checks.py` looks for it there."""

    __slots__ = ()


HTTPS: Final = Form(r"https://[^\s/]+\.[^\s/]\S*", "a whole address, from https:// on")

Text = Annotated[str, Form(r"\S(.*\S)?", "a text on one line")]
Address = Annotated[str, HTTPS]
Period = Annotated[
    str, Form(r"\d{4}(-(0[1-9]|1[0-2]))?", 'a year or month, such as "2018" or "2018-04"')
]
Count = Annotated[int, AtLeast(1)]
Cell = Annotated[str, Form(r"[A-Z]{1,2}[1-9]\d*", "a cell, such as A2")]
Pattern = Annotated[str, Regex()]
AnyText = Annotated[str, Form(r"(?s).*", "a text")]
"""A text that may be empty."""
Prose = Annotated[str, Form(r"(?s)\S.*", "a text")]
Filter = Annotated[str, NameIn("filters.csv", "a filter")]
Rule = Annotated[str, NameIn("rules.csv", "a rule")]
