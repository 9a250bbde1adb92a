"""World Population Prospects: persons by state, year, sex and broad age."""

from recount.figures import Recount, figures, table


def recount(find) -> Recount:
    raw = table(find("population/wpp_oas.csv"))
    return Recount(
        figures(
            raw.assign(
                release="2024-07-11",
                locator="wpp_oas.csv, row " + raw["row"],
                indicator="POPULATION",
                time_period=raw["year"],
                value_raw=raw["population"],
            )
        )
    )
