"""Find the dimension that labels belong to, and propose a code for each."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from pipelines.reader.known_labels import age_band, age_code, age_line, known_codes
from pipelines.scaffold.shape import is_code
from schemas import codelists

_HINTS: Final = {
    "sex": r"sexo?\b|sexe|g[eé]ner[oe]|gender|genre",
    "age": r"edad|\bage|\bidade|grupo et|[aâ]ge\b|rango",
    "exploitation": r"explo[trai]|finalidad|purpose|forma|form of|modalidad|tipo de trata",
    "ref_area": r"depart|provinc|estado|entidad|regi[oó]n|territ|\buf\b|state|distrito|geo|area",
    "citizenship": r"nacionalid|nationalit|citizen|pa[ií]s|country",
}
"""Words in the names of columns, by dimension."""

FILL_IN: Final = "FILL IN"


_MOST: Final = 40
"""Most unknown labels of a column whose name alone suggests a dimension."""


class Proposal(NamedTuple):
    """A code for a label, to be confirmed; FILL IN if none is known."""

    label: str  # as printed
    code: str
    why: str  # what the code means, or what to do
    line: str = ""  # the line to add to a code list that lacks the code


def of_labels(labels: Collection[str], name: str = "", country: str = "") -> str:
    """Return the dimension that has most of the labels; "" if there is none.

    The name of the column decides, if it suggests a dimension with any of the labels.
    """
    filled = {label for label in labels if label.strip()}
    if not filled:
        return ""
    shares = {each: len(_known(filled, each, country)) / len(filled) for each in _HINTS}
    hinted = [each for each in _HINTS if name and re.search(_HINTS[each], name.casefold())]
    for each in sorted(hinted, key=lambda each: -shares[each]):
        if shares[each] > 0 or (1 < len(filled) <= _MOST and not is_code(name)):
            return each
    best = max(shares, key=lambda each: shares[each])
    return best if shares[best] >= 0.5 and _named(filled, best, country) else ""


def _known(labels: Collection[str], dimension: str, country: str) -> list[str]:
    known = known_codes(dimension, country)
    is_age = dimension == "age"
    return [
        label
        for label in labels
        if label.strip().casefold() in known or (is_age and age_band(label))
    ]


def _named(labels: Collection[str], dimension: str, country: str) -> bool:
    """Return whether one of the labels is more than a total or an unknown."""
    known = known_codes(dimension, country)
    return any(
        not known.get(label.strip().casefold(), FILL_IN).startswith(("_", FILL_IN))
        or (dimension == "age" and age_band(label))
        for label in labels
    )


def proposals(labels: Collection[str], dimension: str, country: str = "") -> list[Proposal]:
    """Return a code for each label, those to be filled in last."""
    found = [_proposal(label, dimension, country) for label in labels]
    return sorted(found, key=lambda each: each.code == FILL_IN)


def _proposal(label: str, dimension: str, country: str) -> Proposal:
    if not label.strip():
        return Proposal(label, "_T", "blank: the total")
    code = known_codes(dimension, country).get(label.strip().casefold(), "")
    names = codelists.labels(dimension, "en")
    if code:
        return Proposal(label, code, names.get(code, code))
    if dimension == "age" and (band := age_band(label)):
        same = codelists.load("age")
        ages = (str(band[0]), "" if band[1] is None else str(band[1]))
        listed = same.loc[(same["min_age"] == ages[0]) & (same["max_age"] == ages[1]), "code"]
        if len(listed) and not listed.iloc[0].startswith("_"):
            return Proposal(label, listed.iloc[0], names[listed.iloc[0]])
        return Proposal(label, age_code(*band), "not in the list yet", age_line(*band))
    return Proposal(label, FILL_IN, f"see schemas/codelists/{dimension}.csv")
