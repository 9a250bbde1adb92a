"""States and nationalities as UNODC's file writes them: names after CLDR, nationalities by stem.

Where the file has lost a letter, any letter may stand there.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import pandas as pd
from babel import Locale

AREAS = Path(__file__).parents[3] / "schemas" / "codelists" / "area.csv"
LOST = "\ufffd"
UNCLEAR = {"congo": "_X", "guineana": "_X"}
"""Names that several states have."""

NO_STATE = {
    "_U": "unknown|sin (determinar|especificar)|desconocid[oa]|no registra|no determinad[oa]s?",
    "_O": "oth(er)?|otros|especifique otras nacionalidades|caribbean.*|other countries.*",
    "NAT": "nationals|own country nationals|ciudadanos de su pa.s",
}
STEM = {
    "AGO": "angole", "ARG": "argentin", "BEL": "belga", "BIH": "bosnia", "BLZ": "belice|belizean",
    "BOL": "bolivian",
    "BRA": "brasiler|brazilian|barsil", "CHL": "chilean", "CHN": "chin(o|ese)$", "COL": "colombian",
    "CUB": "cuban", "DEU": "alemana|german", "DOM": "dominican(a| rep)|r(ep)? dominicana",
    "ECU": "ecuatorian|ecuadorean", "GBR": "gran breta|united kingdom of",
    "GTM": "guatemal", "GUY": "guayanean",
    "HKG": "china hong kong", "HND": "hondur|hodruan", "HTI": "haitian", "IND": "indian",
    "JAM": "jamaican", "KEN": "kenian", "KOR": "republic of korea", "LAO": "lao ",
    "MAR": "marroqui", "MDA": "republic of moldova", "MEX": "mexican", "NGA": "nigeriana",
    "NIC": "nicaraguense",
    "NLD": "holanda", "PER": "peruan|peruvian|pero", "PRK": "democratic people s republic of korea",
    "PRY": "paraguay", "RUS": "russian", "SLV": "salvador", "SYR": "syrian",
    "TCD": "chadian", "THA": "tailandes",
    "TTO": "trinidad", "TWN": "china taiwan", "TZA": "united republic of tanzania",
    "URY": "uruguayan", "USA": "united states of|estados unidos de|usa$", "VCT": "saint vincent",
    "VEN": "venez[ou]", "VNM": "viet ?nam", "XKX": "kosovo",
}  # fmt: skip
"""Beginnings of labels that are no state's name in CLDR, in any of four languages."""


def without_counts(label: str) -> str:
    """The label on one line, without a bracket that holds digits: these may count persons."""
    return re.sub(r" ?\([^()]*\d[^()]*\)", "", " ".join(label.split()))


@cache
def citizenship(label: str) -> str:
    """The code of a citizenship; "" where the label is none."""
    plain = _plain(label)
    for code, words in NO_STATE.items():
        if re.fullmatch(words, plain):
            return code
    return UNCLEAR.get(plain) or state(label)


@cache
def state(label: str) -> str:
    """The code of a state; "" where the label is none, or not of one state only."""
    plain = _plain(label)
    named = {code for name, code in _names() if re.fullmatch(plain, name)}
    stems = {code for code, words in STEM.items() if re.match(words, plain)}
    found = named or stems
    return found.pop() if len(found) == 1 and plain not in UNCLEAR else ""


def _plain(label: str) -> str:
    """Small letters without marks, a full stop for a lost one, without what brackets add."""
    letters = unicodedata.normalize("NFD", _decoded(label).casefold().replace(LOST, "{"))
    letters = re.sub(r"(?<=\w) ?\(.*", "", letters.encode("ascii", "ignore").decode())
    return re.sub("[^a-z{]+", " ", letters).strip().replace("{", ".")


def _decoded(label: str) -> str:
    """The label as it was before it was encoded twice: `TÃ¼rkiye` is `Türkiye`."""
    try:
        return label.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return label


@cache
def _names() -> list[tuple[str, str]]:
    """The names of states in the four languages of the region, and the code of each."""
    areas = pd.read_csv(AREAS, dtype=str, keep_default_na=False)
    code = dict(zip(areas["iso2"], areas["code"], strict=True))
    return [
        (_plain(name), code[iso2])
        for language in ("en", "es", "pt", "fr")
        for iso2, name in Locale.parse(language).territories.items()
        if len(iso2) == 2 and iso2 in code
    ]
