"""MININTER, Peru: victims by year and sex, age, form or department, and by month, from its sums."""

import pandas as pd

from recount.figures import Recount, figures, table

RELEASE = "2025-09-30"
NAME = "DataSet_trata_personas_enero2017_septiembre2025.xlsx"
FEWEST = 5
CODES = [
    "AMA", "ANC", "APU", "ARE", "AYA", "CAJ", "CAL", "CUS", "HUV", "HUC", "ICA", "JUN", "LAL",
    "LAM", "LIM", "LOR", "MDD", "MOQ", "PAS", "PIU", "PUN", "SAM", "TAC", "TUM", "UCA",
]  # fmt: skip
LETTERS = {f"{number:02}": code for number, code in enumerate(CODES, start=1)}
UNDER_18 = ("0 A 5 AÑOS", "6 A 11 AÑOS", "12 A 17 AÑOS")
ADULT = ("18 A 29 AÑOS", "30 A 59 AÑOS", "60 A MAS")
AGES = {
    code: [f"{sex}_DE {band}" for sex in ("EF", "EM") for band in bands]
    for code, bands in (("Y0T17", UNDER_18), ("Y_GE18", ADULT))
}
FORMS = {
    "SX": ["F1_EXPLOTACION SEXUAL"],
    "FL": ["F1_EXPLOTACION LABORAL", "F1_TRABAJOS Y SERVICIOS FORZADOS"],
    "OP_BEG": ["F1_MENDICIDAD"],
    "OP_ADOPT": ["F1_VENTA DE NIÑOS"],
    "OG": ["F1_TRAFICO DE ORGANOS TEJIDO HUMANO"],
    "_U": ["F1_NO IDENTIFICADO"],
}
PARTS = {"sex": {"F": ["EF_SUB TOTAL"], "M": ["EM_SUB TOTAL"]}, "age": AGES, "exploitation": FORMS}


def recount(find) -> Recount:
    nation, months, departments = (
        table(find(f"per_mininter/{name}.csv"))
        for name in ("nacional_anual", "nacional_mensual", "departamento_anual")
    )
    rows = []
    for year, of_year in nation[nation["AÑO"] < "2025"].groupby("AÑO"):
        count = of_year.set_index("Denuncias por comisión")["Valor"]
        total = int(count["F1_TOTAL"])
        rows.append(_row(year, "all", "F1_TOTAL", total))
        for dimension, codes in PARTS.items():
            for code, labels in codes.items():
                if (year, code) == ("2020", "FL"):
                    continue  # it would tell a figure that UNODC hides
                victims = sum(int(count[label]) for label in labels)
                here = {dimension: code, "whole": total}
                rows.append(_row(year, "all", " + ".join(labels), victims, **here))
                if (year, dimension) == ("2017", "age"):
                    rows[-1] |= {"value_raw": "", "whole": None}
        for each in departments[departments["AÑO"] == year].itertuples():
            here = {"ref_area": f"PE-{LETTERS[each.CCDD]}", "whole": total}
            rows.append(_row(year, f"CCDD {each.CCDD}", "F1_TOTAL", int(each.F1_TOTAL), **here))
    for each in months.itertuples():
        period = f"{each.AÑO}-{each.MES:>02}"
        rows.append(_row(period, "all", "F1_TOTAL", int(each.F1_TOTAL), freq="M"))
    usual = {"ref_area": "PER", "freq": "A", **dict.fromkeys(PARTS, "_T")}
    return Recount(figures(pd.DataFrame(rows).fillna(usual)), aside={RELEASE: 1})


def _row(period: str, area: str, labels: str, victims: int, **codes: object) -> dict[str, object]:
    return {
        "release": RELEASE,
        "locator": f"summed from {NAME}: {period}, {area}, {labels}",
        "indicator": "VIC_RECORDED",
        "time_period": period,
        "value_raw": str(victims) if victims >= FEWEST else f"<{FEWEST}",
        **codes,
    }
