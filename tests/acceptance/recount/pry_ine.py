"""INE, Paraguay: the page has one table and no file, so the table stands here, as printed."""

import pandas as pd

from recount.figures import Recount, figures

PRINTED = ["79,0", "89,0", "76,0", "104,0", "132,0", "114,0", "82,0", "71,0"]
"""Complaints received in 2015 to 2022 (ods.ine.gov.py, indicador-289, updated October 2023)."""


def recount(find) -> Recount:
    rows = pd.DataFrame({"value_raw": PRINTED})
    return Recount(
        figures(
            rows.assign(
                release="2023-10-31",
                locator=[f"indicador-289.csv, row {2 + number}" for number in rows.index],
                ref_area="PRY",
                indicator="COMPLAINTS",
                time_period=[str(2015 + number) for number in rows.index],
            ),
            decimal=",",
        )
    )
