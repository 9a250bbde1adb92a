"""Statistics Canada's platform: a rate a year."""

from recount.figures import Recount, figures, table


def recount(find) -> Recount:
    raw = table(find("can_sdg/indicator_16-2-2.csv"))
    return Recount(
        figures(
            raw.assign(
                release="2026-03-10",
                locator="indicator_16-2-2.csv, row " + raw["row"],
                ref_area="CAN",
                indicator="INC_RECORDED_RATE",
                time_period=raw["Year"],
                value_raw=raw["Value"],
            )
        )
    )
