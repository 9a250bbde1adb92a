"""UNSD: detected victims of the older SDG release, and rates of the newer one.

What UNODC hides by now is hidden in both.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from recount.figures import Recount, figures, table
from recount.states import OAS

FORM = {"": "_T", "SX": "SX", "FL": "FL", "OG": "OG", "OP": "OP"}
YEARS = [str(year) for year in range(2003, 2018)]
RELEASE = "2019-06-30"
FEWEST = 5
LEFT_OUT = {"BOL 2005", "BOL 2006", "CRI 2013", "GUY 2011", "PER 2014"}
"""Years whose total would tell a hidden figure: of a form, or of UNODC's release of 2023."""

NEWER = "2026-10-08"
RATE = {"VC_HTF_DETVR": "_T", "VC_HTF_DETVSXR": "SX", "VC_HTF_DETVFLR": "FL"}
POPULATION = Path(__file__).parents[3] / "data/raw/ref_wpp/2024-07-11.csv"
TELLING = [
    ("URY", "2019", "FL"), ("URY", "2020", "_T"), ("CRI", "2020", "FL"), ("TTO", "2020", "FL"),
]  # fmt: skip
"""A rate and bounds that would tell hidden figures of UNODC's."""


def recount(find) -> Recount:
    tables = [_series(find, suffix) for suffix in FORM]
    printed = pd.concat(tables, ignore_index=True)
    of_form = printed["exploitation"] != "_T"
    of_part = (printed["sex"] != "_T") | (printed["age"] != "_T")
    left_out = printed[["ref_area", "time_period"]].agg(" ".join, axis=1).isin(LEFT_OUT)
    withheld = of_form & (of_part | (printed["time_period"] == "2017")) | left_out
    known = printed[(printed["value_raw"] != "") & ~withheld]
    few = known["value_raw"].astype(float) < FEWEST
    hidden = known.assign(value_raw=known["value_raw"].mask(few, f"<{FEWEST}"))
    counts = figures(hidden)
    rates, no_answer = _rates(table(find("int_unsd_sdg/rates_2026-10-08.csv")))
    aside = {RELEASE: len(printed) - len(known), NEWER: len(TELLING)}
    return Recount(pd.concat([counts, rates], ignore_index=True), no_answer, aside)


def _rates(raw: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rates, few persons as bounds, and those of forms without a total, which are kept out."""
    people = pd.read_csv(POPULATION, dtype={"year": str}).groupby(["ref_area", "year"])
    per_rate = people["population"].sum().rename("people") / 100_000
    rows = raw.join(per_rate, on=["iso3", "year"]).assign(exploitation=raw["seriesCode"].map(RATE))
    rate = rows["value"].astype(float)
    is_few = (rate - 0.005) * rows["people"] <= FEWEST - 1
    bound = np.maximum((FEWEST - 1) / rows["people"], rate + 0.005)
    bound = (np.ceil(bound * 10_000) / 10_000).map("<={:.4f}".format)
    keys = rows[["iso3", "year"]].agg(" ".join, axis=1)
    totals = set(keys[rows["exploitation"] == "_T"])
    coded = rows.assign(
        value_raw=rows["value"].mask(is_few, bound),
        release=NEWER,
        locator="rates_2026-10-08.csv, row " + rows["row"],
        ref_area=rows["iso3"],
        indicator="VIC_DETECT_RATE",
        time_period=rows["year"],
    )
    coded = coded[~rows[["iso3", "year", "exploitation"]].agg(tuple, axis=1).isin(TELLING)]
    without = is_few & ~keys.isin(totals)
    kept = figures(coded[~without.loc[coded.index]])
    out = coded[without.loc[coded.index]]
    return kept, out.assign(place=NEWER + ", " + out["locator"])[["place", "value_raw"]]


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
