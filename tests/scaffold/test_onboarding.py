"""A ministry's file of each usual shape becomes a source that reads it, before anything is edited.

What `tipstat new-source` writes is run as it is: metadata and fixture.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
import xlsxwriter
import yaml

from pipelines import scaffold
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.lib import settings
from pipelines.reader import declared, unfinished
from pipelines.reader.source_metadata import read_source
from pipelines.sources import File, FileRefusedError, Publication, discover
from schemas import codelists

Rows = list[list]


class Shape(NamedTuple):
    """A file, and some of what must become of it: area, period, sex, age, form and value."""

    write: Callable[[Path], Path]
    rows: int
    known: set[tuple]
    found: Mapping[str, object] = MappingProxyType({})  # some fields of its layout
    indicator: str = "VIC_RECORDED"
    identity: str = "per_example"
    basis: str = "CY"


def text(name: str, *lines: str, encoding: str = "utf-8") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return write


def book(**sheets: tuple[Rows, list[tuple]]) -> Callable[[Path], Path]:
    """Write a workbook: rows by sheet, and merged cells as first and last row and column."""

    def write(folder: Path) -> Path:
        path = folder / "cuadro.xlsx"
        with xlsxwriter.Workbook(path) as made:
            for name, (rows, merged) in sheets.items():
                sheet = made.add_worksheet(name.replace("_", " "))
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
                for top, left, bottom, right in merged:
                    sheet.merge_range(top, left, bottom, right, rows[top][left])
        return path

    return write


MERGED: Rows = [
    ["Víctimas de trata por departamento, 2019 y 2020"],
    [],
    ["Departamento", "2019", "", "2020", "", "Total"],
    ["", "Mujeres", "Hombres", "Mujeres", "Hombres", ""],
    ["Lima", 10, 11, 12, 13, 46],
    ["Total", 11, 13, 15, 17, 56],
    ["Fuente: Policía Nacional"],
]
SHAPES = {
    "long": Shape(
        text("largo.csv", "Año;Departamento;Sexo;Edad;Víctimas",
             "2019;Lima;Mujer;0 a 17 años;1.204",
             "2019;Lima;Hombre;Adultos (18 y más);<5", "2020;Total;Total;Total;37",
             encoding="latin-1"),
        3,
        {("PE-LIM", "2019", "F", "Y0T17", "_T", 1204), ("PER", "2020", "_T", "_T", "_T", 37)},
        {"encoding": "latin-1", "delimiter": ";"},
    ),
    "wide years and footnotes": Shape(
        text("anual.csv", "Cuadro 5. Víctimas,,,", "", "Sexo,2019,2020,2021 p/", "Total,10,20,30",
             "Mujeres,6,12,18", "Fuente: Ministerio, 2022", "p/ preliminar"),
        6,
        {("PER", "2021", "F", "_T", "_T", 18), ("PER", "2019", "_T", "_T", "_T", 10)},
        {"notes": True, "header": ["Sexo"]},
    ),
    "two-row merged header": Shape(
        book(Cuadro_1=(MERGED, [(2, 1, 2, 2), (2, 3, 2, 4), (2, 0, 3, 0), (2, 5, 3, 5)])),
        8,
        {("PE-LIM", "2020", "M", "_T", "_T", 13), ("PER", "2019", "F", "_T", "_T", 11)},
        {"header_rows": 2, "used": ["Departamento"]},
    ),
    "quarters and years": Shape(
        text("trimestres.csv", "Período,Casos", "2019,100", "I trimestre 2020,30",
             "II trimestre 2020,31"),
        3,
        {("PER", "2019", "_T", "_T", "_T", 100), ("PER", "2020-Q2", "_T", "_T", "_T", 31)},
        indicator="INC_RECORDED",
    ),
    "fiscal years": Shape(
        text("fiscal.csv", "Reference period,Sex,Cases", "2010/11,Total,12", "2011/12,Total,13",
             "2012/13,Total,14"),
        3,
        {("CAN", "2010", "_T", "_T", "_T", 12), ("CAN", "2012", "_T", "_T", "_T", 14)},
        identity="can_example",
        basis="FY0401",
    ),
    "years with marks in a merged header": Shape(
        book(Cuadro_1=([["Víctimas rescatadas, 2019-2021*"], [],
                        ["Provincia", "2019(r)", "", "2021 (1)", ""],
                        ["", "Mujeres", "Varones", "Mujeres", "Varones"],
                        ["Salta", 10, 11, 12, 13], ["Total", 11, 13, 15, 17],
                        ["(1) Datos provisorios"]], [(2, 1, 2, 2), (2, 3, 2, 4), (2, 0, 3, 0)])),
        8,
        {("AR-A", "2021", "M", "_T", "_T", 13), ("ARG", "2019", "F", "_T", "_T", 11)},
        identity="arg_example",
    ),
    "years with marks": Shape(
        text("notas.csv", "Víctimas de trata,,", "Sexo,2022(r),2023*", "Total,\"1.204\",812",
             "Mujer,1.003,<5"),
        4,
        {("DOM", "2022", "F", "_T", "_T", 1003), ("DOM", "2023", "_T", "_T", "_T", 812)},
        identity="dom_example",
    ),
    "quarters by number": Shape(
        text("numeros.csv", "AÑO,TRIMESTRE,CASOS", "2020,1,10", "2020,2,12", "2021,1,14"),
        3,
        {("PER", "2020-Q2", "_T", "_T", "_T", 12)},
    ),
    "months in columns": Shape(
        text("meses.csv", "Año,Sexo,Enero,Febrero,Total", "2020,Mujer,1,2,3"),
        3,
        {("PER", "2020-02", "F", "_T", "_T", 2), ("PER", "2020", "F", "_T", "_T", 3)},
    ),
    "Open SDG": Shape(
        text("indicator_16-2-2.csv", "Year,Units,Series,Sex,Value", "2019,Number,Detected,,10",
             "2019,Number,Detected,Female,6", "2019,Number,Detected,Male,4"),
        3,
        {("PER", "2019", "_T", "_T", "_T", 10), ("PER", "2019", "F", "_T", "_T", 6)},
    ),
    "year in the title": Shape(
        book(Hoja1=([["Ministerio"], ["Víctimas de trata, año 2023"], [], ["Sexo", "Edad", "Total"],
                     ["Mujeres", "Menores de edad", 10], ["", "Adultos", 11],
                     ["Hombres", "Menores de edad", 5], ["", "Adultos", 6]], [])),
        4,
        {("PER", "2023", "F", "Y_GE18", "_T", 11), ("PER", "2023", "M", "Y0T17", "_T", 5)},
        {"fill_down": ["Sexo"]},
    ),
    "a sheet for each year": Shape(
        book(Notas=([["Ficha técnica"]], []),
             Año_2021=([["Forma", "Víctimas"], ["Explotación sexual", 10], ["Total", 12]], []),
             Año_2022=([["Forma", "Víctimas"], ["Explotación sexual", 13], ["Total", 15]], [])),
        4,
        {("PER", "2021", "_T", "_T", "SX", 10), ("PER", "2022", "_T", "_T", "_T", 15)},
        {"sheets": r"Año (?P<year>\d{4})"},
    ),
    "a first column without a name": Shape(
        text("esquina.csv", ",Mujeres,Hombres,Total", "2019,5,6,11", "2020,7,8,15"),
        6,
        {("PER", "2019", "F", "_T", "_T", 5), ("PER", "2020", "_T", "_T", "_T", 15)},
        {"header": ["column 1"]},
    ),
    "brackets in the names of columns": Shape(
        text("notas.csv", "Año (1),Víctimas (*", "2019,10", "2020,11"),
        2,
        {("PER", "2020", "_T", "_T", "_T", 11)},
    ),
    "many states": Shape(
        text("paises.csv", "Country,2019,2020", "Peru,10,11", "Bolivia,5,6", "France,20,21"),
        4,
        {("PER", "2020", "_T", "_T", "_T", 11), ("BOL", "2019", "_T", "_T", "_T", 5)},
        identity="int_example",
    ),
}  # fmt: skip


@pytest.fixture(params=SHAPES)
def shape(request: pytest.FixtureRequest) -> Shape:
    return SHAPES[request.param]


def test_a_new_source_reads_its_sample_and_its_fixture(tmp_path: Path, shape: Shape) -> None:
    sample = shape.write(tmp_path)
    metadata, fixture, publication = begun(tmp_path, sample, shape)
    assert metadata["layouts"][0].items() >= shape.found.items()
    found = harmonise(publication, "2025-01-01", File(sample))
    assert found.quarantine["message"].tolist() == []
    assert len(found.rows) == shape.rows
    columns = ["ref_area", "time_period", "sex", "age", "exploitation", "value"]
    assert shape.known <= {*found.rows[columns].astype(object).itertuples(index=False, name=None)}
    assert found.added == ()
    invented = harmonise(publication, "2025-01-01", File(fixture))
    assert (len(invented.rows), len(invented.quarantine)) == (shape.rows, 0)
    assert invented.rows["value_raw"].tolist() != found.rows["value_raw"].tolist()


def begun(folder: Path, sample: Path, shape: Shape, **changed: str) -> tuple:
    """Write a new source into a folder; return its metadata, its fixture, and what reads it."""
    answers = replace(answered(shape), **changed)
    with settings.elsewhere(folder):
        path, fixture = scaffold.write(sample, answers)
        with pytest.raises(FileExistsError):
            scaffold.write(sample, answers)
    source = read_source(path)
    publication = Publication(source, partial(declared.tidy, source, {}))
    return yaml.safe_load(path.read_text(encoding="utf-8")), fixture, publication


def answered(shape: Shape) -> scaffold.Answers:
    return scaffold.Answers(
        shape.identity, 'Ministerio: "Ejemplos", #1', "Título", "https://example.org/",
        "https://example.org/x", shape.indicator, "POLICE", shape.basis, "PALERMO", "true", "true",
    )  # fmt: skip


def quarantined(found: Harmonised) -> list[tuple]:
    return list(found.quarantine[["found", "rule"]].itertuples(index=False, name=None))


def test_an_open_sdg_file_is_declared_as_one(tmp_path: Path) -> None:
    lines = ["Year,Level,Units,Value", "2019,,Number,10", "2019,Female,Number,6",
             "2019,17 Years and Under,Number,4", "2019,Other kind,Number,2"]  # fmt: skip
    sample = text("indicator_16-2-2.csv", *lines)(tmp_path)
    metadata, _, publication = begun(tmp_path, sample, Shape(text("x"), 0, set()))
    assert metadata["open_sdg"] == {
        "ref_area": "PER", "indicator": "VIC_RECORDED", "unit": "Number",
        "disaggregations": {"Level": {"labels": {
            "Female": {"sex": "F"}, "17 Years and Under": {"age": "Y0T17"},
            "Other kind": {"exploitation": "FILL IN: a code of schemas/codelists/exploitation.csv"},
        }}},
    }  # fmt: skip
    assert "tables" not in metadata
    found = harmonise(publication, "2025-01-01", File(sample))
    assert found.rows[["sex", "age", "value"]].astype(str).values.tolist() == [
        ["_T", "_T", "10.0"], ["F", "_T", "6.0"], ["_T", "Y0T17", "4.0"],
    ]  # fmt: skip
    assert quarantined(found) == [("Other kind", "codes_are_listed")]


def test_labels_that_no_list_knows_are_to_be_filled_in_and_kept_out(tmp_path: Path) -> None:
    lines = ["Año,Sexo,Edad,Víctimas", "2019,Mujer,0 a 5 años,6", "2019,Travesti,18 y más,7"]
    sample = text("etiquetas.csv", *lines)(tmp_path)
    metadata, _, publication = begun(tmp_path, sample, Shape(text("x"), 0, set()))
    cells = metadata["tables"][0]["cells"]
    assert cells["sex"]["labels"] == {
        "Mujer": "F", "Travesti": "FILL IN: a code of schemas/codelists/sex.csv",
    }  # fmt: skip
    assert cells["age"]["labels"]["0 a 5 años"].startswith(
        "FILL IN: Y0T5, once schemas/codelists/age.csv has the line Y0T5,0 to 5 years,"
    )
    line = cells["age"]["labels"]["0 a 5 años"].rpartition("has the line ")[2]
    assert len(line.split(",")) == len(codelists.load("age").columns)
    left = unfinished.left_open(publication.source)
    assert sum("tables[0].cells.sex.labels.Travesti" in each for each in left) == 1
    found = harmonise(publication, "2025-01-01", File(sample))
    assert {rule for _, rule in quarantined(found)} == {"codes_are_listed"}
    assert found.rows.empty


def test_nothing_is_proposed_without_an_entry(tmp_path: Path) -> None:
    """Each guess has its line in `proposed`; what is left is answered or to be filled in."""
    sample = SHAPES["two-row merged header"].write(tmp_path)
    metadata, _, publication = begun(tmp_path, sample, SHAPES["two-row merged header"])
    places = [each.partition(": ")[0] for each in metadata["proposed"]]
    assert {*places} == {
        "licence.en", "counted.en", "caution.en", "cadence_days", "number_locale",
        "layouts.0.used", "layouts.0.wide", "layouts.0.notes", "layouts.0.minimum_rows",
        "tables.0.cells.ref_area.column", "tables.0.cells.ref_area.whole",
        "tables.0.cells.time_period.column", "tables.0.cells.sex.column", "tables.0.figure",
    }  # fmt: skip
    with pytest.raises(FileRefusedError, match="and 18 more"):
        unfinished.refuse_unfinished(publication.source)


def test_a_mark_at_a_year_is_a_status_or_a_question(tmp_path: Path) -> None:
    lines = ["Sexo,2021,2022 p/,2023*", "Mujer,10,12,14", "Varón,1,2,3"]
    sample = text("marcas.csv", *lines)(tmp_path)
    metadata, _, publication = begun(tmp_path, sample, Shape(text("x"), 0, set()))
    found = harmonise(publication, "2025-01-01", File(sample)).rows
    assert found["time_period"][found["obs_status"] == "P"].unique().tolist() == ["2022"]
    assert sum("the mark '*'" in each for each in metadata["proposed"]) == 1


def test_the_words_of_the_nearest_source_are_a_pattern(tmp_path: Path) -> None:
    sample = SHAPES["quarters by number"].write(tmp_path)
    cases = {"indicator": "INV_OPENED", "coll_method": "PROSEC"}
    metadata, *_ = begun(tmp_path, sample, SHAPES["quarters by number"], **cases)
    like = discover()["per_mpfn"].source
    assert metadata["counted"]["pt"] == like.counted.pt
    assert any(
        each.startswith("counted.en: ") and "per_mpfn" in each for each in metadata["proposed"]
    )


def test_a_column_that_is_not_understood_is_named_and_its_labels_are_not_shown(
    tmp_path: Path,
) -> None:
    lines = ["Año,Comisaría,Víctimas", *(f"2019,Comisaría de Juan {n},{n}" for n in range(3))]
    sample = text("comisarias.csv", *lines)(tmp_path)
    metadata, fixture, _ = begun(tmp_path, sample, Shape(text("x"), 0, set()))
    assert any("column 'Comisaría' is in no cell" in each for each in metadata["proposed"])
    assert "Juan" not in fixture.read_text(encoding="utf-8")


PROVINCES = [
    "Provincia,2021,2022",
    "Salta,61,62",
    '"Fuego, A. e I.A.S.",73 (r),74',
    "Total país,8,9",
]


def test_no_figure_of_the_sample_is_in_the_fixture_and_unknown_places_are_named(
    tmp_path: Path,
) -> None:
    sample = text("provincias.csv", *PROVINCES)(tmp_path)
    shape = Shape(text("x"), 0, set(), identity="arg_example")
    metadata, fixture, _ = begun(tmp_path, sample, shape)
    assert not {"61", "62", "73", "74", "8", "9"} & {
        *re.findall(r"\d+", fixture.read_text("utf-8"))
    }
    area = {"column": "Provincia", "subdivisions": "ARG", "whole": "Total país"}
    assert metadata["tables"][0]["cells"]["ref_area"] == area
    assert (
        sum("'Fuego, A. e I.A.S.' is no subdivision" in each for each in metadata["proposed"]) == 1
    )


def test_a_file_whose_total_of_the_country_is_denied_is_refused(tmp_path: Path) -> None:
    sample = text("provincias.csv", *PROVINCES)(tmp_path)
    shape = Shape(text("x"), 0, set(), identity="arg_example")
    with pytest.raises(FileRefusedError, match="has the whole country, 'Total país': answer"):
        begun(tmp_path, sample, shape, whole="false")


def test_a_file_about_a_part_of_a_state_is_none_about_the_state(tmp_path: Path) -> None:
    sample = text("lima.csv", "Año,Víctimas", "2019,10", "2020,12")(tmp_path)
    shape = Shape(text("x"), 0, set())
    metadata, _, publication = begun(tmp_path, sample, shape, nationwide="false", whole="false")
    assert metadata["nationwide"] is False
    area = metadata["tables"][0]["cells"]["ref_area"]
    assert area == "FILL IN: the code of ISO 3166-2 of the part that the figures are about"
    assert unfinished.left_open(publication.source)


@pytest.mark.parametrize(
    ("identity", "lines"),
    [
        ("per_example", ["Año,País,Víctimas", "2019,España,10", "2020,España,12"]),
        ("int_example", ["Country,2019,2020", "Spain,10,11", "France,20,21"]),
    ],
)
def test_a_file_of_a_state_elsewhere_is_refused(
    tmp_path: Path, identity: str, lines: list[str]
) -> None:
    sample = text("otro.csv", *lines)(tmp_path)
    with pytest.raises(FileRefusedError, match="no figure of another state is taken in"):
        begun(tmp_path, sample, Shape(text("x"), 0, set(), identity=identity))


@pytest.mark.parametrize(
    ("lines", "unit", "fits"),
    [
        (["Año,Unidad,Valor", "2019,Número,10", "2020,Número,12"], "says 'Número'", "VIC_DETECT"),
        (["Year,Units,Value", '2019,"Per 100,000 population",0.6',
          '2020,"Per 100,000 population",0.7'], "Per 100,000", "VIC_DETECT_RATE"),
        (["Año,Tasa por 100 000 habitantes", "2019,10", "2020,12"], "Tasa", "VIC_DETECT_RATE"),
        (["Año,Víctimas", "2019,\"0,61\"", "2020,\"0,72\""], "a fraction", "VIC_DETECT_RATE"),
        (["Año,Víctimas", "2019,1.204", "2020,2.000"], "", "VIC_DETECT"),
    ],
)  # fmt: skip
def test_the_unit_decides_which_indicators_may_be_answered(
    tmp_path: Path, lines: list[str], unit: str, fits: str
) -> None:
    found = scaffold.unit_of(text("unidad.csv", *lines)(tmp_path))
    assert unit in found.why
    assert fits in found.indicators
    assert ({"VIC_DETECT", "VIC_DETECT_RATE"} <= {*found.indicators}) == (not unit)


def test_percentages_are_not_taken_in(tmp_path: Path) -> None:
    """As counts they would be cells of zero victims."""
    sample = text("partes.csv", "Año,Víctimas", "2019,0.0 %", "2020,0.0 %", "2021,0.0 %")(tmp_path)
    with pytest.raises(FileRefusedError, match="its figures have a '%', and no indicator is"):
        scaffold.unit_of(sample)
    _, _, publication = begun(tmp_path, sample, Shape(text("x"), 0, set()))
    found = harmonise(publication, "2025-01-01", File(sample))
    assert found.rows.empty
    assert {rule for _, rule in quarantined(found)} == {"figure_has_one_reading"}


def test_numbers_that_a_workbook_shows_as_percentages_are_not_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "partes.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, percent = made.add_worksheet(), made.add_format({"num_format": "0.0 %"})
        for number, row in enumerate((["Año", "Víctimas"], [2019, 0.0], [2020, 0.0])):
            sheet.write_row(number, 0, row)
            sheet.write(number, 1, row[1], percent)
    with pytest.raises(FileRefusedError, match="its figures have a '%', and no indicator is"):
        scaffold.unit_of(path)


def test_a_wrong_period_or_sign_in_one_cell_does_not_change_how_the_table_is_read(
    tmp_path: Path,
) -> None:
    lines = ["Año,Mes,Sexo,Víctimas", "2019,1,Mujer,\"1,204\"", "2019,2,Mujer,1 003",
             "2O19,3,Mujer,\"2.0,1\"", "2019,l4,Mujer,37", "2020,1,Mujer,5"]  # fmt: skip
    sample = text("errores.csv", *lines)(tmp_path)
    metadata, _, publication = begun(tmp_path, sample, Shape(text("x"), 0, set()))
    assert "wide" not in metadata["layouts"][0]
    found = harmonise(publication, "2025-01-01", File(sample))
    assert found.rows["value"].tolist() == [1204, 1003, 5]
    assert {*found.quarantine["row"].str.extract(r'"row":(\d+)')[0]} == {"4", "5"}
