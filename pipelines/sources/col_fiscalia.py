"""Fiscalía General de la Nación, Colombia: victims in its files, "Conteo de Víctimas V2".

Authority: the prosecution service, from its case system (SPOA), on the portal of open data.
Counted: victims of trafficking in persons (group of offences TRATA DE PERSONAS), in the year of
the facts and in the department where they happened; not persons whom a court or a service has
identified. The stage of the case is in the file too; it says where a case stands today, and is not
read. The offence (Penal Code, article 188A) asks for no means, whatever the victim's age.

The interface gives a record for each combination of place, sex, age and more with the number of
victims. Read are the year, department, sex and age band; what is kept are tables of one of them.
Sex and age are not known of all: tables by sex or age fall short of the total and are not filled.
The year 2025 has 3,298 victims, of whom 2,852 in Norte de Santander, which had 116 the year before.

The shipped figures are sums of the same records that a third party made, without the unknown.
"""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from pipelines.reader.rows import (
    File,
    FileRefusedError,
    Rows,
    Tidy,
    UnknownLabelError,
    label_table,
    subdivision_spellings,
)
from schemas.source import Layout, Source, Translation, Words

HERE: Final = "in pipelines/sources/col_fiscalia.py"
TRAFFICKING: Final = "TRATA DE PERSONAS"
TOTAL: Final = "grupo_delito"
DIMENSIONS: Final = (TOTAL, "sexo", "grupo_etario", "departamento_hecho")
"""Columns of the publisher by which victims are summed, one at a time."""

YEAR: Final = "a_o_hechos"
VICTIMS: Final = "total_victimas"
HEADER: Final = (*DIMENSIONS, YEAR, VICTIMS)
SHIPPED: Final = ("year", "dimension", "category", "victims")
UNKNOWN: Final = "SIN DATO"
"""How the publisher prints what it does not know; the interface also leaves such fields out."""

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
"""Records that are asked for; the interface cuts off what is more."""

