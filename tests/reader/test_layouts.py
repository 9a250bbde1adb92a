"""A source's layout copes with the shapes in which ministries print tables, and guesses nothing."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from other_workbooks import old_workbook, open_document

from pipelines.reader.coded_columns import UnknownCodeError
from pipelines.reader.files import File, FileTable, read_table
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.rows import Rows
from pipelines.sources import discover
from schemas.source import FormerLayout, Layout, Source

INE = discover()["pry_ine"]


def source(**layout) -> Source:
    return replace(INE.source, id="per_example", layouts=(of(**layout),))


def of(**layout) -> Layout:
    return Layout(**{"file": "tabla.csv", "minimum_rows": 1, **layout})


def text(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "tabla.csv"
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def cells(found: FileTable, *columns: str) -> list[tuple]:
    return list(found.frame[[*columns, "row"]].itertuples(index=False, name=None))


def refused(path: Path, given: Source) -> str:
    with pytest.raises(FileRefusedError) as caught:
        read_table(path, given)
    return str(caught.value).removeprefix(f"{path}: ")


TITLES = ("Ministerio del Interior,,", '"Víctimas, por sexo",,', "")
BELOW = ("2019,M,5", "", "2020,M,6")


def test_titles_above_a_text_table_and_notes_below_it(tmp_path: Path) -> None:
    notes = ("", "Fuente: Policía Nacional, registros", "* provisional")
    path = text(tmp_path, *TITLES, "Año,Sexo,Cifra", *BELOW, *notes)
    found = read_table(path, source(header=("Año", "Sexo", "Cifra"), notes=True))
    assert cells(found, "Año", "Cifra") == [("2019", "5", 5), ("2020", "6", 7)]
    assert found.unread == {"note_below_the_table": 2}


@pytest.mark.parametrize("line", ["Fuente: Policía Nacional", "2020,H"])
def test_a_line_that_is_no_row_is_refused_unless_it_is_a_note(tmp_path: Path, line: str) -> None:
    path = text(tmp_path, "Año,Sexo,Cifra", *BELOW, line)
    assert "not a readable table" in refused(path, source(header=("Año", "Sexo", "Cifra")))
    middle = text(tmp_path, "Año,Sexo,Cifra", "Fuente: Policía", *BELOW)
    given = source(header=("Año", "Sexo", "Cifra"), notes=True)
    assert "row 2 is a note, since it has too few cells" in refused(middle, given)


MERGED = [
    ["Víctimas de trata", "", "", "", "", ""],
    ["Departamento", "2019", "", "2020", "", "Total"],
    ["", "Mujeres", "Hombres", "Mujeres", "Hombres", ""],
    ["Lima", 3, 4, 5, 6, 18],
]
TWO_ROWS = {
    "header": ("Departamento",),
    "header_rows": 2,
    "wide": r"(?P<Año>\d{4}) / (?P<Sexo>.+)",
    "file": "tabla.xlsx",
    "sheet": "Datos",
}


def merged_workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Datos")
        for row, line in enumerate(MERGED):
            sheet.write_row(row, 0, line)
        for first, last, name in ((1, 2, "2019"), (3, 4, "2020")):
            sheet.merge_range(1, first, 1, last, name)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_a_header_over_two_rows_with_merged_cells(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"tabla.{kind}"
    if kind == "csv":
        lines = [",".join(map(str, row)) for row in MERGED]
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        {"xlsx": lambda at, _: merged_workbook(at), "xls": old_workbook, "ods": open_document}[
            kind
        ](path, MERGED)
    rows = Rows(File(path), source(**TWO_ROWS))
    rows.unpivot("Cifra")
    found = rows.raw[["Departamento", "Año", "Sexo", "Cifra"]].to_numpy().tolist()
    assert found == [
        ["Lima", "2019", "Mujeres", "3"], ["Lima", "2019", "Hombres", "4"],
        ["Lima", "2020", "Mujeres", "5"], ["Lima", "2020", "Hombres", "6"],
    ]  # fmt: skip
    assert read_table(path, source(**TWO_ROWS)).added == ("Total",)


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_other_workbooks_are_read_with_their_places_and_errors(tmp_path: Path, kind: str) -> None:
    write = {"xls": old_workbook, "ods": open_document}[kind]
    rows = [["", ""], ["", "Trata"], ["", "Año", "Cifra"], ["", 2019, 5], ["", 2020, None]]
    given = source(header=("Año", "Cifra"), file="tabla.xls")
    path = write(tmp_path / f"tabla.{kind}", rows[:-1])
    assert cells(read_table(path, given), "Año", "Cifra") == [("2019", "5", 4)]
    path = write(tmp_path / f"error.{kind}", rows)
    assert "cell C5 holds an error" in refused(path, given)


@pytest.mark.parametrize(("locale", "printed"), [("es_AR", "1,204"), ("en_US", "1.204")])
def test_a_number_in_a_workbook_is_no_text_with_thousands(
    tmp_path: Path, locale: str, printed: str
) -> None:
    with xlsxwriter.Workbook(tmp_path / "tabla.xlsx") as book:
        sheet = book.add_worksheet()
        for row, cell in enumerate(["Tasa", 1.204, 11.8, 1204, printed]):
            sheet.write(row, 0, cell)
    given = replace(source(file="tabla.xlsx", header=("Tasa",)), number_locale=locale)
    rows = Rows(File(tmp_path / "tabla.xlsx"), given)
    figures = rows.figure("Tasa")
    assert list(figures["value"]) == [1.204, 11.8, 1204, 1.204]
    assert figures["value_raw"][0] == printed


def test_a_number_shown_as_a_percentage_is_no_count(tmp_path: Path) -> None:
    """A cell that shows 0.0 % holds 0, and would be read as no victims."""
    with xlsxwriter.Workbook(tmp_path / "tabla.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["Cifra", 7])
        for row, form in enumerate(["0%", "0.0 %", '0.0"%"', "General"], start=2):
            sheet.write(row, 0, 0, book.add_format({"num_format": form}))
    rows = Rows(File(tmp_path / "tabla.xlsx"), source(file="tabla.xlsx", header=("Cifra",)))
    assert rows.raw["Cifra"].tolist() == ["7", "0 %", "0 %", "0 %", "0"]
    found = rows.tidy(ref_area="PER", **rows.figure("Cifra"))
    assert found.problems["rule"].tolist() == ["figure_has_one_reading"] * 3


def test_the_figure_table_of_wide_years_keeps_a_new_year(tmp_path: Path) -> None:
    given = source(header=("Sexo",), wide=r"(?P<Año>\d{4})")
    first = read_table(text(tmp_path, "Sexo,2019,2020", "M,1,2"), given)
    assert first.layout.figure_columns == ("Sexo", "2019", "2020")
    table = text(tmp_path, "row,Sexo,2019,2020,2021", "2,M,1,2,3")
    assert read_table(table, given).layout.figure_columns == ("Sexo", "2019", "2020", "2021")


def test_the_year_of_a_title(tmp_path: Path) -> None:
    given = source(header=("Sexo", "Cifra"), title=r"trata, (?P<Año>\d{4})")
    path = text(tmp_path, "'Víctimas de trata, 2023',".replace("'", '"'), "Sexo,Cifra", "M,5")
    assert cells(read_table(path, given), "Año", "Sexo") == [("2023", "M", 3)]
    again = text(tmp_path, "row,Sexo,Cifra,Año", "3,M,5,2023")
    assert cells(read_table(again, given), "Año", "Sexo") == [("2023", "M", 3)]
    other = text(tmp_path, "Víctimas de trata", "Sexo,Cifra", "M,5")
    assert "no title above the header in row 2 matches" in refused(other, given)


def test_sheets_of_years_are_one_table(tmp_path: Path) -> None:
    path = tmp_path / "tabla.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for year, figures in (("2022", [1]), ("Notas", []), ("2023", [2, 3])):
            sheet = book.add_worksheet(year)
            sheet.write_row(0, 0, ["Sexo", "Cifra"] if figures else ["Ficha"])
            for row, figure in enumerate(figures, start=1):
                sheet.write_row(row, 0, ["FM"[row - 1], figure])
    given = source(header=("Sexo", "Cifra"), sheets=r"(?P<Año>\d{4})", file="tabla.xlsx")
    rows = Rows(File(path), given)
    tidy = rows.tidy(ref_area="PER", time_period=rows.raw["Año"].array, **rows.figure("Cifra"))
    assert tidy.rows["time_period"].tolist() == ["2022", "2023", "2023"]
    assert tidy.rows["locator"].tolist() == [
        "tabla.xlsx, sheet 2022, row 2", "tabla.xlsx, sheet 2023, row 2",
        "tabla.xlsx, sheet 2023, row 3",
    ]  # fmt: skip
    again = text(tmp_path, "row,Sexo,Cifra,Año,sheet", "2000003,M,3,2023,2023")
    rows = Rows(File(again, "tabla.xlsx"), given)
    assert rows.tidy(ref_area="PER", **rows.figure("Cifra")).rows["locator"].tolist() == [
        "tabla.xlsx, sheet 2023, row 3"
    ]


def test_blank_group_cells_are_filled_down_only_where_declared(tmp_path: Path) -> None:
    path = text(tmp_path, "Depto,Sexo,Cifra", "Lima,M,1", ",H,2", ",,", "Puno,M,3")
    named = {"header": ("Depto", "Sexo", "Cifra")}
    plain = cells(read_table(path, source(**named)), "Depto")
    assert plain == [("Lima", 2), ("", 3), ("Puno", 5)]
    filled = cells(read_table(path, source(**named, fill_down=("Depto",))), "Depto")
    assert filled == [("Lima", 2), ("Lima", 3), ("Puno", 5)]


def test_an_optional_column_may_lack_and_an_added_one_is_named(tmp_path: Path) -> None:
    given = source(header=("Año", "Cifra"), optional=("Nota",))
    found = read_table(text(tmp_path, "Año,Cifra,Región", "2019,5,Sur"), given)
    assert cells(found, "Año", "Nota") == [("2019", "", 2)]
    assert found.added == ("Región",)


def test_the_nearest_layout_is_taken_not_the_first_that_fits(tmp_path: Path) -> None:
    """A table of persons with a renamed column is not read as the table without that column."""
    both = replace(
        source(header=("Año", "Sexo", "Edad", "Cifra")),
        layouts=(of(header=("Año", "Sexo", "Edad", "Cifra")), of(header=("Año", "Cifra"))),
    )
    path = text(tmp_path, "Año,Género,Edad,Cifra", "2019,M,9,5")
    assert "column 'Sexo' is missing (" in refused(path, both)


YEAR_AND_FIGURE = source(header=("Año", "Víctimas"))


@pytest.mark.parametrize(
    ("lines", "encoding", "given", "words"),
    [
        (["Año,Víctimas", "2019,5"], "latin-1", YEAR_AND_FIGURE, "this source publishes UTF-8"),
        (["Año;Víctimas", "2019;5"], "utf-8", YEAR_AND_FIGURE,
         "separated by semicolons, expected commas"),
        (["x", "Año,Víctimas", "2019,5"], "utf-8",
         source(header=("Año", "Víctimas"), header_rows=2),
         "the header is in row 2; expected 2 rows of header"),
        (["Year,Victims", "2017,5"], "utf-8",
         replace(YEAR_AND_FIGURE,
                 former_layouts=(FormerLayout(before="2019", header=("Year", "Victims")),)),
         "this is the layout of per_example before 2019"),
        (["", "Año,Victimas", "2019,5"], "utf-8", YEAR_AND_FIGURE,
         "the header is in row 2; column 'Víctimas' is missing; the nearest in this file is "
         "'Victimas'"),
        (["Año,Victimarios", "2019,Juan"], "utf-8", YEAR_AND_FIGURE,
         "column 'Víctimas' is missing ("),
    ],
    ids=["latin-1", "separator", "height", "former", "accent", "other kind"],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong(
    tmp_path: Path, lines: list[str], encoding: str, given: Source, words: str
) -> None:
    assert words in refused(text(tmp_path, *lines, encoding=encoding), given)


def tidied(folder: Path, **given) -> pd.DataFrame:
    path = text(folder, "Año,Sexo,País,Cifra", "2019,Mujer,Perú,5", "2019,Mujer,Francia,6")
    rows = Rows(File(path), source(header=("Año", "Sexo", "País", "Cifra")))
    area = rows.recode("País", {"Perú": "PER", "Francia": "FRA"}, "ref_area")
    sex = rows.recode("Sexo", {"Mujer": given.get("sex", "F")}, "sex")
    columns = {"ref_area": area, "indicator": given.get("indicator", "VIC_DETECT"), "sex": sex}
    return rows.tidy(time_period=rows.raw["Año"].array, **columns, **rows.figure("Cifra")).problems


def test_a_state_outside_the_oas_is_refused_as_what_it_is(tmp_path: Path) -> None:
    [problem] = tidied(tmp_path).to_dict("records")
    assert (problem["line"], problem["found"]) == (1, "FRA")
    assert problem["message"].startswith("France is none of the 35 states of the Americas")


def test_a_code_that_no_list_has_is_named_with_column_label_and_remedy(tmp_path: Path) -> None:
    first = tidied(tmp_path, sex="W").iloc[0]
    assert (first["line"], first["column"], first["found"]) == (0, "Sexo", "Mujer")
    assert first["message"] == (
        "'Mujer' becomes 'W', no code of schemas/codelists/sex.csv: correct it, or add a line "
        "'W,...' there"
    )
    with pytest.raises(UnknownCodeError, match="did you mean VIC_DETECT"):
        tidied(tmp_path, indicator="VIC_DETECTED")
