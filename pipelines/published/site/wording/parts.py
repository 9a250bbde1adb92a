"""Names of parts: a sex, an age, both, a form of exploitation, a citizenship."""

from collections.abc import Sequence
from typing import Final

from pipelines.lib.accents import without_accents
from pipelines.published.series import Series
from pipelines.words.language import Language

_GROUPS: Final = (("NAT", "FOR"), ("XXA", "_O", "_X", "_U"))
"""The groups of citizenships that come before and after the countries."""


def name(part: str, split: str, language: Language) -> str:
    """Return the name of a part of a split, as sql/part.sql has both.

    That of a sex, an age or both is like `Women (18 years or over)`.
    """
    if split == "form":
        return language.name("exploitation", part)
    if split == "citizenship":
        return citizenship(part, language)
    text = f"part_{part.replace('.', '_').lower()}"
    if text in language.words:
        return language.say(text)
    sex, age = part.split(".")
    names = [("sex", sex), ("age", age)]
    return ", ".join(language.name(*each) for each in names if each[1] != "_T")


def citizenship(part: str, language: Language) -> str:
    """Return the name of a citizenship: that of the country, or of a group."""
    codelist = "citizenship" if part in language.names["citizenship"] else "area"
    return language.name(codelist, part)


def in_order(citizenships: Sequence[Series], language: Language) -> list[Series]:
    """Sort citizenships: nationals, foreigners, countries by name, the rest, unknown."""
    first, last = _GROUPS

    def place(part: Series) -> tuple[int, int, str]:
        code = part.indicator
        if code in first:
            return 0, first.index(code), ""
        if code in last:
            return 2, last.index(code), ""
        return 1, 0, without_accents(citizenship(code, language))

    return sorted(citizenships, key=place)
