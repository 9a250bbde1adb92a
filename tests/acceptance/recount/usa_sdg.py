"""The US platform of the Sustainable Development Goals: offences a year, and some by form."""

from recount.figures import Recount, figures, table


def recount(find) -> Recount:
    raw = table(find("usa_sdg/indicator_16-2-2.csv"))
    return Recount(
        figures(
            raw.assign(
                release="2023-09-30",
                locator="indicator_16-2-2.csv, row " + raw["row"],
                ref_area="USA",
                indicator="OFF_RECORDED",
                time_period=raw["Year"],
                exploitation=raw["exploitation"].map(
                    {"": "_T", "com_sex_acts": "SX", "invol_serv": "FL"}
                ),
                value_raw=raw["Value"],
            )
        )
    )
