"""Names of states and publishers inside sentences: `the Bahamas`, `no Brasil`, `de l’ONUDC`.

`article.csv` has the article of each state and source by language; a French `à la` marks an island
that keeps its article after `à`. What is not listed has no article.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from schemas import codelists

_ARTICLES: Final = Path(__file__).with_name("article.csv")
_IN: Final = {
    "pt": {"o": "no ", "a": "na ", "os": "nos ", "as": "nas ", "": "em "},
    "fr": {"le": "au ", "la": "en ", "l’": "en ", "les": "aux ", "à la": "à la ", "": "à "},
}
_OF: Final = {
    "es": {"el": "del ", "la": "de la ", "los": "de los ", "las": "de las ", "": "de "},
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
    """Return the phrase for `of` the state or publisher."""
    article = _article(language, code)
    if language == "fr" and not article:
        return f"d’{name}" if name[0] in _VOWELS else f"de {name}"
    if language in _OF:
        return _OF[language][article] + name
    return f"of {_joined(article, name)}"


def _joined(article: str, name: str) -> str:
    if not article:
        return name
    return article + name if article.endswith("’") else f"{article} {name}"


def _article(language: str, code: str) -> str:
    return _articles().get(code, {}).get(language, "")


@cache
def _articles() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in codelists.rows(_ARTICLES)}
