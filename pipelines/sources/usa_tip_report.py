"""Figures of the Trafficking in Persons Reports: persons protected, and filters by rule.

Pages and notes describe single victims: small counts and what splits a figure are hidden.
"""

from typing import Final

from pipelines.reader.rows import Rows
from pipelines.sources._usa_tip_report_periods import basis, days, year
from pipelines.sources._usa_tip_report_persons import without_persons
from pipelines.sources._usa_tip_report_units import ABROAD, explained, indicator, scope, units

__all__ = ["basis", "comment", "indicator", "prepare", "scope", "year"]

KEY: Final = ("iso3", "indicator", "value")
"""Columns that tell, with the year, which figure another report explains."""


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


def comment(unit: str, note: str) -> str:
    """Return the unit and the note of a figure, without a typist's reminder."""
    return "; ".join(filter(None, (unit, note))).removesuffix(": check")
