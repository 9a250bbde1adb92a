"""Fields of an extract of case records, and the codes that their labels are translated into.

An extract has one row per victim or per event of a victim. Its fields follow the Human Trafficking
Case Data Standard (HTCDS) 2.0 of IOM, github.com/UNMigration/HTCDS; the codes are those of our
lists. Records are counted and dropped: no table of this project has a row per person.
"""

from dataclasses import dataclass
from typing import Final

from schemas import codelists

SET_ASIDE: Final = "set aside"
"""In place of an indicator: rows with the label are not counted, such as those of no victim."""

DIMENSIONS: Final = (
    "indicator", "ref_area", "time_period", "sex", "age", "exploitation", "citizenship",
)  # fmt: skip
"""Dimensions of a cell; one that an extract does not record is `_T` in all its cells."""

CELL_COLUMNS: Final = (*DIMENSIONS, "count")
"""Columns of a table of cells: one row per combination that occurs, and its count of persons."""

TOTAL: Final = "_T"
UNKNOWN_AREA: Final = "_U"
"""A person's subdivision if it is not recorded: counted for the state, printed for no area."""

AGES: Final = {"Y0T17": range(18), "Y_GE18": range(18, 120)}
"""Ages in completed years of each band."""

COUNTED_AS: Final = {
    dimension: {
        row["code"]: row["counted_as"] for row in codelists.listed(dimension) if row["counted_as"]
    }
    for dimension in ("sex", "age", "exploitation", "citizenship")
}
"""Code as which each code of a person is counted: of a part, such as FL_DOM, its whole, FL."""

EXPLOITATION: Final = tuple(dict.fromkeys(COUNTED_AS["exploitation"].values()))
"""Forms of exploitation that exclude each other: none of these codes includes another."""

DETECTED: Final = ("VIC_IDENT", "VIC_PRESUMED", "VIC_DETECT")
"""Statuses of a detected victim; of those of one day, the first describes the person."""

CITIZENSHIP: Final = tuple(COUNTED_AS["citizenship"])
"""Classes of citizenship; a country's code becomes NAT or FOR."""


@dataclass(frozen=True)
class CaseField:
    """A field of a case record."""

    name: str  # as the mapping file calls it; of a dimension, the dimension's name
    htcds: str  # the field of HTCDS that has it; empty if none does
    required: bool = False  # True if an extract without it cannot be counted
    is_coded: bool = False  # True if it holds labels that are translated into codes
    several: bool = False  # True if a cell may hold several labels, joined by a separator


FIELDS: Final = {
    field.name: field
    for field in (
        CaseField("person", "prs_ID", required=True),
        CaseField("event", "cas_ID"),
        CaseField("date", "cas_DateIdentified", required=True),
        CaseField("birth_year", ""),
        CaseField("indicator", "vic_TraffickingStatus", required=True, is_coded=True),
        CaseField("ref_area", "cas_Subdivision", is_coded=True),
        CaseField("sex", "prs_Gender", is_coded=True),
        CaseField("age", "vic_AgeWhenTrafficked", is_coded=True),
        CaseField("exploitation", "vic_TypeOfExploitation", is_coded=True, several=True),
        CaseField("citizenship", "prs_Citizenship", is_coded=True, several=True),
    )
}
"""Fields by name."""


def allowed_codes(field: str, country: str) -> tuple[str, ...]:
    """Return the codes that labels of a coded field may be translated into.

    `country` is the alpha-3 code of the state whose extract it is.
    """
    if field == "indicator":
        indicator = codelists.load("indicator")
        persons = (indicator["count_unit"] == "PERSON") & (indicator["unit_measure"] == "NUMBER")
        return (*indicator.loc[persons, "code"], SET_ASIDE)
    if field == "ref_area":
        subdivision = codelists.load("subdivision")
        return (*subdivision.loc[subdivision["country"] == country, "code"], "_U")
    if field == "citizenship":
        countries = (code for code in codelists.codes("area") if code[0] != "_")
        return (*CITIZENSHIP, *countries)
    return tuple(COUNTED_AS[field])
