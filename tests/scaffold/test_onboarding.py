"""A ministry's file of each usual shape becomes a source that reads it, before anything is edited.

What `tipstat new-source` writes is run as it is: metadata, module and fixture.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter

from pipelines import scaffold
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.sources import File, Publication
from pipelines.warehouse import parts_and_totals
from schemas.contract import CONTRACTS

Rows = list[list]


class Shape(NamedTuple):
    """A file, and some of what must become of it: area, period, sex, age, form and value."""

    write: Callable[[Path], Path]
    rows: int
    known: set[tuple]
    words: tuple[str, ...] = ()
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
        ("encoding: latin-1", "delimiter: ;"),
    ),
    "wide years and footnotes": Shape(
        text("anual.csv", "Cuadro 5. Víctimas,,,", "", "Sexo,2019,2020,2021 p/", "Total,10,20,30",
             "Mujeres,6,12,18", "Fuente: Ministerio, 2022", "p/ preliminar"),
        6,
        {("PER", "2021", "F", "_T", "_T", 18), ("PER", "2019", "_T", "_T", "_T", 10)},
        ("notes: true", "header: [Sexo]"),
    ),
    "two-row merged header": Shape(
        book(Cuadro_1=(MERGED, [(2, 1, 2, 2), (2, 3, 2, 4), (2, 0, 3, 0), (2, 5, 3, 5)])),
        8,
        {("PE-LIM", "2020", "M", "_T", "_T", 13), ("PER", "2019", "F", "_T", "_T", 11)},
        ("header_rows: 2", "used: [Departamento]"),
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
        ("fill_down: [Sexo]",),
    ),
    "a sheet for each year": Shape(
        book(Notas=([["Ficha técnica"]], []),
             Año_2021=([["Forma", "Víctimas"], ["Explotación sexual", 10], ["Total", 12]], []),
             Año_2022=([["Forma", "Víctimas"], ["Explotación sexual", 13], ["Total", 15]], [])),
        4,
        {("PER", "2021", "_T", "_T", "SX", 10), ("PER", "2022", "_T", "_T", "_T", 15)},
        ('sheets: "Año (?P<year>',),
    ),
    "a first column without a name": Shape(
        text("esquina.csv", ",Mujeres,Hombres,Total", "2019,5,6,11", "2020,7,8,15"),
        6,
        {("PER", "2019", "F", "_T", "_T", 5), ("PER", "2020", "_T", "_T", "_T", 15)},
        ("header: [column 1]",),
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
    [_, metadata, fixture], publication = begun(tmp_path, sample, shape)
    assert all(words in metadata.read_text(encoding="utf-8") for words in shape.words)
    found = harmonise(publication, "2025-01-01", File(sample))
    assert found.quarantine["message"].tolist() == []
    assert len(found.rows) == shape.rows
    columns = ["ref_area", "time_period", "sex", "age", "exploitation", "value"]
    assert shape.known <= {*found.rows[columns].astype(object).itertuples(index=False, name=None)}
    assert found.added == ()
    invented = harmonise(publication, "2025-01-01", File(fixture))
    assert (len(invented.rows), len(invented.quarantine)) == (shape.rows, 0)
    assert invented.rows["value_raw"].tolist() != found.rows["value_raw"].tolist()


def begun(folder: Path, sample: Path, shape: Shape) -> tuple[list[Path], Publication]:
    """Write a new source into a folder, and execute its module."""
    (folder / "pipelines" / "sources").mkdir(parents=True)
    answers = answered(shape)
    written = scaffold.write(scaffold.begin(sample, answers), folder)
    module: dict = {"__file__": str(written[0])}
    exec(written[0].read_text(encoding="utf-8"), module)
    with pytest.raises(FileExistsError):
        scaffold.write(scaffold.begin(sample, answers), folder)
    return written, Publication(module["SOURCE"], module["tidy"])


def answered(shape: Shape) -> scaffold.Answers:
    return scaffold.Answers(
        shape.identity, 'Ministerio: "Ejemplos", #1', "Título", "https://example.org/",
        "https://example.org/x", shape.indicator, "POLICE", shape.basis, "PALERMO",
        "false",
    )  # fmt: skip


def quarantined(found: Harmonised) -> list[tuple]:
    return list(found.quarantine[["found", "rule"]].itertuples(index=False, name=None))


def test_labels_that_no_list_knows_are_to_be_filled_in_and_kept_out(tmp_path: Path) -> None:
    lines = ["Año,Sexo,Edad,Víctimas", "2019,Mujer,0 a 5 años,6", "2019,Travesti,18 y más,7"]
    sample = text("etiquetas.csv", *lines)(tmp_path)
    shape = Shape(text("x"), 0, set())
    [module, *_], publication = begun(tmp_path, sample, shape)
    code = module.read_text(encoding="utf-8")
    assert '# FILL IN the code of "Travesti": see schemas/codelists/sex.csv' in code
    assert '"Mujer": "F",  # CONFIRM: Female' in code
    found = harmonise(publication, "2025-01-01", File(sample))
    assert quarantined(found) == [
        ("0 a 5 años", "codes_are_listed"), ("Travesti", "labels_are_known"),
    ]  # fmt: skip


def test_a_column_that_is_not_understood_is_named_and_its_labels_are_not_shown(
    tmp_path: Path,
) -> None:
    lines = ["Año,Comisaría,Víctimas", *(f"2019,Comisaría de Juan {n},{n}" for n in range(3))]
    sample = text("comisarias.csv", *lines)(tmp_path)
    [module, _, fixture], _ = begun(tmp_path, sample, Shape(text("x"), 0, set()))
    assert 'FILL IN: column "Comisaría": read it' in module.read_text(encoding="utf-8")
    assert "Juan" not in fixture.read_text(encoding="utf-8")


def test_no_figure_of_the_sample_is_in_the_fixture_and_places_are_lines_to_paste(
    tmp_path: Path,
) -> None:
    lines = [
        "Provincia,2021,2022",
        "Salta,61,62",
        '"Fuego, A. e I.A.S.",73 (r),74',
        "Total país,8,9",
    ]
    sample = text("provincias.csv", *lines)(tmp_path)
    shape = Shape(text("x"), 0, set(), identity="arg_example")
    [module, _, fixture], _ = begun(tmp_path, sample, shape)
    assert not {"61", "62", "73", "74"} & {*re.findall(r"\d+", fixture.read_text("utf-8"))}
    assert 'subdivisions("ARG", whole="Total país")' in module.read_text("utf-8")
    steps = scaffold.next_steps(scaffold.begin(sample, answered(shape)), [])
    assert '\n  ARG,"Fuego, A. e I.A.S.",?\n\n' in steps


def test_a_wrong_period_or_sign_in_one_cell_does_not_change_how_the_table_is_read(
    tmp_path: Path,
) -> None:
    lines = ["Año,Mes,Sexo,Víctimas", "2019,1,Mujer,\"1,204\"", "2019,2,Mujer,1 003",
             "2O19,3,Mujer,\"2.0,1\"", "2019,l4,Mujer,37", "2020,1,Mujer,5"]  # fmt: skip
    sample = text("errores.csv", *lines)(tmp_path)
    shape = Shape(text("x"), 0, set())
    [_, metadata, _], publication = begun(tmp_path, sample, shape)
    assert "wide:" not in metadata.read_text(encoding="utf-8")
    found = harmonise(publication, "2025-01-01", File(sample))
    assert found.rows["value"].tolist() == [1204, 1003, 5]
    assert {*found.quarantine["row"].str.extract(r'"row":(\d+)')[0]} == {"4", "5"}
    steps = scaffold.next_steps(scaffold.begin(sample, answered(shape)), [])
    for words in (
        "column 'Año', row 4: '2O19' is no period",
        "column 'Mes', row 5: 'l4' is no part of a year",
        "column 'Víctimas', row 4: '2.0,1' is not a figure as in es_PE",
    ):
        assert words in steps


def test_the_parts_of_the_fixture_add_up(tmp_path: Path) -> None:
    lines = ["Año,Departamento,Sexo,Edad,Víctimas", "2019,Total,Total,Total,\"1,204\"",
             "2019,Total,Mujer,Total,\"1,201\"", "2019,Total,Hombre,Total,<5",
             "2019,Total,Total,0 a 17 años,4", "2019,Total,Total,18 y más,\"1,200\"",
             "2020,Total,Total,Total,40", "2020,Lima,Total,Total,20",
             "2020,Cusco,Total,Total,20"]  # fmt: skip
    shape = Shape(text("x"), 0, set())
    [_, _, fixture], publication = begun(tmp_path, text("partes.csv", *lines)(tmp_path), shape)
    found = harmonise(publication, "2025-01-01", File(fixture))
    assert len(found.rows) == len(lines) - 1
    assert parts_and_totals.new_cases(CONTRACTS["observation"], found, []).empty
