"""Figures that stand in a page only: the table into which they were typed is read once more.

There is no publisher's file. What somebody else typed from the same pages stands below.
"""

from pathlib import Path

import pandas as pd

from recount.figures import Recount, figures, table

RELEASES = ("2026-11-27", "2026-11-30")
FOLDER = Path(__file__).parents[3] / "data" / "raw" / "int_reported"
TYPED_AGAIN = {
    ("ARG", "AST_ASSISTED"): {"2015": 8551},
    ("ARG", "COMPLAINTS"): {"2021": 1667},
    ("CHL", "AST_ASSISTED"): {"2019": 19, "2020": 47, "2021": 28},
    ("GTM", "COMPLAINTS"): {"2017": 266, "2018": 276},
    ("GTM", "VIC_RECORDED"): {"2018": 478},
    ("PAN", "VIC_IDENT"): {"2022": 8},
    ("USA", "PER_REFERRED"): {
        "2011": 1360, "2012": 1519, "2020": 2198, "2021": 2027, "2022": 1912,
    },
    ("USA", "PER_PROSEC"): {"2011": 729, "2012": 805, "2020": 1343, "2021": 1672, "2022": 1656},
    ("USA", "PER_CONVICT"): {"2011": 464, "2012": 578, "2020": 658, "2022": 1118},
}  # fmt: skip


def recount(find) -> Recount:
    tables = [_table(release) for release in RELEASES]
    newest = tables[-1]
    for (area, indicator), years in TYPED_AGAIN.items():
        here = newest[(newest["ref_area"] == area) & (newest["indicator"] == indicator)]
        typed = dict(zip(here["time_period"], here["value"], strict=True))
        assert {year: typed.get(year) for year in years} == years
    return Recount(pd.concat(tables, ignore_index=True))


def _table(release: str) -> pd.DataFrame:
    raw = (
        table(FOLDER / f"{release}.csv").drop(columns="row").rename(columns={"value": "value_raw"})
    )
    lines = [str(number) for number in range(2, 2 + len(raw))]
    locator = raw["address"] + ", " + raw["page"] + ", row " + lines
    return figures(raw.assign(release=release, locator=locator))
