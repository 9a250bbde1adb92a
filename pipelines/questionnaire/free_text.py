"""Check texts that people type: nothing in them may lead to a person."""

import re
import unicodedata
from typing import Final

ADDRESS: Final = re.compile(
    r"[\w.+-]+\s?@\s?[\w-]+\.\w|[\[(]\s?(at|arroba|arobase)\s?[\])]"
    r"|\w\s(at|arroba|arobase)\s[\w-]+\.\w"
    r"|\b(wa\.me|api\.whatsapp\.com|linkedin\.com/in)/",
    re.IGNORECASE,
)
"""An address of a person; a single sign, as in some spellings of Spanish, does not count."""
CALL: Final = re.compile(
    r"\b(tel|tél|phone|telephone|teléfono|telefone|téléphone|cel|celular|mobile|fax|whats ?app)\b"
    r"\W{0,3}\+?(\d[ ()./-]{0,2}){6,}",
    re.IGNORECASE,
)
IDENTITY: Final = re.compile(r"\b(?=(?:[A-Z]*\d){6})[A-Z]{1,4}[0-9A-Z]{6,}\b")
"""A passport or the like: letters, then six digits or more, with letters between."""
ABROAD: Final = re.compile(r"\+\d(?:[ ()./-]{0,2}\d){6,}")
NUMBER: Final = re.compile(r"(?<![\w/])[+(]?\d(?:[ ()./-]{0,2}\d){6,}")
"""A number of seven digits or more, however it is divided: of a telephone, or of an identity."""
HARMLESS: Final = re.compile(
    r"https?://[^\s@]+(?!\S*@)"
    r"|(?<!\d)(19|20)\d\d[-/](\d{1,4}(-\d\d?)?)(?!-?\d)"  # a day, two years, a law of a year
    r"|(?<!\d)\d{1,3}(\.?\d{3})*[-/](19|20)\d\d(?!\d)"  # the number of a law, and its year
    r"|(?<![\d.])\d([., \u00a0\u2009\u202f])\d{3}\6\d{3}(?![\d.-])"  # a million or more
)
_TITLE: Final = (
    r"Sr[aª]?|Srta|Dra?|Lic|Lcd[oa]|Licd[oa]|Licenciad[oa]|Doctora?|Doutora?|Ing|Profa?|Abg"
    r"|Mrs?|Ms|Miss|Mme|Mlle|Madame|Monsieur|Maître|Señora?|Señorita|Senhora?|Doña|Don(?! Bosco)"
)
PERSON: Final = re.compile(
    rf"(^|[,;:(/–-]\s*)(({_TITLE})\.?\s|({_TITLE}|M)\.\s?)[A-ZÀ-Ý]"
    r"|\b([Cc]ontact[eo]?|[Rr]esponsable|[Rr]esponsável|[Pp]oint focal|[Pp]unto focal"
    r"|[Pp]onto focal|[Ff]ocal point|[Ss]igned|[Ff]irmado|[Aa]ssinado|[Ss]igné|[Aa]ttn)\s?:"
    r"|\b([Ee]laborado por|[Rr]ellenado por|[Pp]reenchido por|[Rr]empli par|[Pp]repared by"
    r"|[Ff]illed in by)\b"
)
"""The title of a person where a name begins, or a word that announces one; not within a name, for
institutes bear names of doctors."""
SPACES: Final = re.compile("[\u00a0\u2009\u202f]")


def fault(text: str, most: int) -> str:
    """Return the code of what is wrong with a text; empty if nothing is."""
    if len(text) > most:
        return "long"
    plain = unicodedata.normalize("NFKC", SPACES.sub(" ", text))
    if not plain.isprintable():
        return "unprintable"
    rest = HARMLESS.sub("", plain)
    if any(each.search(plain) for each in (ADDRESS, ABROAD)) or any(
        each.search(rest) for each in (CALL, NUMBER, IDENTITY)
    ):
        return "person"
    return "named" if PERSON.search(plain) else ""


def published_fault(text: str, most: int) -> str:
    """Return the code of what is wrong with a text that is published; empty if nothing is.

    A program could take it for a formula, or for part of a page, wherever it is copied to.
    """
    is_active = text[:1] in tuple("=+-@") or not {*"<>"}.isdisjoint(text)
    return fault(text, most) or ("active" if is_active else "")
