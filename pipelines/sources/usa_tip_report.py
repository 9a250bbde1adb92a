"""Figures of the Trafficking in Persons Reports: persons protected, and filters by rule.

Pages and notes describe single victims. UNODC hides counts under 5 of the same victims, accused and
convicted, zero included, so they are hidden here too, with what splits a figure. Semicolons
separate the parts of a note.

Why zeros too: docs/decisions/protection.md.
"""

import re
from functools import cache
from typing import Final

import pandas as pd

from pipelines.reader.labels import UnknownLabelError, read_labels
from pipelines.reader.rows import Rows
from pipelines.sources._usa_tip_report_periods import basis, days, year
from schemas.columns import per_category
from schemas.figure import FigureError, parse

__all__ = ["basis", "comment", "indicator", "prepare", "scope", "year"]  # what the tables call

UNITS: Final = "usa_tip_report_units.csv"
"""Each unit under its heading: an indicator, or the filter that sets it aside."""

EXPLAINED: Final = "usa_tip_report_explained.csv"
"""Figures of all reports of which another report, or the typist, says what they count."""

KEY: Final = ("iso3", "indicator", "value")
"""Columns that tell, with the year, which figure another report explains."""

COUNTING_PERSONS: Final = frozenset(
    {
        "victims identified", "potential victims", "victims assisted", "persons prosecuted",
        "persons convicted", "persons prosecuted or cases prosecuted",
    }
)  # fmt: skip
"""Headings of counts of persons, or of what may be persons."""

BUDGET: Final = "budget"
"""Heading of sums of money, whose notes have the amount in the state's own."""

FEWEST: Final = 5
"""Fewer persons are hidden."""

OF_PERSONS: Final = re.compile(
    r"^\d{1,3}\b|\b(none|no new|one|two|three|four|wom[ae]n|m[ae]n|girls?|boys?|child(ren)?"
    r"|adults?|minors?|(fe)?males?|sex(ual)?|labou?r|servitude|foreign|nationals?)\b",
    re.IGNORECASE,
)
"""Part of a note that splits a figure, down to single persons, or tells that there were none."""

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


def prepare(rows: Rows) -> None:
    """Hide what could name a person; set aside what is no figure of a state, year, or all victims.

    Units are set aside as `usa_tip_report_units.csv` says, single figures as
    `usa_tip_report_explained.csv` does.
    """
    rows.replace(without_persons(rows.raw, rows.source.number_locale))
    raw = rows.raw
    rows.set_aside(raw["iso3"] == "WHA", "region_not_a_state")
    rows.set_aside(raw["indicator"] == "legislation", "laws_are_not_counted_here")
    part = (raw["is_part"] == "1") & (raw["count_unit"] != ABROAD)
    rows.set_aside(part, "part_without_its_total")
    length = days(raw["period_start"], raw["period_end"])
    rows.set_aside((length > 0) & ((length < 365) | (length > 366)), "period_is_not_a_year")
    printed = set(raw["count_unit"].cat.categories)
    for unit in units():
        if unit["set_aside"] and unit["unit"] in printed:
            here = raw["indicator"].isin({unit["heading"]}) | (not unit["heading"])
            rows.set_aside(here & (raw["count_unit"] == unit["unit"]), unit["set_aside"])
    began = raw["period_start"].astype(str).str[:4]
    for figure in explained():
        here = (raw[list(KEY)] == [figure[name] for name in KEY]).all(axis=1)
        rows.set_aside(here & (began == figure["year"]), figure["set_aside"])


def without_persons(raw: pd.DataFrame, locale: str) -> pd.DataFrame:
    """Return the rows without what could name a person.

    That is small counts with their notes, which repeat a count in words ("did not identify any"),
    and notes that split a figure, budgets apart. `locale` is the one whose digit signs the figures
    have.
    """
    few = per_category(raw["value"], lambda text: _is_few(text, locale))
    hidden = raw["indicator"].isin(COUNTING_PERSONS) & few
    value = raw["value"].astype(str).where(~hidden, f"<{FEWEST}")
    note = pd.Series([_of_the_figure(note) for note in raw["note"]], index=raw.index)
    note = note.where(raw["indicator"] != BUDGET, raw["note"].astype(str))
    return raw.assign(value=value, note=note.where(~hidden, ""))


def _is_few(text: str, locale: str) -> bool:
    try:
        value = parse(text.removeprefix("<"), locale).value
    except FigureError:
        return False
    return value is not None and 0 <= value < FEWEST + text.startswith("<")


def _of_the_figure(note: str) -> str:
    """Return the parts of a note about the whole figure.

    None is a bare heading like `PART:`, or cut out of the brackets of another.
    """
    parts = [
        part
        for part in map(str.strip, note.split(";"))
        if part and part[-1] != ":" and part.count("(") == part.count(")")
    ]
    return "; ".join(part for part in parts if not OF_PERSONS.search(part))


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


def comment(unit: str, note: str) -> str:
    """Return the unit and the note of a figure, without a typist's reminder."""
    return "; ".join(filter(None, (unit, note))).removesuffix(": check")
