"""US Department of State: governments' figures; what a unit counts is read in its words."""

import pandas as pd

from recount.figures import CODES, Recount, figures, table
from recount.states import OAS

RELEASED = {
    "2006": "2006-06-05", "2015": "2015-07-27", "2016": "2016-06-30", "2017": "2017-06-27",
    "2018": "2018-06-28", "2019": "2019-06-20", "2020": "2020-06-25", "2021": "2021-07-01",
    "2022": "2022-07-19", "2023": "2023-06-15",
}  # fmt: skip
HEADING = {
    "victims identified": "VIC_DETECT",
    "potential victims": "VIC_PRESUMED",
    "victims assisted": "AST_ASSISTED",
    "complaints": "COMPLAINTS",
    "investigations opened": "INV_OPENED",
    "cases prosecuted": "CAS_PROSEC",
    "persons prosecuted": "PER_PROSEC",
    "persons convicted": "PER_CONVICT",
    "budget": "POL_BUDGET",
}
NO_TOTAL = (
    r"at least|stock|worked on|continued|any identification|partial|subset|awaiting|10 states|among"
    r"|insurance|^referrals$|psychological|emergency|medium-term|in the year and|related crimes"
    r"|^child labor|^child victims \(|^female|^foreign|^girls"
    r"|^potential (?:child|forced)|^suspected forced|trafficking-specific|CONATT"
    r"|referred to|^victims \((?:RCMP|CNLTP|DIRC|Ministry of Health|police|prosecutors|URAVIT)"
    r"|^victims \((?:Inmujeres|OAPVD)"
    r"|(?:potential|suspected|adult) victims \(|identified and assisted\)$"
    r"|investigations \(|federal jurisdiction|government-run|screened"
)
"""Words of a unit that counts a part, one agency's, more than the year, or another thing."""

ALL = "victims (all entities; identified and assisted)"
ELSEWHERE = {
    ("GTM", "victims assisted", "2018", "238"), ("URY", "victims assisted", "2017", "172"),
    ("URY", "victims assisted", "2019", "83"), ("URY", "victims identified", "2020", "37"),
    ("URY", "victims assisted", "2016", "131"), ("URY", "victims assisted", "2018", "95"),
    ("URY", "victims identified", "2018", "95"), ("URY", "victims identified", "2021", "357"),
    ("PAN", "investigations opened", "2016", "7"), ("GUY", "budget", "2020", "120279"),
    ("GUY", "budget", "2021", "243907"), ("GUY", "budget", "2022", "205349"),
}  # fmt: skip
"""Figures of which another report, or the note, says that they are of one agency, or wider."""

FEWEST = 5


def recount(find) -> Recount:
    files = ("figures.csv", "budget_figures.csv")
    raw = pd.concat([table(find(f"usa_tip_report/{name}")) for name in files], ignore_index=True)
    units = zip(raw["indicator"], raw["count_unit"], strict=True)
    aged = raw["count_unit"].str.extract("^(adult|child)", expand=False)
    coded = raw.assign(
        release=raw["report_year"].map(RELEASED),
        locator=raw["url"] + ", row " + raw["row"],
        ref_area=raw["iso3"],
        indicator=[_indicator(heading, unit) for heading, unit in units],
        time_basis=raw["period_label"].str.startswith("reporting").map({True: "TIPR", False: "CY"}),
        time_period=raw["period_start"].where(raw["period_end"] != "", "").str[:4],
        age=aged.map({"adult": "Y_GE18", "child": "Y0T17"}).fillna("_T"),
        value_raw=_hidden(raw),
    )
    aside = _is_aside(raw)
    left = coded[~aside]
    known = left["indicator"].ne("") & left["time_period"].ne("")
    cell = ["release", *(name for name in CODES if name in left)]
    several = left[known].duplicated(cell, keep=False).reindex(left.index, fill_value=False)
    return Recount(
        figures(left[known & ~several]),
        left[~known | several].assign(place=left["release"] + ", " + left["locator"]),
        coded.loc[aside, "release"].value_counts().to_dict(),
    )


def _is_aside(raw: pd.DataFrame) -> pd.Series:
    """Return whether a row is no figure of a state, of a year, of all."""
    unit = raw["count_unit"]
    abroad = unit == "victims abroad"
    first, last = (
        pd.to_datetime(raw[f"period_{end}"], errors="coerce") for end in ("start", "end")
    )
    days = (last - first).dt.days + 1
    rescued = unit.isin(["victims (Rescue Program)", "newly identified victims"])
    keys = zip(
        raw["iso3"], raw["indicator"], raw["period_start"].str[:4], raw["value"], strict=True
    )
    elsewhere = pd.Series([key in ELSEWHERE for key in keys], index=raw.index)
    return (
        ~raw["iso3"].isin(OAS)
        | (raw["indicator"] == "legislation")
        | ((raw["is_part"] == "1") & ~abroad)
        | (days.notna() & ~days.isin([365, 366]))
        | (unit.str.contains(NO_TOTAL) & (unit != ALL))
        | rescued
        | elsewhere
    )


def _indicator(heading: str, unit: str) -> str:
    """Return what is counted; nothing where the page must be read again."""
    if "[" in unit:
        return ""
    if "labour exploitation" in unit or "slave labour" in unit:
        return "DEM_LAB_FOUND"
    if unit == "victims abroad":
        return "VIC_NAT_ABROAD"
    if heading == "persons prosecuted or cases prosecuted":
        return (
            "CAS_PROSEC"
            if unit.endswith("cases")
            else ""
            if "prosecutions" in unit
            else "PER_PROSEC"
        )
    return HEADING.get(heading, "")


def _hidden(raw: pd.DataFrame) -> pd.Series:
    """The printed texts; fewer than 5 persons are hidden."""
    of_persons = raw["indicator"].str.contains("victims|persons")
    number = pd.to_numeric(raw["value"].str.replace(",", ""), errors="coerce")
    return raw["value"].mask(of_persons & (number < FEWEST), f"<{FEWEST}")
