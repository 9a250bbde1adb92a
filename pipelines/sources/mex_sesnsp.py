"""SESNSP, Mexico: investigation files opened and victims recorded, by state and month.

Authority: Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública, from the monthly
reports of the 32 states' prosecution services, offences of the states' jurisdiction only.
Counted: files (carpetas de investigación) opened in a month, and the persons recorded as victims
in them. Files are not victims, and the two tables never add to each other.
The offence is that of the General Law of 2012, whose article 13 punishes profit from exploitation
itself. Figures are revised from month to month.

Sex and age: victims of a known sex may be "No especificado" in age, those of sex "No identificado"
are "No identificado" in age too. Both mean unknown, and since no sex has both labels they never
fall on one cell; a file in which they do is kept out, not summed. The unknown sex is 9 %
to 23 % of the victims of a year, so it is a part of each total.
Both tables write all twelve months: those after the last that has a figure are still to come.

Break: until 2025 the method of CNSP/38/15, with one kind of trafficking; from January 2026 the
Registro Nacional de Incidencia Delictiva (RNID), with four, by purpose. The four are evident in
the file; the names of the methods are from writers who cite SESNSP's manual of the RNID, not read.
"Otros fines" are neither sexual, nor forced labour or services, nor organs: OP. Whether slavery
and servitude are among them or under forced labour, the file does not say.
A table of victims by state, age and purpose at once would be refused: rule
no_subdivision_by_age_and_form.
The table of files by municipality is summed by state: a figure of a town could name a person.

The whole country by month, to August 2026, is known as others reworked it: repeated. In January to
March 2026 it has 42, 63 and 54 files, the states 42, 62 and 52; of 12 figures by purpose 5 agree.
Those until 2025 were made comparable to the RNID in an unknown way.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.labels import UnknownLabelError, subdivisions
from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source
from schemas.columns import per_category

MONTH: Final = {
    "Enero": "01", "Febrero": "02", "Marzo": "03", "Abril": "04", "Mayo": "05", "Junio": "06",
    "Julio": "07", "Agosto": "08", "Septiembre": "09", "Octubre": "10", "Noviembre": "11",
    "Diciembre": "12",
}  # fmt: skip
PURPOSE: Final = {
    "Trata de personas": "_T",
    "Trata de personas con fines de explotación sexual": "SX",
    "Trata de personas con fines de trabajo o servicios forzados": "FL",
    "Trata de personas con fines de tráfico de órganos": "OG",
    "Trata de personas con otros fines": "OP",
}
REWORKED: Final = {
    label.replace("Trata de personas", "trata-de-personas"): form for label, form in PURPOSE.items()
}
"""Names of the series of the whole country, as others print them."""
SEX: Final = {"Mujer": "F", "Hombre": "M", "No identificado": "_U"}
AGE: Final = {
    "Menores de edad (0-17)": "Y0T17",
    "Adultos (18 y más)": "Y_GE18",
    "No especificado": "_U",
    "No identificado": "_U",
}
PERSON: Final = ("Sexo", "Rango de edad")
SUMMED_BY: Final = ("Año", "Clave_Ent", "Entidad", "Modalidad")
"""Columns of which each combination has one sum, where the publisher prints municipalities."""

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the victims or the investigation files of each state and month, in our codes."""
    rows = Rows(file, SOURCE)
    if "series" in rows.raw:
        return rows.tidy(
            ref_area="MEX",
            indicator="INV_OPENED",
            freq="M",
            time_period=rows.raw["period"].array,
            exploitation=rows.recode("series", REWORKED, "exploitation"),
            **rows.figure("value"),
        )
    of_persons = set(PERSON) <= set(rows.raw)
    if rows.layout.used:
        rows.sum(tuple(MONTH), by=SUMMED_BY)
    rows.melt(MONTH, into="Mes", figure="Cifra")
    month = rows.recode(("Año", "Mes"), "{}-{}".format, "time_period")
    rows.set_aside(_is_to_come(pd.Series(month), rows.raw["Cifra"]), "month_not_yet_reported")
    who = {
        "sex": rows.recode("Sexo", SEX, "sex"),
        "age": rows.recode("Rango de edad", AGE, "age"),
    } if of_persons else {}  # fmt: skip
    return rows.tidy(
        ref_area=rows.recode(("Clave_Ent", "Entidad"), _state(), "ref_area"),
        indicator="VIC_RECORDED" if of_persons else "INV_OPENED",
        freq="M",
        time_period=month,
        exploitation=rows.recode("Modalidad", PURPOSE, "exploitation"),
        **who,
        **rows.figure("Cifra"),
    )


def _is_to_come(month: pd.Series, printed: pd.Series) -> np.ndarray:
    """Return whether each month is after the last that has a figure anywhere in the file."""
    last = max(month[(printed != "").to_numpy()].unique(), default="")
    return per_category(month, lambda each: each > last)


def _state() -> Callable[[str, str], str]:
    """Return the translation of a state's number and name, which must agree."""
    known = subdivisions("MEX")

    def to_code(number: str, name: str) -> str:
        code = known(name)
        if known(number) != code:
            raise UnknownLabelError(f"'{name}' does not have the number {number}")
        return code

    return to_code