SOURCE: Final = Source(
    id="col_fiscalia",
    publisher="Fiscalía General de la Nación (Colombia)",
    title="Conteo de Víctimas V2: victims of trafficking in persons in the files of prosecutors",
    title_in=Translation(
        es="Conteo de Víctimas V2: víctimas de trata de personas en los expedientes de la Fiscalía",
        pt="Conteo de Víctimas V2: vítimas de tráfico de pessoas nos procedimentos do "
        "Ministério Público",
        fr="Conteo de Víctimas V2\u202f: victimes de la traite des personnes dans les dossiers "
        "du parquet",
    ),
    language="es",
    citation="Fiscalía General de la Nación (Colombia), Conteo de Víctimas V2, datos.gov.co",
    licence=Words(
        en="No licence is stated in the data; terms of use of the portal datos.gov.co apply",
        es="Los datos no indican licencia; rigen los términos de uso del portal datos.gov.co",
        pt="Os dados não indicam licença; valem os termos de uso do portal datos.gov.co",
        fr="Les données n’indiquent aucune licence\u202f; les conditions d’utilisation du portail "
        "datos.gov.co s’appliquent",
    ),
    address="https://www.datos.gov.co/resource/4mnf-va5w.json?$select="
    f"{','.join(HEADER)}&$where=grupo_delito=%27TRATA%20DE%20PERSONAS%27&$limit={LIMIT}",
    page="https://www.datos.gov.co/Justicia-y-Derecho/Conteo-de-V-ctimas-V2/4mnf-va5w",
    cadence="several times a year",
    cadence_days=120,
    coll_method="PROSEC",
    time_basis="CY",
    def_scope="NOMEANS",
    counted=Words(
        en="Victims in the files of prosecutors, in the year of the facts",
        es="Víctimas en los expedientes de la Fiscalía, en el año de los hechos",
        pt="Vítimas nos procedimentos do Ministério Público, no ano dos fatos",
        fr="Victimes dans les dossiers du parquet, l’année des faits",
    ),
    caveats=(
        "Years are those of the facts: facts that become known later add to earlier years.",
        "Sex and age are not known of all victims, so these tables do not reach the total.",
        "2025 has 3,298 victims, 2,852 of them in Norte de Santander, which had 116 in 2024; the "
        "source gives no reason.",
        "A department without victims in a year has no figure: no zero is printed.",
        "The figures shipped here are sums that a third party took from the interface.",
        "The Ministry of the Interior and UNODC publish other numbers of victims for Colombia.",
    ),
    layouts=(
        Layout(file="4mnf-va5w.json", header=HEADER, shipped=SHIPPED, minimum_rows=100),
    ),
    number_locale="es_CO",
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """The records of the interface summed, or the figure table made of them, in our codes.

    Raises FileRefusedError when the file is neither.
    """
    rows = Rows(file, SOURCE, _records)
    if VICTIMS in rows.raw:
        rows.replace(_sums(rows.raw))
    raw = rows.raw
    rows.set_aside((raw["dimension"] == TOTAL) & (raw["category"] != TRAFFICKING), "other_offences")
    rows.set_aside(raw["year"] == UNKNOWN, "year_of_the_facts_unknown")
    departments, place = subdivision_spellings("COL")
    return rows.tidy(
        ref_area=_codes(rows, "departamento_hecho", label_table(departments, place), "ref_area"),
        indicator="VIC_RECORDED",
        time_period=raw["year"].array,
        sex=_codes(rows, "sexo", label_table(SEX, f"SEX {HERE}"), "sex"),
        age=_codes(rows, "grupo_etario", label_table(AGE, f"AGE {HERE}"), "age"),
        locator=_locators(file.name or rows.layout.file, raw),
        **rows.figure("victims"),
    )


def _codes(rows: Rows, wanted: str, known: Callable[[str], str], into: str) -> pd.Categorical:
    whole = "COL" if into == "ref_area" else "_T"

    def to_code(dimension: str, category: str) -> str:
        if dimension not in DIMENSIONS:
            raise UnknownLabelError(
                "labels_are_known", f"unknown table '{dimension}': add it {HERE}"
            )
        return known(category) if dimension == wanted else whole

    return rows.recode(("dimension", "category"), to_code, into)


def _locators(name: str, raw: pd.DataFrame) -> pd.Series:
    cells = zip(*(raw[column].astype(str) for column in SHIPPED[:-1]), strict=True)
    said = [f"{name}, {year}, {dimension} {category}" for year, dimension, category in cells]
    return pd.Series(said, index=raw.index, dtype="str")


def _records(document: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records with the columns that are read; the interface leaves out what is unknown."""
    if len(document) >= LIMIT:
        raise FileRefusedError(f"{SOURCE.id}: {LIMIT:,} records, at which the interface cuts off")
    return [{name: record[name] for name in HEADER if name in record} for record in document]


def _sums(raw: pd.DataFrame) -> pd.DataFrame:
    """The figure table: victims by year and one column at a time; other offences only in total."""
    texts = raw[[YEAR, *DIMENSIONS]].astype(str).apply(lambda each: each.str.strip())
    labels = texts.mask(texts == "", UNKNOWN)
    count = pd.to_numeric(raw[VICTIMS].astype(str), errors="coerce")
    records = labels.assign(victims=count.where((count % 1 == 0) & (count >= 0)))
    ours = records[records[TOTAL] == TRAFFICKING]
    tables = [_summed(records, TOTAL), *(_summed(ours, name) for name in DIMENSIONS[1:])]
    table = pd.concat(tables, ignore_index=True)
    return table.assign(row=range(1, 1 + len(table)))


def _summed(records: pd.DataFrame, name: str) -> pd.DataFrame:
    """Victims by year and one column; a sum with a number that cannot be read cannot be read."""
    groups = records.groupby([YEAR, name])["victims"]
    sums = groups.sum().astype(int).astype(str).mask(groups.count() < groups.size(), "unreadable")
    table = sums.rename_axis(["year", "category"]).reset_index()
    return table.assign(dimension=name)[list(SHIPPED)]
