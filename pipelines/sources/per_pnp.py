"""PNP, Peru: complaints of trafficking that the police received, by region, month and purpose.

Authority: Policía Nacional del Perú; the observatory of the Ministerio del Interior publishes its
data base by police station. At hand is the part of one region, Lambayeque, 2017 to 2022, in the
form that the regional government gave it (github.com/gorelambayeque/datasets-lambayeque).
Counted: complaints, in the month in which a police station recorded them, founded or not. They are
not victims. Stations of a region are summed. Article 153 of the penal code wants act, means and
purpose, and takes every form of labour exploitation for a purpose: "explotación laboral" and
"trabajos y servicios forzados" are summed into forced labour, FL.

The file has 86 categories of one count, totals among them: F1 purpose, F2 place, T within the
country or across its border, P3 education of the victim, C recruitment, M means, P4 tie and P5
complainant, D where the case went, EM and EF age of male and female victims. Only F1 is read. In
many a month of a region there is one complaint: all categories of that month together would
describe one person. Besides, F2 of 2017 to 2019 stands a year too early in most months (F2_TOTAL of
June 2017 is F1_TOTAL of June 2018), and D is blank in all of 2022.

Printed twice: of 3,468 cells (month and category) the file prints 3,095 a second time, always with
the same figure, in blocks of a whole month whose second has F1_TOTAL at its end. No two reports
agree in 86 counts for 36 months: it is a copy. A row that repeats an earlier one to the letter
(3,059 rows; the others name another station in January 2017, and all are zero) is set aside.
Adding all rows up doubles the counts, but for November 2021, which stands once: 2019 has 56
complaints, not 112. Months without rows are absent, not zero. June 2017 breaks off after F2.
"""

from typing import Final

import pandas as pd

from pipelines.reader.labels import subdivisions
from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source

COUNTED: Final = "Denuncias por comision"
LABOUR: Final = ("F1_EXPLOTACION LABORAL", "F1_TRABAJOS Y SERVICIOS FORZADOS")
"""Two purposes that are one form of exploitation."""

PURPOSE: Final = {
    "F1_TOTAL": "_T",
    "F1_EXPLOTACION SEXUAL": "SX",
    " + ".join(LABOUR): "FL",
    "F1_MENDICIDAD": "OP_BEG",
    "F1_VENTA DE NIÑOS": "OP_ADOPT",
    "F1_TRAFICO DE ORGANOS TEJIDO HUMANO": "OG",
    "F1_NO IDENTIFICADO": "_U",
}
CELL: Final = ("ANIO", "MES", "CCDD", "DEPARTAMENTO", COUNTED)
PRINTED: Final = "printed"
"""Column of a figure table: whether a row stands for the first time in the file."""

FIRST: Final = "first"
AGAIN: Final = "again"
REMARK: Final = "rows printed twice are counted once"

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the complaints of each region, month and purpose, in our codes."""
    rows = Rows(file, SOURCE)
    if PRINTED not in rows.raw:
        rows.replace(_with_copies_named(rows.raw))
    rows.sum(("Valor",), by=(*CELL, PRINTED))
    raw = rows.raw
    rows.set_aside(raw[PRINTED] == AGAIN, "printed_twice")
    rows.remark(raw.duplicated(list(CELL), keep=False).to_numpy(), REMARK)
    return rows.tidy(
        ref_area=rows.recode("CCDD", subdivisions("PER"), "ref_area"),
        indicator="COMPLAINTS",
        freq="M",
        time_period=rows.recode(("ANIO", "MES"), _month, "time_period"),
        exploitation=rows.recode(COUNTED, PURPOSE, "exploitation"),
        **rows.figure("Valor"),
    )


def _with_copies_named(printed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with both kinds of labour under one label, and copies named in PRINTED."""
    again = printed.duplicated(list(SOURCE.layouts[0].header))
    purpose = printed[COUNTED].astype("str")
    return printed.assign(
        **{
            PRINTED: again.map({False: FIRST, True: AGAIN}),
            COUNTED: purpose.where(~purpose.isin(LABOUR), " + ".join(LABOUR)),
        }
    )


def _month(year: str, month: str) -> str:
    return f"{year}-{month.zfill(2)}"
