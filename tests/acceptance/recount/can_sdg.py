"""Statistics Canada's platform: a rate a year, in two releases."""

import pandas as pd

from recount.figures import Recount, figures, table

NAMES = {"2022-12-31": "canada-gif_16-2-2_2015-2022.csv", "2026-03-10": "indicator_16-2-2.csv"}


def recount(find) -> Recount:
    raw = pd.concat(
        table(find(f"can_sdg/{name}")).assign(release=release, name=name)
        for release, name in NAMES.items()
    )
    return Recount(
        figures(
            raw.assign(
                locator=raw["name"] + ", row " + raw["row"],
                ref_area="CAN",
                indicator="INC_RECORDED_RATE",
                time_period=raw["Year"],
                value_raw=raw["Value"],
            )
        )
    )
