"""What the verbs say and the report prints: `texts.csv`, a column per language."""

from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

from schemas import codelists, parameters

_TEXTS: Final = Path(__file__).with_name("texts.csv")
_THOUSANDS: Final = {"en": ",", "pt": "."}
"""Signs of thousands; other languages have a space."""

LANGUAGE: Final = ContextVar("language", default="en")
"""Language of messages: set by a verb before it begins."""


def said(code: str, /, **parts: object) -> str:
    """Return the text of a code in the language of messages, with its placeholders filled."""
    texts = in_language(LANGUAGE.get())
    return texts[code].format(
        **{name: number(part) if isinstance(part, int) else part for name, part in parts.items()}
    )


def number(figure: int) -> str:
    """Return a number as the language of messages writes it."""
    return f"{figure:,}".replace(",", _THOUSANDS.get(LANGUAGE.get(), " "))


@cache
def in_language(language: str) -> dict[str, str]:
    """Return all texts in a language, by code, with placeholders in braces."""
    return {line["code"]: parameters.fill(line[language]) for line in codelists.rows(_TEXTS)}
