"""The texts of the form, of answers, of refusals and of reminders, in four languages."""

from functools import cache
from pathlib import Path
from typing import Final

from schemas import codelists

FILE: Final = Path(__file__).with_suffix(".csv")


@cache
def texts(language: str) -> dict[str, str]:
    """Return the texts in a language, by code, with placeholders in braces."""
    return codelists.labels_of(codelists.rows(FILE), language)


def say(language: str, code: str, **parts: object) -> str:
    """Return a text in a language with its placeholders filled in."""
    return texts(language)[code].format(**parts)
