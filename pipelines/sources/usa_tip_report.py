"""Governments' own figures, as the US Department of State prints them in its yearly reports.

Authority: each state's government; the Department repeats its figures in the country pages of the
Trafficking in Persons Report, which has no table of them. They were read in those pages and typed
by hand, with the period and the unit that the sentence names.
Counted: what the sentence says: victims identified, potential victims, victims assisted,
investigations, prosecutions, convictions. Status (presumed, confirmed) is not distinguished. Who
counted is in the unit, "victims (Ministry of Interior)", and goes into the comment.
The scope is each state's law or practice. It is coded where it is known: Argentina and Mexico
punish the exploitation itself; Colombia, Guatemala and Paraguay need no means; Bolivia's one
agency conflates trafficking and smuggling (reports of 2018-2020); Brazil's investigations and
prosecutions are mostly of slave labour (Penal Code, art. 149). Else the report does not say it.

A report is a release, and a figure that a later report restates is a revision. Released on
5 June 2006, 27 July 2015, 30 June 2016, 27 June 2017, 28 June 2018, 20 June 2019, 25 June 2020,
1 July 2021, 19 July 2022, 15 June 2023.

Traps. Several agencies count the same year: the figure of one of them, or of one jurisdiction, is
no total, nor are parts, stocks, single forms of help and minimums ("at least"). Colombia's Ministry
of the Interior, which keeps the register of all, and Chile's protocol of all ministries are. What
one report leaves open another may explain: `usa_tip_report_explained.csv`. Persons referred to a
service were not therefore assisted, nor persons screened referred as presumed victims. Figures that
fall on one cell are all kept out, none is chosen. A year without words ("identified 20 victims")
was inferred by the person who typed it: flag YEAR_INFERRED. "Prosecutions" may be persons
or cases. The reporting period, April to March, is nominal.

Pages and notes describe single victims: small counts and what splits a figure are hidden.
"""

from typing import Final

import pandas as pd

from pipelines.reader.labels import states
from pipelines.reader.rows import File, FileRefusedError, Rows, Tidy
from pipelines.reader.source_metadata import read_source
from pipelines.sources import _usa_tip_report_periods as periods
from pipelines.sources import _usa_tip_report_units as units
from pipelines.sources._usa_tip_report_persons import without_persons

SOURCE: Final = read_source(__file__)
AGE: Final = {
    "adult victims": "Y_GE18",
    "adult victims (URAVIT)": "Y_GE18",
    "child victims": "Y0T17",
}
KEY: Final = ("iso3", "indicator", "value")
"""Columns that tell, with the year, which figure another report explains."""


def tidy(file: File) -> Tidy:
    """Return the figures of one report in our codes."""
    rows = Rows(file, SOURCE)
    if len(rows.raw["report_year"].cat.categories) > 1:
        raise FileRefusedError(f"{file.path}: several reports; give each a file of its own")
    rows.replace(without_persons(rows.raw, SOURCE.number_locale))
    raw = rows.raw
    _set_aside(rows)
    for flag in ("is_part", "is_year_inferred"):
        rows.reject(
            ~raw[flag].isin({"0", "1"}), "labels_are_known", flag, "neither 0 nor 1: type it"
        )
    inferred = (raw["is_year_inferred"] == "1").to_numpy()
    rows.flag(inferred, "YEAR_INFERRED")
    period = ("period_start", "period_end")
    return rows.tidy(
        ref_area=rows.recode("iso3", states(), "ref_area"),
        indicator=rows.recode(("indicator", "count_unit"), units.indicator, "indicator"),
        time_basis=rows.recode(("period_label", *period), periods.basis, "time_basis"),
        time_period=rows.recode(period, periods.year, "time_period"),
        age=rows.recode("count_unit", lambda unit: AGE.get(unit, "_T"), "age"),
        def_scope=rows.recode(("iso3", "indicator", "count_unit"), units.scope, "def_scope"),
        comment=pd.Categorical(_joined(raw, "count_unit", "note", "; ")),
        locator=pd.Series(_joined(raw, "url", "row", ", row "), dtype="str"),
        **rows.figure("value"),
    )


def _set_aside(rows: Rows) -> None:
    """Set aside what is no figure of a state, of a year or of all victims."""
    raw = rows.raw
    rows.set_aside(raw["iso3"] == "WHA", "region_not_a_state")
    rows.set_aside(raw["indicator"] == "legislation", "laws_are_not_counted_here")
    part = (raw["is_part"] == "1") & (raw["count_unit"] != units.ABROAD)
    rows.set_aside(part, "part_without_its_total")
    days = periods.days(raw["period_start"], raw["period_end"])
    rows.set_aside((days > 0) & ((days < 365) | (days > 366)), "period_is_not_a_year")
    printed = set(raw["count_unit"].cat.categories)
    for unit in units.units():
        if unit["set_aside"] and unit["unit"] in printed:
            here = raw["indicator"].isin({unit["heading"]}) | (not unit["heading"])
            rows.set_aside(here & (raw["count_unit"] == unit["unit"]), unit["set_aside"])
    year = raw["period_start"].astype(str).str[:4]
    for figure in units.explained():
        here = (raw[list(KEY)] == [figure[name] for name in KEY]).all(axis=1)
        rows.set_aside(here & (year == figure["year"]), figure["set_aside"])


def _joined(raw: pd.DataFrame, one: str, other: str, sign: str) -> list[str]:
    """Return the texts of two columns, joined where both are there; without a typist's reminder."""
    both = zip(raw[one].astype(str), raw[other].astype(str), strict=True)
    return [sign.join(filter(None, texts)).removesuffix(": check") for texts in both]
