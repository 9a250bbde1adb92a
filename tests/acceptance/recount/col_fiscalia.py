"""Fiscalía, Colombia: victims by year, and by sex, age band or department, one at a time."""

import json
import unicodedata

import pandas as pd

from recount.figures import Recount, figures

NAME = "data.json, data_sexo.json, data_etario.json, data_depto.json"
OFFENCE = "TRATA DE PERSONAS"
SEX = {"FEMENINO": "F", "MASCULINO": "M"}
AGE = {
    "0 a 13": "Y0T13",
    "14 a 17": "Y14T17",
    "18 a 26": "Y18T26",
    "27 y 59": "Y27T59",
    "60": "Y_GE60",
}
LETTERS = {
    "bogota": "DC", "norte de santander": "NSA", "la guajira": "LAG", "guaviare": "GUV",
    "valle del cauca": "VAC", "vichada": "VID", "archipielago de san andres": "SAP",
}  # fmt: skip
"""Departments whose letters in ISO 3166-2 are not the first three of their names."""


def recount(find) -> Recount:
    def read(name):
        return json.loads(find(f"col_fiscalia/{name}.json").read_text("utf-8"))["datos"]

    offences = {one["nombre"]: one["porAnio"] for one in read("data")}
    departments = {one["depto"]: one["porAnio"] for one in read("data_depto")[OFFENCE]}
    tables = {
        "grupo_delito": {OFFENCE: offences[OFFENCE]},
        "sexo": read("data_sexo")[OFFENCE],
        "grupo_etario": read("data_etario")[OFFENCE],
        "departamento_hecho": departments,
    }
    rows = [
        {
            "locator": f"{NAME}, {year}, {dimension} {label}",
            "time_period": year,
            "value_raw": f"{victims:.0f}",
            "ref_area": f"CO-{_department(label)}" if label in departments else "COL",
            "sex": SEX.get(label, "_T"),
            "age": next((code for ages, code in AGE.items() if ages in label), "_T"),
        }
        for dimension, labels in tables.items()
        for label, years in labels.items()
        for year, victims in years.items()
    ]
    frame = pd.DataFrame(rows).assign(release="2026-04-14", indicator="VIC_RECORDED")
    return Recount(figures(frame))


def _department(label: str) -> str:
    plain = unicodedata.normalize("NFD", label.casefold()).encode("ascii", "ignore").decode()
    known = [letters for name, letters in LETTERS.items() if plain.startswith(name)]
    return known[0] if known else plain[:3].upper()
