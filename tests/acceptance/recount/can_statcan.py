"""Statistics Canada's table 35-10-0177: incidents and their rate, of Alberta and of Canada."""

import pandas as pd

from recount.figures import Recount, figures, table

STATISTIC = {"Actual incidents": "INC_RECORDED", "Rate per 100,000 population": "INC_RECORDED_RATE"}


def recount(find) -> Recount:
    return Recount(figures(pd.concat([_alberta(find), _canada(find)])))


def _alberta(find) -> pd.DataFrame:
    raw = table(find("can_statcan/trafficking_data.csv"))
    raw = raw[raw["Statistics"].isin(STATISTIC)]
    return raw.assign(
        release="2021-12-31",
        locator="trafficking_data.csv, row " + raw["row"],
        ref_area=raw["GEO"].map({"Alberta [48]": "CA-AB"}),
        indicator=raw["Statistics"].map(STATISTIC),
        time_period=raw["REF_DATE"],
        value_raw=raw["VALUE"],
    )


def _canada(find) -> pd.DataFrame:
    """Canada's figures: the rates were put below the incidents when they were entered."""
    raw = table(find("can_statcan/canada_1525_2006-2024.csv"))
    long = pd.concat([raw.assign(statistic=name, value_raw=raw[name]) for name in STATISTIC])
    return long.assign(
        release="2024-12-31",
        locator=[f"canada_1525_2006-2024.csv, row {row}" for row in range(2, 2 + len(long))],
        ref_area="CAN",
        indicator=long["statistic"].map(STATISTIC),
        time_period=long["REF_DATE"],
    )
