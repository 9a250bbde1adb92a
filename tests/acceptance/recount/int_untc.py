"""Treaties: whether a state had joined by the end of a year, from the day on which it did."""

from recount.figures import Recount, figures, table

TREATY = {
    "PALERMO": ("POL_PROTOCOL", 2000),
    "ILO_C029": ("POL_ILO_C029", 1930),
    "ILO_C105": ("POL_ILO_C105", 1957),
    "ILO_C182": ("POL_ILO_C182", 1999),
    "ILO_P029": ("POL_ILO_P029", 2014),
}
"""Indicator of each treaty, and the year of its adoption."""

RELEASE = "2026-11-24"
YEARS = range(1990, 2026)


def recount(find) -> Recount:
    raw = table(find("int_untc/treaty_status.csv"))
    day = raw["ratification_or_accession"]
    years = raw.assign(year=[YEARS] * len(raw)).explode("year", ignore_index=True)
    since = years["treaty"].map(lambda treaty: TREATY[treaty][1])
    years = years[years["year"] >= since].reset_index(drop=True)
    joined = years["ratification_or_accession"].str[:4]
    flag = (joined.where(joined != "", "9999").astype(int) <= years["year"]).map(
        {True: "1", False: "0"}
    )
    year = years["year"].astype(str)
    return Recount(
        figures(
            years.assign(
                release=RELEASE,
                locator="treaty_status.csv, row "
                + years["row"]
                + ", column ratification_or_accession by the end of "
                + year,
                ref_area=years["iso3"],
                indicator=years["treaty"].map(lambda treaty: TREATY[treaty][0]),
                time_basis="PIT",
                time_period=year,
                value_raw=flag.where(joined != "", ""),
            )
        ),
        aside={RELEASE: len(day) * len(YEARS) - len(years)},
    )
