"""The workbooks: every cell as the warehouse has it, in four languages, and nothing else."""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from conftest import changed
from invented_extracts import FORMULAS, OTHERS, SHOWN_FIGURE
from openpyxl.workbook import Workbook

from pipelines.published.extracts import ExportError
from pipelines.published.extracts.build import build_extracts
from pipelines.published.i18n import interface_text
from pipelines.published.i18n.extract_words import words
from schemas import codelists

Query = Callable[[str], list[tuple]]

LABELS = (
    "ref_area, ref_area_name, indicator_name, sex_name, age_name, exploitation_name, "
    "citizenship_name, nullif(counterpart_role_name, none.role), "
    "nullif(counterpart_area_name, none.area), nullif(breakdown_name, none.breakdown)"
)
NONE = (
    "(select (select name_{0} from codelist.counterpart_role where code = '_Z') as role, "
    "(select name_{0} from codelist.area where code = '_Z') as area, "
    "(select name_{0} from codelist.breakdown where code = '_T') as breakdown) as none"
)
ATTRIBUTES = "unit_measure_name, count_unit_name, time_basis_name"
languages = pytest.mark.parametrize("language", codelists.LANGUAGES)
states = pytest.mark.parametrize("area", ["ARG", "ATG", "JAM", "PER"])


def opened(extracts: Path, language: str, area: str) -> Workbook:
    return openpyxl.load_workbook(extracts / "excel" / language / f"{area}.xlsx")


def rows(book: Workbook, sheet: str, language: str) -> list[tuple]:
    """The rows of a sheet below its heading."""
    return list(book[words(language)[f"sheet_{sheet}"]].iter_rows(min_row=2, values_only=True))


def figure(value: float | None, status: str, printed: str) -> float | str | None:
    """What stands in the column of figures."""
    return printed if "Q" in status.split(";") else value


@languages
@states
def test_every_figure_is_there_in_words(
    extracts: Path, query: Query, language: str, area: str
) -> None:
    found = rows(opened(extracts, language, area), "data", language)
    expected = query(
        f"select {LABELS}, time_period, value, obs_status, value_raw, lower, upper, "
        f"obs_status_name, {ATTRIBUTES}, def_scope_name, comment, publisher, source, release, "
        f"locator from published.observation_{language}, {NONE.format(language)} "
        f"where country = '{area}' and freq <> 'M'"
    )
    wanted = []
    for row in expected:
        *labels, period, value, status, printed, lower, upper = row[:16]
        shown = figure(value, status, printed)
        bounds = (lower, upper) if isinstance(shown, str) else (None, None)
        wanted.append((*labels[:3], int(period), *labels[3:], shown, *bounds, *row[16:]))
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert found


@languages
@pytest.mark.parametrize("area", ["ARG", "ATG", "MEX"])
def test_there_is_one_figure_to_cite_of_each_indicator_and_year(
    extracts: Path, query: Query, language: str, area: str
) -> None:
    found = rows(opened(extracts, language, area), "cited", language)
    expected = query(
        "select indicator_name, year, coalesce(value_raw, value::bigint::varchar), "
        "value, obs_status_name, time_basis_name, publisher, source, release, locator, "
        f"citation_reason_name from published.national_series_{language} "
        f"join main.source using (source) where ref_area = '{area}'"
    )
    wanted = [(*row[:2], row[2] if row[3] is None else row[3], *row[4:]) for row in expected]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert found


@languages
@pytest.mark.parametrize("area", ["MEX", "PER"])
def test_every_monthly_figure_is_there(
    extracts: Path, query: Query, language: str, area: str
) -> None:
    sheet = opened(extracts, language, area)[words(language)["sheet_months"]]
    heading, *lines = sheet.iter_rows(values_only=True)
    found = [
        (*line[:10], *line[11:15], line[16], month, cell)
        for line in lines
        for month, cell in zip(heading[18:], line[18:], strict=True)
        if cell is not None
    ]
    expected = query(
        f"select {LABELS}, {ATTRIBUTES}, def_scope_name, source, time_period, value, obs_status, "
        f"value_raw from published.observation_{language}, {NONE.format(language)} "
        f"where country = '{area}' and freq = 'M'"
    )
    wanted = [(*row[:-3], figure(*row[-3:])) for row in expected]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert found


def test_numbers_are_numbers(extracts: Path) -> None:
    sheet = opened(extracts, "pt", "ARG")[words("pt")["sheet_data"]]
    [place] = [cell.column for cell in sheet[1] if cell.value == words("pt")["column_figure"]]
    cells = [cell for (cell,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place)]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert texts
    assert all(re.fullmatch(r"<=?[0-9]+|<?[0-9,]+( \+ <?[0-9,]+)+", text) for text in texts)
    numbers = [cell.value for cell in cells if cell.data_type == "n" and cell.value is not None]
    assert 8551 in numbers
    assert all(isinstance(value, int | float) for value in numbers)


@languages
def test_headings_and_sheets_are_in_the_language(extracts: Path, language: str) -> None:
    book = opened(extracts, language, "MEX")
    said = words(language)
    names = ("data", "cited", "months", "definitions", "sources", "notes")
    assert book.sheetnames == [said[f"sheet_{name}"] for name in names]
    data = book[said["sheet_data"]]
    headings = [cell.value for cell in data[1]]
    assert {said["column_figure"], said["remark"], said["source_release"]} <= set(headings)
    for sheet in book.worksheets[:-1]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.value for cell in sheet[1])
    assert book.properties.created == datetime(2026, 11, 24)
    assert book.properties.title == data.parent.worksheets[-1]["A1"].value


