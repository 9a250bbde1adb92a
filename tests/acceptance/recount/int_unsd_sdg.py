"""UNSD: detected victims of the older SDG release, of which what UNODC hides by now is hidden."""

import pandas as pd

from recount.figures import Recount, figures, table
from recount.states import OAS

FORM = {"": "_T", "SX": "SX", "FL": "FL", "OG": "OG", "OP": "OP"}
YEARS = [str(year) for year in range(2003, 2018)]
RELEASE = "2019-06-30"
FEWEST = 5


def recount(find) -> Recount:
    tables = [_series(find, suffix) for suffix in FORM]
    printed = pd.concat(tables, ignore_index=True)
    of_form = printed["exploitation"] != "_T"
    of_part = (printed["sex"] != "_T") | (printed["age"] != "_T")
    withheld = of_form & (of_part | (printed["time_period"] == "2017"))
    known = printed[(printed["value_raw"] != "") & ~withheld]
    few = known["value_raw"].astype(float) < FEWEST
    hidden = known.assign(value_raw=known["value_raw"].mask(few, f"<{FEWEST}"))
    return Recount(figures(hidden), aside={RELEASE: len(printed) - len(known)})


def _series(find, suffix: str) -> pd.DataFrame:
    """A row for each state and year of the table of one form of exploitation."""
    name = f"csv_Indicator_16.2.2_Series_VC_HTF_DETV{suffix}.csv"
    raw = table(find(f"unsd_sdg/2019.Q2.G.01/{name}"), sep="\t")
    raw = raw[raw["ISO3"].isin(OAS)].rename(columns={f"value_{year}": year for year in YEARS})
    codes = ["row", "ISO3", "sexCode", "ageCode"]
    long = raw.melt(id_vars=codes, value_vars=YEARS, var_name="time_period", value_name="value_raw")
    return long.assign(
        release=RELEASE,
        locator=f"{name}, row " + long["row"] + ", column value_" + long["time_period"],
        ref_area=long["ISO3"],
        indicator="VIC_DETECT",
        sex=long["sexCode"],
        age=long["ageCode"],
        exploitation=FORM[suffix],
    )
