"""Invented extracts of case records, and mappings for them."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
from other_workbooks import open_document

from pipelines.cases.count import Counted

MAPPING = """\
confirmed: yes
country: MEX
first_year: 2018
last_year: 2020
publication:
  publisher: Autoridad inventada
  language: es
  licence: CC BY 4.0
  page: https://authority.example/trata
  coll_method: NRM
  def_scope: PALERMO
person: {column: prs_ID}
event: {column: cas_ID}
date: {column: cas_DateIdentified, form: YYYY-MM-DD}
birth_year: {column: anio_nacimiento}
indicator:
  column: vic_TraffickingStatus
  labels:
    ActualVictimOfTrafficking: VIC_IDENT
    PossibleVictimOfTrafficking: VIC_PRESUMED
    NotAVictimOfTrafficking: set aside
ref_area:
  column: cas_Subdivision
  labels: {Ciudad de México: MX-CMX, Chiapas: MX-CHP, Puebla: MX-PUE, Jalisco: MX-JAL,
           Tlaxcala: MX-TLA}
sex:
  column: prs_Gender
  labels: {Mujer: F, Hombre: M, Otro: _O}
age: {column: vic_AgeWhenTrafficked}
exploitation:
  column: vic_TypeOfExploitation
  separator: ;
  labels: {SexualExploitation: SX, ForcedLabour: FL, Servitude: FL, ForcedBegging: OP_BEG,
           ForcedMarriage: OP_MARR, OrganRemoval: OG}
citizenship:
  column: prs_Citizenship
  labels: {MEX: MEX, HND: HND, GTM: GTM, VEN: VEN, COL: COL}
"""

SMALL = """\
confirmed: yes
country: CRI
first_year: 2019
last_year: 2020
person: {column: id}
event: {column: caso}
date: {column: fecha, form: YYYY-MM-DD}
indicator: {code: VIC_IDENT}
sex: {column: sexo, labels: {Mujer: F, Hombre: M}}
age: {column: edad}
"""
USUAL = {"id": "1", "caso": "1", "fecha": "2019-05-01", "sexo": "Mujer", "edad": "30"}

CountSmall = Callable[..., Counted]


def write_rows(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_workbook(path: Path, sheets: dict[str, list[list]]) -> Path:
    """Write an .xlsx of some sheets, or an .ods of the last."""
    if path.suffix == ".ods":
        return open_document(
            path, [["" if x is None else x for x in row] for row in [*sheets.values()][-1]]
        )
    workbook = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del workbook["Sheet"]
    workbook.save(path)
    return path


def by(counted: Counted, *dimensions: str) -> dict[tuple[str, ...] | str, int]:
    """Return counts by some dimensions."""
    sums = counted.cells.groupby(list(dimensions))["count"].sum()
    return {key: int(number) for key, number in sums.items()}
