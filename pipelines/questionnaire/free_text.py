"""Texts that people type: what may not stand in them, since it may lead to a person."""

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"[\w.+-]+\s?@\s?[\w-]+\.\w|[\[(]\s?(at|arroba|arobase)\s?[\])]", re.IGNORECASE
)
"""An e-mail address; a single sign, as in some spellings of Spanish, is none."""
_CALL: Final = re.compile(
    r"\b(tel|tél|phone|telephone|teléfono|telefone|téléphone|cel|celular|mobile|fax|whats ?app)\b"
    r"\W{0,3}\+?(\d[ ()./-]{0,2}){6,}",
    re.IGNORECASE,
)
_ABROAD: Final = re.compile(r"\+\d(?:[ ()./-]{0,2}\d){6,}")
_NUMBER: Final = re.compile(r"(?<![\w/])[+(]?\d(?:[ ()./-]{0,2}\d){6,}")
"""A number of seven digits or more, however it is divided: of a telephone, or of an identity."""
_HARMLESS: Final = re.compile(
    r"https?://[^\s@]+(?!\S*@)"
    r"|(?<!\d)(19|20)\d\d[-/](\d{1,4}(-\d\d?)?)(?![\d-])"  # a day, two years, a law of a year
    r"|(?<!\d)\d{1,3}(\.?\d{3})*[-/](19|20)\d\d(?!\d)"  # the number of a law, and its year
    r"|(?<![\d.])\d([., \u00a0\u2009\u202f])\d{3}\6\d{3}(?![\d.-])"  # a million or more
)
_PERSON: Final = re.compile(
    r"(^|[,;:(/–-]\s*)(Sra?|Srta|Dra?|Lic|Licda|Ing|Mrs?|Ms|Mme|Mlle|M)\.\s?[A-ZÀ-Ý]"
    r"|(^|[,;:(/–-]\s*)(Mrs?|Ms|Mme|Mlle|Madame|Monsieur|Señora?|Senhora?)\s[A-ZÀ-Ý]"
    r"|\b([Cc]ontact[eo]?|[Rr]esponsable|[Rr]esponsável|[Ee]laborado por|[Pp]reenchido por"
    r"|[Rr]empli par|[Pp]repared by|[Ff]illed in by|[Aa]ttn)\s?:"
)
"""The title of a person where a name begins, or a word that announces one; not within a name, for
institutes bear names of doctors."""
_SPACES: Final = re.compile("[\u00a0\u2009\u202f]")


def fault(text: str, most: int) -> str:
    """Return the code of what is wrong with a text; empty if nothing is."""
    if len(text) > most:
        return "long"
    plain = _SPACES.sub(" ", text)
    if not plain.isprintable():
        return "unprintable"
    rest = _HARMLESS.sub("", plain)
    if _ABROAD.search(plain) or any(each.search(rest) for each in (_ADDRESS, _CALL, _NUMBER)):
        return "person"
    return "named" if _PERSON.search(plain) else ""
