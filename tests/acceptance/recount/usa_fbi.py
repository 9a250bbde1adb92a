"""FBI: a row for each agency and month, or year; offences are summed by state, year and kind."""

import pandas as pd

from recount.figures import Recount, figures, table

NAMES = {"2021-09-06": "HT_2013-2020.csv", "2023-12-31": "HT_2013_2023.csv"}

POSTAL = {"NB": "NE", "GM": "GU", "FS": "_U"}
"""Nebraska, whose letters at the FBI are those that the post gave up in 1969; Guam, which the
post writes otherwise; federal agencies, which are of no state."""

KIND = {"Commercial Sex Acts": "SX", "Involuntary Servitude": "FL"}


def recount(find) -> Recount:
    kept = [_sums(find(f"usa_fbi/{name}"), release, name) for release, name in NAMES.items()]
    return Recount(figures(pd.concat(kept, ignore_index=True)))


def _sums(path, release: str, name: str) -> pd.DataFrame:
    """The sum of each year, state and kind, with its first row and how many there are."""
    raw = table(path)
    raw = raw.assign(offences=raw["ACTUAL_COUNT"].astype(int))
    cells = raw.groupby(["DATA_YEAR", "STATE_ABBR", "OFFENSE_SUBCAT_NAME"], as_index=False)
    sums = cells.agg(row=("row", "first"), rows=("row", "size"), offences=("offences", "sum"))
    more = (sums["rows"] - 1).map(lambda count: f" and {count:,} more" if count else "")
    return sums.assign(
        release=release,
        locator=f"{name}, row " + sums["row"] + more,
        ref_area="US-" + sums["STATE_ABBR"].replace(POSTAL),
        indicator="OFF_RECORDED",
        time_period=sums["DATA_YEAR"],
        exploitation=sums["OFFENSE_SUBCAT_NAME"].map(KIND),
        value_raw=sums["offences"].astype(str),
    )
