"""Units of the figures in the Trafficking in Persons Reports, and the legal scope of each."""

from functools import cache
from typing import Final

from pipelines.reader.labels import UnknownLabelError, read_labels

UNITS: Final = "usa_tip_report_units.csv"
"""Each unit under its heading: an indicator, or the filter that sets it aside."""

EXPLAINED: Final = "usa_tip_report_explained.csv"
"""Figures of all reports of which another report, or the typist, says what they count."""

INVESTIGATED: Final = "investigations opened"
CASES: Final = "cases prosecuted"
EITHER: Final = "persons prosecuted or cases prosecuted"
ABROAD: Final = "victims abroad"
LABOUR: Final = "DEM_LAB_FOUND"
"""Indicator of workers found in forced labour, who are not counted as victims."""

SCOPE: Final = {
    "ARG": "EXPLOIT",
    "BOL": "SMUG_MIX",
    "COL": "NOMEANS",
    "GTM": "NOMEANS",
    "MEX": "EXPLOIT",
    "PRY": "NOMEANS",
}


@cache
def units() -> tuple[dict[str, str], ...]:
    """Return the rows of the table of units; a filter without a heading holds under every one."""
    return tuple(read_labels(__file__, UNITS))


@cache
def explained() -> tuple[dict[str, str], ...]:
    """Return the figures that another report explains, with the filter that sets each aside."""
    return tuple(read_labels(__file__, EXPLAINED))


def indicator(heading: str, unit: str) -> str:
    """Return the indicator of a unit under its heading.

    Raises:
        UnknownLabelError: the table has none.
    """
    for known in units():
        if (known["heading"], known["unit"]) == (heading, unit) and known["indicator"]:
            return known["indicator"]
    if "[" in unit:
        raise UnknownLabelError(
            f"'{unit}' was cut off: look it up in the page, type it", "labels_are_readable"
        )
    if heading == EITHER and "prosecutions" in unit:
        raise UnknownLabelError(f"'{unit}': persons or cases? Look it up in the page")
    raise UnknownLabelError(f"unknown unit '{unit}' of '{heading}': add it to {UNITS}")


def scope(state: str, heading: str, unit: str) -> str:
    """Return the legal scope of "trafficking" in a figure, a code of `def_scope`."""
    if any(known["unit"] == unit and known["indicator"] == LABOUR for known in units()):
        return "FORCEDLAB"
    if state == "BRA" and heading in {INVESTIGATED, CASES}:
        return "BROAD_SLAV"
    return "UNKNOWN" if unit == ABROAD else SCOPE.get(state, "UNKNOWN")
