"""Labels that the code lists, the standard and we know, to be proposed and confirmed.

Nothing is read with them: a person confirms each in the table of a source or in a mapping file.
"""

import re
from functools import cache
from typing import Final

from pipelines.reader.labels import citizenship_spellings, read_labels, subdivision_spellings
from schemas import codelists, standard

_LISTS: Final = {"citizenship": ("citizenship", "area"), "ref_area": ()}
_BELOW: Final = re.compile(r"\W*(?:<|menos de|menor(?:es)? de|under|moins de|abaixo de) ?(\d+)\D*")
_UP_TO: Final = re.compile(
    r"\D*(\d+) ?(?:años|anos|ans|years)? ?(?:and|y|e|et|or|o|ou) "
    r"(?:under|younger|menos|menores|moins)\D*"
)
_FROM: Final = re.compile(
    r"\D*(?:>=|≥)? ?(\d+) ?(?:\+|(?:años|anos|ans|years)? ?(?:y|o|e|ou|et|and|or) "
    r"(?:más|mas|mais|plus|over|older|more))\D*"
)
_BETWEEN: Final = re.compile(r"\D*(\d{1,2}) ?(?:-|–|a|à|to|y|e|and) ?(\d{1,2})\D*")


@cache
def known_codes(dimension: str, country: str) -> dict[str, str]:
    """Return the codes of the labels that are known of a dimension, by label in lower case.

    `country` is the alpha-3 code of the state whose subdivisions are meant, "" for none.
    """
    found: dict[str, str] = {}
    for name in _LISTS.get(dimension, (dimension,)):
        found |= {code: code for code in codelists.codes(name) if code[0] != "_"}
        for language in codelists.LANGUAGES:
            found |= {label: code for code, label in codelists.labels(name, language).items()}
    if dimension == "citizenship":
        found |= citizenship_spellings()
    if dimension == "ref_area" and country:
        places = subdivision_spellings(country)
        found |= {code: code for code in places.values()} | places
    if dimension in standard.variables():
        found |= standard.labels(dimension, "HTCDS")
    rows = read_labels(__file__, "known_labels.csv")
    found |= {row["label"]: row["code"] for row in rows if row["field"] == dimension}
    return {label.strip().casefold(): code for label, code in found.items()}


def age_band(label: str) -> tuple[int, int | None] | None:
    """Return the youngest and the oldest age that a label states; no oldest if it is open."""
    text = label.strip().casefold()
    if match := _BELOW.fullmatch(text):
        return 0, int(match[1]) - 1
    if match := _UP_TO.fullmatch(text):
        return 0, int(match[1])
    if match := _FROM.fullmatch(text):
        return int(match[1]), None
    if match := _BETWEEN.fullmatch(text):
        return int(match[1]), int(match[2])
    return None


def age_code(youngest: int, oldest: int | None) -> str:
    """Return the code of an age band, whether the list has it or not."""
    return f"Y_GE{youngest}" if oldest is None else f"Y{youngest}T{oldest}"


def age_line(youngest: int, oldest: int | None) -> str:
    """Return the line to add to schemas/codelists/age.csv for an age band that it lacks."""
    code = age_code(youngest, oldest)
    if oldest is None:
        names = "{0} years or over,{0} años o más,{0} anos ou mais,{0} ans et plus"
        meaning = "Persons aged {0} years or over."
    else:
        names = "{0} to {1} years,{0} a {1} años,{0} a {1} anos,{0} à {1} ans"
        meaning = "Persons aged from {0} to {1} completed years."
    text = f"{names},{meaning}".format(youngest, oldest)
    return f"{code},{text},{youngest},{'' if oldest is None else oldest},2,0,SOURCES,"
