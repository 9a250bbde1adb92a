"""Find the dimension that labels belong to, and the code of each."""

import re
from collections.abc import Collection
from typing import Final

from pipelines.reader.known_labels import age_band, age_code, age_line, known_codes
from pipelines.scaffold.shape import is_code
from schemas import codelists
from schemas.source import FILL_IN

_HINTS: Final = {
    "sex": r"sexo?\b|sexe|g[eé]ner[oe]|gender|genre",
    "age": r"edad|\bage|\bidade|grupo et|[aâ]ge\b|rango",
    "exploitation": r"explo[trai]|finalidad|purpose|forma|form of|modalidad|tipo de trata",
    "ref_area": r"depart|provinc|estado|entidad|regi[oó]n|territ|\buf\b|state|distrito|geo|area",
    "citizenship": r"nacionalid|nationalit|citizen|pa[ií]s|country",
}
"""Words in the names of columns, by dimension."""

_MOST: Final = 40
"""Most unknown labels of a column whose name alone suggests a dimension."""


def of_labels(labels: Collection[str], name: str = "", country: str = "") -> str:
    """Return the dimension that has most of the labels; "" if there is none.

    The name of the column decides, if it suggests a dimension with any of the labels.
    """
    filled = {label for label in labels if label.strip()}
    if not filled:
        return ""
    codes = {each: [_known(label, each, country) for label in filled] for each in _HINTS}
    shares = {each: sum(map(bool, found)) / len(filled) for each, found in codes.items()}
    hinted = [each for each in _HINTS if name and re.search(_HINTS[each], name.casefold())]
    for each in sorted(hinted, key=lambda each: -shares[each]):
        if shares[each] > 0 or (1 < len(filled) <= _MOST and not is_code(name)):
            return each
    best = max(shares, key=lambda each: shares[each])
    is_named = any(code and not code.startswith("_") for code in codes[best])
    return best if shares[best] >= 0.5 and is_named else ""


def code(label: str, dimension: str) -> str:
    """Return the code of a label, `_T` of a blank; else `FILL IN` and what to write."""
    if not label.strip():
        return "_T"
    found = _known(label, dimension)
    if not found:
        return f"{FILL_IN}: a code of schemas/codelists/{dimension}.csv"
    if found not in codelists.codes(dimension):
        line = age_line(*(age_band(label) or (0, None)))
        return f"{FILL_IN}: {found}, once schemas/codelists/age.csv has the line {line}"
    return found


def _known(label: str, dimension: str, country: str = "") -> str:
    """Return the code of a label, of an age band whether the list has it or not; "" if unknown."""
    found = known_codes(dimension, country).get(label.strip().casefold(), "")
    if found or dimension != "age" or not (band := age_band(label)):
        return found
    ages = codelists.load("age")
    same = (ages["min_age"] == str(band[0])) & (
        ages["max_age"] == ("" if band[1] is None else str(band[1]))
    )
    listed = [each for each in ages.loc[same, "code"] if not each.startswith("_")]
    return listed[0] if listed else age_code(*band)
