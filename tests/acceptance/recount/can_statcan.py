"""Statistics Canada's table 35-10-0177: incidents in Alberta and their rate, no more."""

from recount.figures import Recount, figures, table

STATISTIC = {
    "Actual incidents": "INC_RECORDED",
    "Rate per 100,000 population": "INC_RECORDED_RATE",
}


def recount(find) -> Recount:
    raw = table(find("can_statcan/trafficking_data.csv"))
    raw = raw[raw["Statistics"].isin(STATISTIC)]
    return Recount(
        figures(
            raw.assign(
                release="2021-12-31",
                locator="trafficking_data.csv, row " + raw["row"],
                ref_area=raw["GEO"].map({"Alberta [48]": "CA-AB"}),
                indicator=raw["Statistics"].map(STATISTIC),
                time_period=raw["REF_DATE"],
                value_raw=raw["VALUE"],
            )
        )
    )
