"""Police, Colombia: cases of trafficking by year, and by department, from sums of the file."""

import pandas as pd

from recount.figures import Recount, figures, table

RELEASE = "2025-03-26"
FEWEST = 5
LETTERS = {
    "05": "ANT", "08": "ATL", "11": "DC", "13": "BOL", "15": "BOY", "17": "CAL", "18": "CAQ",
    "19": "CAU", "20": "CES", "23": "COR", "25": "CUN", "27": "CHO", "41": "HUI", "44": "LAG",
    "47": "MAG", "50": "MET", "52": "NAR", "54": "NSA", "63": "QUI", "66": "RIS", "68": "SAN",
    "70": "SUC", "73": "TOL", "76": "VAC", "81": "ARA", "85": "CAS", "86": "PUT", "88": "SAP",
    "91": "AMA", "94": "GUA", "95": "GUV", "97": "VAU", "99": "VID",
}  # fmt: skip


def recount(find) -> Recount:
    articles = table(find("col_mindefensa/anual_articulo.csv"))
    departments = table(find("col_mindefensa/anual_departamento_188A_188B.csv"))
    over = articles["anio"] < "2025"
    is_smuggling = articles["articulo"] == "188"
    ours = articles[over & ~is_smuggling].assign(place="all departments", ref_area="COL")
    local = departments[departments["anio"] < "2025"].assign(place=departments["COD_DEPTO"])
    local["ref_area"] = "CO-" + local["COD_DEPTO"].map(LETTERS)
    cases = pd.concat([ours, local]).astype({"CANTIDAD": int})
    sums = cases.groupby(["anio", "place", "ref_area"], as_index=False)["CANTIDAD"].sum()
    nation = sums[sums["ref_area"] == "COL"].set_index("anio")["CANTIDAD"]
    shown = sums["CANTIDAD"].astype(str)
    return Recount(
        figures(
            sums.assign(
                release=RELEASE,
                locator="summed from trata_de_personas.csv: "
                + (sums["anio"] + ", " + sums["place"] + ", 188A + 188B"),
                indicator="INC_RECORDED",
                time_period=sums["anio"],
                value_raw=shown.where(sums["CANTIDAD"] >= FEWEST, f"<{FEWEST}"),
                whole=sums["anio"].map(nation).where(sums["ref_area"] != "COL").astype(float),
            )
        ),
        aside={RELEASE: articles.loc[over & is_smuggling, "anio"].nunique()},
    )
