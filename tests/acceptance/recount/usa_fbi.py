"""FBI: a row for each agency and month; offences are summed by state, year and kind."""

from recount.figures import Recount, figures, table

POSTAL = {"NB": "NE"}
"""Nebraska, whose letters at the FBI are those that the post gave up in 1969."""

KIND = {"Commercial Sex Acts": "SX", "Involuntary Servitude": "FL"}


def recount(find) -> Recount:
    raw = table(find("usa_fbi/HT_2013-2020.csv"))
    raw = raw.assign(offences=raw["ACTUAL_COUNT"].astype(int))
    cells = raw.groupby(["DATA_YEAR", "STATE_ABBR", "OFFENSE_SUBCAT_NAME"], as_index=False)
    sums = cells.agg(row=("row", "first"), rows=("row", "size"), offences=("offences", "sum"))
    more = (sums["rows"] - 1).map(lambda count: f" and {count:,} more" if count else "")
    return Recount(
        figures(
            sums.assign(
                release="2021-09-06",
                locator="HT_2013-2020.csv, row " + sums["row"] + more,
                ref_area="US-" + sums["STATE_ABBR"].replace(POSTAL),
                indicator="OFF_RECORDED",
                time_period=sums["DATA_YEAR"],
                exploitation=sums["OFFENSE_SUBCAT_NAME"].map(KIND),
                value_raw=sums["offences"].astype(str),
            )
        )
    )
