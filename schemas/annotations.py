"""Annotations of fields: the form of a text, the list of a code.

`pipelines.reader.source_metadata` checks a source's metadata file by those of `schemas.source`.
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
