"""SESNSP, Mexico: victims by state, sex, age and month; files by state, purpose and month.

Files of the whole country by month stand in a table of somebody else's.
"""

import pandas as pd

from recount.figures import Recount, figures, table

STATES = [
    "AGU", "BCN", "BCS", "CAM", "COA", "COL", "CHP", "CHH", "CMX", "DUR", "GUA", "GRO", "HID",
    "JAL", "MEX", "MIC", "MOR", "NAY", "NLE", "OAX", "PUE", "QUE", "ROO", "SLP", "SIN", "SON",
    "TAB", "TAM", "TLA", "VER", "YUC", "ZAC",
]  # fmt: skip
"""The states in the order of the numbers that the statistical office gives them."""

MONTHS = [
    "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre",
    "Octubre", "Noviembre", "Diciembre",
]  # fmt: skip
SEX = {"Mujer": "F", "Hombre": "M", "No identificado": "_U"}
AGE = {"Menores de edad (0-17)": "Y0T17", "Adultos (18 y más)": "Y_GE18"}
PURPOSE = {
    "": "_T",
    " con fines de explotación sexual": "SX",
    " con fines de trabajo o servicios forzados": "FL",
    " con fines de tráfico de órganos": "OG",
    " con otros fines": "OP",
}
FILES = {
    "2025-06-30": "victimas_estatal_trata_2015-2025_jun2025.csv",
    "2026-03-31": "estatal_n.csv",
}

REPEATED, COUNTRY = "2026-08-31", "mex_sesnsp_nacional_mensual_2015-01_2026-08.csv"


def recount(find) -> Recount:
    printed = {
        release: _months(find(f"mex_sesnsp/{name}"), release, name)
        for release, name in FILES.items()
    }
    last = {
        release: of["time_period"][of["value_raw"] != ""].max() for release, of in printed.items()
    }
    kept = {release: of[of["time_period"] <= last[release]] for release, of in printed.items()}
    return Recount(
        figures(
            pd.concat([*kept.values(), _country(find(f"mex_sesnsp/{COUNTRY}"))], ignore_index=True)
        ),
        aside={release: len(of) - len(kept[release]) for release, of in printed.items()},
    )


def _months(path, release: str, name: str) -> pd.DataFrame:
    """A row for each month of the rows about trafficking."""
    raw = table(path, encoding="latin-1")
    raw = raw[raw["Tipo de delito"] == "Trata de personas"]
    long = raw.melt(
        id_vars=raw.columns.difference(MONTHS), var_name="month", value_name="value_raw"
    )
    number = long["month"].map(lambda month: f"{1 + MONTHS.index(month):02}")
    of_victims = "Sexo" in raw
    return long.assign(
        release=release,
        locator=f"{name}, row " + long["row"] + ", column " + long["month"],
        ref_area=long["Clave_Ent"].map(lambda state: f"MX-{STATES[int(state) - 1]}"),
        indicator="VIC_RECORDED" if of_victims else "INV_OPENED",
        freq="M",
        time_period=long["Año"] + "-" + number,
        sex=long["Sexo"].map(SEX) if of_victims else "_T",
        age=long["Rango de edad"].map(AGE).fillna("_U") if of_victims else "_T",
        exploitation=long["Modalidad"].str.removeprefix("Trata de personas").map(PURPOSE),
    )


def _country(path) -> pd.DataFrame:
    """A row for each month of the whole country."""
    raw = table(path)
    return raw.assign(
        release=REPEATED,
        locator=f"{COUNTRY}, row " + raw["row"],
        ref_area="MEX",
        indicator="INV_OPENED",
        freq="M",
        time_period=raw["period"],
        sex="_T",
        age="_T",
        exploitation=raw["series"].str.removeprefix("trata-de-personas").map(PURPOSE),
        value_raw=raw["value"],
    )
