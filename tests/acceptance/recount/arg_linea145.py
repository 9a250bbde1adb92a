"""Hotline 145, Argentina: complaints, and the persons named in them, counted from their rows.

Counts below 10 are hidden, and parts of a total may be hidden beside them.
"""

import pandas as pd

from recount.figures import Recount, figures, table

COMPLAINTS = {
    "2021-12-31": "rescate-denuncias-202001-202112_data_cruda.csv",
    "2023-07-31": "oficina-rescate-denuncias-202001-202307.csv",
}
PERSONS = "oficina-rescate-denuncias-referidos-202001-202112_data_cruda.csv"
FEWEST = 10
SEX = {"Mujer": "F", "Hombre": "M", "": "_U"}
FORMS = {
    "SX": "explotación sexual|pornografía infantil",
    "FL": "explotación laboral|reducción a la servidumbre|servidumbre doméstica",
    "OG": "órganos",
    "OP": r"matrimonio forzado|venta de niños|\bmula\b",
}


def recount(find) -> Recount:
    persons = table(find(f"arg_linea145/{PERSONS}"))
    persons = persons[persons["referido_tipo"] == "Victima directa"]
    age = persons["edad_aparente"].replace("", "0").astype(int)
    persons = persons.assign(
        sex=persons["genero"].map(SEX).fillna("_O"),
        age=age.map(lambda years: "_U" if years == 0 else "Y0T17" if years < 18 else "Y_GE18"),
    )
    day = persons["fecha_ingreso_denuncia"]
    rows = _counts(persons, day, "direct victims", "2021-12-31", PERSONS)
    for release, name in COMPLAINTS.items():
        each = table(find(f"arg_linea145/{name}")).drop_duplicates("nro_registro_interno")
        over = each[each["fecha_ingreso"].str[:4] < "2023"]  # the file ends in July of that year
        rows += _counts(over, over["fecha_ingreso"], "complaints", release, name)
    return Recount(figures(pd.DataFrame(rows)))


def _counts(
    rows: pd.DataFrame, day: pd.Series, measure: str, release: str, file: str
) -> list[dict[str, object]]:
    """The counts of each year: all, by sex and age where they are known of, by form."""
    counts = []
    for year, of_year in rows.groupby(day.str[:4]):
        parts = {"sex": ["F", "M", "_O", "_U"], "age": ["Y0T17", "Y_GE18", "_U"]}
        here = {("total", "_T"): len(of_year)}
        for column in parts.keys() & set(of_year):
            here |= {(column, code): (of_year[column] == code).sum() for code in parts[column]}
        for form, words in FORMS.items():
            named = of_year["subtema"].str.contains(words, case=False)
            here["exploitation", form] = named.sum()
        counts += [
            {
                "release": release,
                "locator": f"counted from {file}: {measure} of {year}, {dimension} {code}",
                "ref_area": "ARG",
                "indicator": "COMPLAINTS" if measure == "complaints" else "VIC_REPORTED",
                "time_period": year,
                **{name: code if name == dimension else "_T" for name in (*parts, "exploitation")},
                "value_raw": str(count) if count >= FEWEST else f"<{FEWEST}",
                "whole": len(of_year) if dimension in parts and count >= FEWEST else None,
            }
            for (dimension, code), count in here.items()
        ]
    return counts
