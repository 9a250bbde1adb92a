"""Fiscalía General de la Nación, Colombia: victims in its files, "Conteo de Víctimas V2".

Authority: the prosecution service, from its case system (SPOA), on the portal of open data.
Counted: victims of trafficking in persons (group of offences TRATA DE PERSONAS), in the year of
the facts and in the department where they happened; not persons whom a court or a service has
identified. The stage of the case is in the file too; it is the stage of a case today, and is not
read. The offence (Penal Code, article 188A) asks for no means, whatever the victim's age.

The interface gives a record for each combination of place, sex, age and more with the number of
victims. Read are the year, department, sex and age band; what is kept are tables of one of them.
Sex and age are not known of all: tables by sex or age fall short of the total and are not filled.
The year 2025 has 3,298 victims, of whom 2,852 in Norte de Santander, which had 116 the year before.

The shipped figures are sums of the same records that a third party made, without the unknown.
"""

from typing import Any, Final

from pipelines.reader.labels import label_table, subdivisions, within
from pipelines.reader.rows import File, FileRefusedError, Rows, Tidy
from pipelines.reader.source_metadata import read_source
from pipelines.sources import _col_fiscalia_sums as sums
from pipelines.sources._col_fiscalia_sums import TOTAL, UNKNOWN, VICTIMS

SOURCE: Final = read_source(__file__)

HERE: Final = "in pipelines/sources/col_fiscalia.py"
TABLES: Final = dict.fromkeys(sums.DIMENSIONS, "VIC_RECORDED")
"""Indicator of each table."""

SEX: Final = {"FEMENINO": "F", "MASCULINO": "M", UNKNOWN: "_U"}
AGE: Final = {
    "Niño, Niña. Población de 0 a 13 años.": "Y0T13",
    "Adolescente de 14 a 17 años.": "Y14T17",
    "Joven de 18 a 26 años.": "Y18T26",
    "Adulto entre 27 y 59 años.": "Y27T59",
    "Adulto mayor. Personas igual o mayor a 60 años.": "Y_GE60",
    UNKNOWN: "_U",
}

LIMIT: Final = 50_000
"""Records that the address asks for; the interface cuts off what is more."""


def tidy(file: File) -> Tidy:
    """Return the interface's records summed, or the figure table made of them, in our codes."""
    rows = Rows(file, SOURCE, _records)
    if VICTIMS in rows.raw:
        rows.replace_by_counts(sums.lines(rows.raw))
    raw = rows.raw
    other = (raw["dimension"] == TOTAL) & (raw["category"] != sums.TRAFFICKING)
    rows.set_aside(other, "other_offences")
    rows.set_aside(raw["year"] == UNKNOWN, "year_of_the_facts_unknown")
    department = within("departamento_hecho", subdivisions("COL"), "COL")
    sex = within("sexo", label_table(SEX, f"SEX {HERE}"))
    age = within("grupo_etario", label_table(AGE, f"AGE {HERE}"))
    return rows.tidy(
        ref_area=rows.recode(("dimension", "category"), department, "ref_area"),
        indicator=rows.recode("dimension", TABLES, "indicator"),
        time_period=raw["year"].array,
        sex=rows.recode(("dimension", "category"), sex, "sex"),
        age=rows.recode(("dimension", "category"), age, "age"),
        locator=rows.located("{}, {}, {} {}".format),
        **rows.figure("victims"),
    )


def _records(document: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the records with the columns that are read, of which a record may lack some."""
    if len(document) >= LIMIT:
        raise FileRefusedError(f"{SOURCE.id}: {LIMIT:,} records, at which the interface cuts off")
    return [
        {name: record[name] for name in SOURCE.layouts[0].header if name in record}
        for record in document
    ]
