"""What only others repeat: the figures as they were handed over, without what is left out."""

import pandas as pd

from recount.figures import Recount, figures, table

FIRST, SECOND = "2026-11-27", "2026-11-30"
PLACE = "text of the page"
TAKEN = {
    ("BRA", "Hotline reports (Disque 100)"): "COMPLAINTS",
    ("PRY", "Cases opened (trafficking unit)"): "INV_OPENED",
    ("PRY", "Victims"): "VIC_RECORDED",
    ("COL", "Victims (COAT / Observatorio)"): "AST_ASSISTED",
    ("HND", "Victims rescued"): "VIC_IDENT",
    ("GTM", "Victims identified"): "VIC_IDENT",
    ("GTM", "Possible victims"): "VIC_RECORDED",
    ("TTO", "Persons charged"): "PER_PROSEC",
    ("CHL", "Victims entering the protocol"): "AST_ASSISTED",
    ("PER", "Complaints received by prosecutors"): "COMPLAINTS",
}
"""What was handed over later and taken, by state and what it counts. Parts of a year, sums of years
and a year with two figures are no whole number of a year in it, and drop out by that."""

PAGE = {"COL": "radiosantafe.com/2025/10/01"}
"""Of several pages the one that is named."""

SUSPECTED = ("TTO", "reports of suspected cases in 2023: 86")
"""A figure that stands in a note beside another."""


def handed_over(find, provenance: str) -> pd.DataFrame:
    raw = table(find("int_reported/more_figures.csv"))
    here = raw[raw["standing"] == provenance].reset_index(drop=True)
    return here.rename(columns={"value": "value_raw"})


def recount(find) -> Recount:
    raw = handed_over(find, "repeated by others")
    mixed = (raw["indicator"] == "INV_OPENED") & (raw["def_scope"] == "SMUG_MIX")
    raw = raw[~mixed & (raw["ref_area"] != "PAN")].rename(columns={"page": "place_there"})
    both = pd.concat([raw, _later(table(find("int_repeated/page_figures_2026-11.csv")))])
    return Recount(figures(pd.concat([_of(raw, FIRST), _of(both, SECOND)], ignore_index=True)))


def _of(rows: pd.DataFrame, release: str) -> pd.DataFrame:
    rows = rows.reset_index(drop=True)
    line = (rows.index + 2).astype(str)
    locator = rows["address"] + ", " + rows["place_there"] + ", row " + line
    return rows.assign(release=release, locator=locator)


def _later(raw: pd.DataFrame) -> pd.DataFrame:
    """A row for each whole year of what was taken, in the order of the pages."""
    kept = []
    for _, row in raw.iterrows():
        indicator = TAKEN.get((row["iso3"], row["what"]))
        cells = dict(zip(row["period"].split(";"), row["value"].split(";"), strict=False))
        of_years = (
            {
                year: value
                for year, value in cells.items()
                if year.strip().isdecimal() and value.isdecimal()
            }
            if indicator
            else {}
        )
        kept += [_coded(row, indicator, year, value) for year, value in of_years.items()]
        if row["iso3"] == SUSPECTED[0] and SUSPECTED[1] in row["breakdown_or_note"]:
            kept.append(_coded(row, "COMPLAINTS", "2023", "86"))
    return pd.DataFrame(kept)


def _coded(row: pd.Series, indicator: str, year: str, value: str) -> dict[str, str]:
    pages = row["address"].split(" ; ")
    [page] = [each for each in pages if PAGE.get(row["iso3"], "") in each]
    return {
        "ref_area": row["iso3"], "indicator": indicator, "time_basis": "CY", "time_period": year,
        "value_raw": value, "address": page, "place_there": PLACE,
    }  # fmt: skip
