"""Names of states inside sentences: `the Bahamas`, `no Brasil`, `aux États-Unis`.

`area_article.csv` has the article of each state by language; a French `à la` marks an island that
keeps its article after `à`.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from schemas import codelists

_ARTICLES: Final = Path(__file__).with_name("area_article.csv")
_IN: Final = {
    "pt": {"o": "no ", "a": "na ", "os": "nos ", "as": "nas ", "": "em "},
    "fr": {"le": "au ", "la": "en ", "l’": "en ", "les": "aux ", "à la": "à la ", "": "à "},
}
_OF: Final = {
    "pt": {"o": "do ", "a": "da ", "os": "dos ", "as": "das ", "": "de "},
    "fr": {"le": "du ", "la": "de la ", "l’": "de l’", "les": "des ", "à la": "de la "},
}
_VOWELS: Final = "AEÉIOUHaeéiouh"
_VERB: Final = re.compile(r"\[(\w+)\|(\w+)\]")


def named(language: str, code: str, name: str) -> str:
    """Return the name with its article."""
    return _joined(_article(language, code).removeprefix("à "), name)


def agreeing(language: str, code: str, text: str) -> str:
    """Return the text with the verb of each `[singular|plural]` that agrees with the state."""
    is_plural = _article(language, code) in {"les", "os", "as"}
    return _VERB.sub(r"\2" if is_plural else r"\1", text)


def located(language: str, code: str, name: str) -> str:
    """Return the phrase for `in` the state."""
    article = _article(language, code)
    if language in _IN:
        return _IN[language][article] + name
    return f"{'in' if language == 'en' else 'en'} {_joined(article, name)}"


def possessive(language: str, code: str, name: str) -> str:
    """Return the phrase for `of` the state."""
    article = _article(language, code)
    if language == "fr" and not article:
        return f"d’{name}" if name[0] in _VOWELS else f"de {name}"
    if language in _OF:
        return _OF[language][article] + name
    return f"{'of' if language == 'en' else 'de'} {_joined(article, name)}"


def _joined(article: str, name: str) -> str:
    if not article:
        return name
    return article + name if article.endswith("’") else f"{article} {name}"


def _article(language: str, code: str) -> str:
    return _articles()[code][language]


@cache
def _articles() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in codelists.rows(_ARTICLES)}
