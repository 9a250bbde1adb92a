"""Comments on figures in the reader's language: codes become their names, English is quoted."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from pipelines.published.i18n.interface_text import labels
from schemas import codelists

_LISTS: Final = ("detector", "comparability_reason", "break_reason")
"""The lists of the codes that a comment may have, the first that has a code names it."""


def in_words(comments: Iterable[str | None], language: str) -> list[str | None]:
    """Return comments in words; a remark that a person wrote stays in English."""
    return [None if each is None else _in_words(each, language) for each in comments]


@cache
def _in_words(comment: str, language: str) -> str:
    known, texts = codelists.first_labels(_LISTS, language), labels(language)
    found: list[str] = []
    english: list[str] = []
    for part in comment.split("; "):
        code, _, rest = part.partition(" ")
        if part.startswith("SUM_OF_"):
            found.append(known["SUM_OF_ROWS"])
        elif code == "correction" and rest:
            found.append(texts["comment_corrected"])
        elif code == "doubt" and rest:
            found.append(known["CONTRADICTED"])
        elif part in known:
            found.append(known[part])
        else:
            english.append(part)
    if english:
        found.append(texts["comment_quoted"].format(text="; ".join(english)))
    return "; ".join(found)