@languages
def test_definitions_are_those_of_the_codes_in_use(
    extracts: Path, query: Query, language: str
) -> None:
    found = rows(opened(extracts, language, "JAM"), "definitions", language)
    heading = words(language)["column_indicator_name"]
    expected = query(
        f"select distinct code, name_{language}, definition from codelist.indicator "
        "join published.observation on indicator = code where country = 'JAM'"
    )
    assert sorted(row[1:] for row in found if row[0] == heading) == sorted(expected)
    statuses = {row[1] for row in found if row[0] == words(language)["column_obs_status_name"]}
    assert {"A", "Q"} <= statuses
    assert "Q;B" not in statuses


@languages
def test_sources_have_release_terms_and_citation(
    extracts: Path, query: Query, language: str
) -> None:
    found = rows(opened(extracts, language, "COL"), "sources", language)
    expected = query(
        f"select distinct source, observation.publisher, title, release, left(retrieved, 10), "
        f"counted_{language}, licence_{language}, observation.citation, address, null "
        "from published.observation join main.source using (source) "
        "join main.release using (source, release) where country = 'COL'"
    )
    assert sorted(found) == sorted(expected)


@languages
def test_a_source_that_was_not_refreshed_says_so(hostile_extracts: Path, language: str) -> None:
    [(*_, day)] = rows(opened(hostile_extracts, language, "ARG"), "sources", language)
    assert day == "2025-01-01"


@languages
def test_notes_say_what_must_be_known(extracts: Path, query: Query, language: str) -> None:
    def notes(area: str) -> str:
        sheet = opened(extracts, language, area)[words(language)["sheet_notes"]]
        return "\n".join(cell.value for (cell,) in sheet.iter_rows())

    mexico, antigua = notes("MEX"), notes("ATG")
    [(months,)] = query(
        "select count(value) + count(*) filter (obs_status like 'Q%') from published.observation "
        "where country = 'MEX' and freq = 'M'"
    )
    [(lines,)] = query(
        "select count(*) from published.observation where country = 'MEX' and freq <> 'M'"
    )
    cited = words(language)["sheet_cited"]
    for part in (
        str(months),
        str(lines),
        "<5",
        cited,
        f"csv/observation_{language}.csv",
        "2026-11-24",
    ):
        assert part in mexico
    assert words(language)["not_prevalence"] in antigua
    assert words(language)["sheet_months"] not in antigua
    assert "{" not in mexico + antigua


def test_a_state_without_figures_has_a_workbook_that_says_so(hostile_extracts: Path) -> None:
    book = opened(hostile_extracts, "es", "BRB")
    assert book.sheetnames == ["Cifras", "Notas"]
    assert book["Cifras"].max_row == 1
    notes = [cell.value for (cell,) in book["Notas"].iter_rows()]
    assert words("es")["note_no_figures"] in notes
    assert words("es")["empty_meaning"] in notes
    assert words("es")["not_prevalence"] not in notes


def test_a_text_is_never_a_formula_nor_a_link(hostile_extracts: Path) -> None:
    path = hostile_extracts / "excel" / "en" / "ARG.xlsx"
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book["Figures"].iter_rows(min_row=2) for cell in row]
    for text in (*FORMULAS, *OTHERS):
        [cell] = [cell for cell in cells if cell.value == text]
        assert cell.data_type == "s"
        assert cell.hyperlink is None
    assert SHOWN_FIGURE in [cell.value for cell in cells]
    assert 0.5 in [cell.value for cell in cells]
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name)
            assert "externalLink" not in name


def test_a_text_that_a_sheet_cannot_hold_is_not_cut(hostile: Path, tmp_path: Path) -> None:
    long = changed(
        hostile, tmp_path, "update harmonised.observation set comment = repeat('long ', 9999)"
    )
    with pytest.raises(ExportError, match="Figures, row 2: too long for a workbook"):
        build_extracts(long, tmp_path / "out", ["excel"])
    assert not (tmp_path / "out").exists()


# The words ----------------------------------------------------------------------------------


@languages
def test_names_of_sheets_are_such_as_excel_takes(language: str) -> None:
    names = [text for code, text in words(language).items() if code.startswith("sheet_")]
    assert len(set(names)) == len(names) == 6
    assert [name for name in names if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name)] == []


def test_every_text_has_the_same_placeholders_in_each_language() -> None:
    uneven = [
        row["code"]
        for row in interface_text.load("extract_text").to_dict("records")
        if len({
            frozenset(re.findall(r"{(\w+)}", row[f"name_{code}"])) for code in codelists.LANGUAGES
        }) > 1
    ]  # fmt: skip
    assert uneven == []


def test_every_text_is_used(extracts: Path) -> None:
    """In English, but for a text that no workbook of the shipped figures needs."""
    shown = set()
    for area in ("ARG", "MEX"):
        for sheet in opened(extracts, "en", area):
            shown |= {cell.value for row in sheet.iter_rows() for cell in row} | {sheet.title}
    texts = {str(text) for text in shown}
    idle = [
        code
        for code, text in interface_text.labels("extract_text", "en").items()
        if not any(re.fullmatch(re.sub(r"\\{\w+\\}", ".*", re.escape(text)), one) for one in texts)
    ]
    assert idle == ["note_no_figures"]
