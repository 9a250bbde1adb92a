"""Figures that stand in a page only: the table into which they were typed is read once more.

There is no publisher's file. What somebody else typed from the same pages stands below.
"""

from pathlib import Path

from recount.figures import Recount, figures, table

RELEASE = "2026-11-27"
TABLE = Path(__file__).parents[3] / "data" / "raw" / "int_reported" / f"{RELEASE}.csv"
TYPED_AGAIN = {
    ("ARG", "AST_ASSISTED"): {"2015": 8551},
    ("ARG", "COMPLAINTS"): {"2021": 1667},
    ("CHL", "AST_ASSISTED"): {"2019": 19, "2020": 47, "2021": 28},
    ("GTM", "COMPLAINTS"): {"2017": 266, "2018": 276},
    ("GTM", "VIC_RECORDED"): {"2018": 478},
    ("USA", "PER_REFERRED"): {
        "2011": 1360, "2012": 1519, "2020": 2198, "2021": 2027, "2022": 1912,
    },
    ("USA", "PER_PROSEC"): {"2011": 729, "2012": 805, "2020": 1343, "2021": 1672, "2022": 1656},
    ("USA", "PER_CONVICT"): {"2011": 464, "2012": 578, "2020": 658, "2022": 1118},
}  # fmt: skip


def recount(find) -> Recount:
    raw = table(TABLE).drop(columns="row").rename(columns={"value": "value_raw"})
    lines = [str(number) for number in range(2, 2 + len(raw))]
    locator = raw["address"] + ", " + raw["page"] + ", row " + lines
    counted = figures(raw.assign(release=RELEASE, locator=locator))
    for (area, indicator), years in TYPED_AGAIN.items():
        here = counted[(counted["ref_area"] == area) & (counted["indicator"] == indicator)]
        typed = dict(zip(here["time_period"], here["value"], strict=True))
        assert {year: typed.get(year) for year in years} == years
    return Recount(counted)
