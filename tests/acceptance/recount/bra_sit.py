"""Labour inspection of Brazil: workers, inspections and wages, by the month of their print."""

import calendar

from recount.figures import Recount, figures, table

INDICATOR = {
    ("workers found", "person"): "DEM_LAB_FOUND",
    ("inspections", "inspection (ação fiscal)"): "DEM_LAB_INSP",
    ("wages and severance paid, BRL", "BRL"): "DEM_LAB_PAID",
}

AGENCY, BALANCE = "agenciabrasil", "2020-01-28"
"""The government's own news agency, and the day of the balance of which it reports."""


def recount(find) -> Recount:
    raw = table(find("bra_sit/figures.csv"))
    raw = raw[~raw["counted"].str.startswith("complaints")]
    kind = zip(raw["counted"], raw["unit"], strict=True)
    coded = raw.assign(
        release=raw["published"].map(_last_day).mask(raw["url"].str.contains(AGENCY), BALANCE),
        locator=raw["url"] + ", row " + raw["row"],
        ref_area="BRA",
        indicator=[INDICATOR.get(each, "") for each in kind],
        time_period=raw["year"],
        value_raw=raw["value"],
    )
    aside = coded["indicator"].eq("") | coded["note"].str.contains("more than 9 million")
    return Recount(
        figures(coded[~aside]), aside=coded.loc[aside, "release"].value_counts().to_dict()
    )


def _last_day(month: str) -> str:
    """The last day of a month; of a year, that of its December."""
    month = month if "-" in month else f"{month}-12"
    return f"{month}-{calendar.monthrange(int(month[:4]), int(month[5:]))[1]}"
