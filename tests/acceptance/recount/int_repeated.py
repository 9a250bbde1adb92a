"""What only others repeat: the figures as they were handed over, without what is left out."""

import pandas as pd

from recount.figures import Recount, figures, table

RELEASE = "2026-11-27"


def handed_over(find, provenance: str) -> pd.DataFrame:
    raw = table(find("int_reported/more_figures.csv"))
    here = raw[raw["standing"] == provenance].reset_index(drop=True)
    return here.rename(columns={"value": "value_raw"})


def recount(find) -> Recount:
    raw = handed_over(find, "repeated by others")
    mixed = (raw["indicator"] == "INV_OPENED") & (raw["def_scope"] == "SMUG_MIX")
    raw = raw[~mixed & (raw["ref_area"] != "PAN")].reset_index(drop=True)
    line = (raw.index + 2).astype(str)
    locator = raw["address"] + ", " + raw["page"] + ", row " + line
    return Recount(figures(raw.assign(release=RELEASE, locator=locator)))
