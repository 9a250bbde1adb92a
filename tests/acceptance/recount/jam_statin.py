"""STATIN, Jamaica: rates, of which one column says both who is counted and how they are split."""

from recount.figures import Recount, figures, table

SEX = {"Male": "M", "Female": "F"}
AGE = {"17 Years and Under": "Y0T17", "18 Years and Older": "Y_GE18"}
FORM = {"Type of Exploitation - Sexual": "SX", "Type of Exploitation - Labour": "FL"}


def recount(find) -> Recount:
    raw = table(find("jam_statin/indicator_16-2-2.csv"))
    level = raw["Disaggregation Level"]
    assert set(level) == {"Total", *SEX, *AGE, *FORM}
    return Recount(
        figures(
            raw.assign(
                release="2026-08-05",
                locator="indicator_16-2-2.csv, row " + raw["row"],
                ref_area="JAM",
                indicator="VIC_DETECT_RATE",
                time_period=raw["Year"],
                sex=level.map(SEX).fillna("_T"),
                age=level.map(AGE).fillna("_T"),
                exploitation=level.map(FORM).fillna("_T"),
                value_raw=raw["Value"],
            )
        )
    )
