"""The workbooks: every cell as in the warehouse, and nothing else.

What depends on names is compared in one language for each state, all else in English.
"""

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
DEFINED = (
    "sex", "age", "exploitation", "citizenship", "counterpart_role", "breakdown", "obs_status",
    "unit_measure", "count_unit", "time_basis", "def_scope",
)  # fmt: skip
"""Dimensions and attributes whose definitions are among the texts of extracts."""

ATTRIBUTES = "unit_measure_name, count_unit_name, time_basis_name"
PUBLISHER = {"en": "publisher", "es": "publisher_es", "pt": "publisher_pt", "fr": "publisher_fr"}
SHEETS = ("summary", "data", "cited", "months", "definitions", "sources", "notes")
ENGLISH = words("en")
OTHER_LANGUAGES = [language for language in codelists.LANGUAGES if language != "en"]


def opened(extracts: Path, area: str, language: str = "en") -> Workbook:
    return openpyxl.load_workbook(extracts / "excel" / language / f"{area}.xlsx")


def rows(book: Workbook, sheet: str, language: str = "en") -> list[tuple]:
    """Return the rows of a sheet below its heading."""
    return list(book[words(language)[f"sheet_{sheet}"]].iter_rows(min_row=2, values_only=True))


def figure(value: float | None, status: str, printed: str) -> float | str | None:
    """Return the cell in the column of figures."""
    return printed if "Q" in status.split(";") else value


@pytest.mark.parametrize(
    ("language", "area"), [("en", "ARG"), ("es", "ATG"), ("pt", "JAM"), ("fr", "PER")]
)
def test_every_figure_is_there_in_words(extracts, query: Query, language: str, area: str) -> None:
    found = rows(opened(extracts, area, language), "data", language)
    expected = query(
        f"select {LABELS}, time_period, value, obs_status, value_raw, lower, upper, "
        f"obs_status_name, {ATTRIBUTES}, def_scope_name, comment, named.{PUBLISHER[language]}, "
        f"source, release, locator from published.observation_{language} "
        f"join main.source as named using (source), {NONE.format(language)} "
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


@pytest.mark.parametrize("area", ["ARG", "ATG", "MEX"])
def test_each_indicator_and_year_has_one_figure_to_cite(extracts, query: Query, area: str) -> None:
    found = rows(opened(extracts, area), "cited")
    expected = query(
        "select indicator_name, year, coalesce(value_raw, value::bigint::varchar), "
        "value, obs_status_name, time_basis_name, publisher, source, release, locator, "
        "citation_reason_name from published.national_series_en "
        f"join main.source using (source) where ref_area = '{area}'"
    )
    wanted = [(*row[:2], row[2] if row[3] is None else row[3], *row[4:]) for row in expected]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert found


@pytest.mark.parametrize("area", ["MEX", "PER"])
def test_every_monthly_figure_is_there(extracts: Path, query: Query, area: str) -> None:
    found = [
        (*line[:10], line[24], line[25], line[26], f"{line[10]}-{month:02}", cell)
        for line in rows(opened(extracts, area), "months")
        for month, cell in enumerate(line[11:23], start=1)
        if cell is not None
    ]
    expected = query(
        f"select {LABELS}, count_unit_name, def_scope_name, source, time_period, value, "
        f"obs_status, value_raw from published.observation_en, {NONE.format('en')} "
        f"where country = '{area}' and freq = 'M'"
    )
    wanted = [(*row[:-3], figure(*row[-3:])) for row in expected]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert found


def test_months_are_columns_beside_the_year(extracts: Path) -> None:
    sheet = opened(extracts, "MEX", "es")[words("es")["sheet_months"]]
    headings = [cell.value for cell in sheet[1]]
    assert headings[10:23] == [
        "Año", "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
    ]  # fmt: skip
    years = {line[10] for line in sheet.iter_rows(min_row=2, values_only=True)}
    assert {2015, 2025} <= years


def test_numbers_are_numbers(extracts: Path) -> None:
    sheet = opened(extracts, "ARG")[ENGLISH["sheet_data"]]
    [place] = [cell.column for cell in sheet[1] if cell.value == ENGLISH["column_figure"]]
    cells = [cell for (cell,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place)]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert texts
    assert all(re.fullmatch(r"<=?[0-9]+|<?[0-9,]+( \+ <?[0-9,]+)+", text) for text in texts)
    numbers = [cell.value for cell in cells if cell.data_type == "n" and cell.value is not None]
    assert 8551 in numbers
    assert all(isinstance(value, int | float) for value in numbers)
    assert {cell.alignment.horizontal for cell in cells if cell.value is not None} == {"right"}
    assert {cell.number_format for cell in cells if cell.data_type == "n"} == {"#,##0"}


def test_only_rates_have_decimals(extracts: Path) -> None:
    sheet = opened(extracts, "CAN")[ENGLISH["sheet_data"]]
    formats = {
        cell.number_format: float(cell.value).is_integer()
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.data_type == "n" and cell.value is not None and cell.number_format != "General"
    }
    assert formats == {"#,##0": True, "#,##0.00": False}


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_every_sheet_prints_in_landscape_on_one_page_wide(extracts: Path, language: str) -> None:
    for area in ("ATG", "MEX"):
        book = opened(extracts, area, language)
        name = codelists.labels("area", language)[area].replace("&", "&&")
        for sheet in book:
            setup = sheet.page_setup
            assert (setup.orientation, setup.fitToWidth) == ("landscape", None)  # the default, 1
            assert setup.fitToHeight == (None if sheet == book.worksheets[0] else 0)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.oddHeader.left.text == name
            assert sheet.oddHeader.right.text == "&A"
            assert sheet.oddFooter.right.text == "&P / &N"
            assert sheet.max_column <= 40
        for sheet in book.worksheets[1:-1]:
            assert sheet.print_title_rows == "$1:$1"


def test_a_column_is_hidden_only_if_nothing_is_in_it(extracts: Path) -> None:
    sheet = opened(extracts, "BRA")[ENGLISH["sheet_data"]]
    empty = [column for column in sheet.columns if all(cell.value is None for cell in column[1:])]
    hidden = {letter for letter, column in sheet.column_dimensions.items() if column.hidden}
    assert {column[0].column_letter for column in empty} == hidden
    assert hidden


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_headings_and_sheets_are_in_the_language(extracts: Path, language: str) -> None:
    book = opened(extracts, "MEX", language)
    texts = words(language)
    assert book.sheetnames == [texts[f"sheet_{name}"] for name in SHEETS]
    assert book.active == book.worksheets[0]
    data = book[texts["sheet_data"]]
    headings = [cell.value for cell in data[1]]
    assert {texts["column_figure"], texts["remark"], texts["source_release"]} <= set(headings)
    assert not [
        name for name in book.sheetnames if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name)
    ]
    for sheet in book.worksheets[1:-1]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.value for cell in sheet[1])
    assert book.properties.created == datetime(2026, 11, 24)
    assert book.properties.title == data.parent.worksheets[-1]["A1"].value


def test_definitions_are_those_of_the_codes_in_use(extracts: Path, query: Query) -> None:
    found = rows(opened(extracts, "JAM"), "definitions")
    heading = ENGLISH["column_indicator_name"]
    expected = query(
        "select distinct code, name_en, definition from codelist.indicator "
        "join published.observation on indicator = code where country = 'JAM'"
    )
    assert sorted(row[1:] for row in found if row[0] == heading) == sorted(expected)
    statuses = {row[1] for row in found if row[0] == ENGLISH["column_obs_status_name"]}
    assert {"A", "Q"} <= statuses
    assert "Q;B" not in statuses


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
@pytest.mark.parametrize("area", ["COL", "MEX"])
def test_no_definition_is_in_english(extracts: Path, area: str, language: str) -> None:
    english = {row[3] for row in rows(opened(extracts, area), "definitions")}
    found = [row[3] for row in rows(opened(extracts, area, language), "definitions", language)]
    assert all(found)
    assert english.isdisjoint(found)


def test_every_code_in_use_has_a_translated_definition(query: Query) -> None:
    used = {
        f"definition_{dimension}_{code}".lower()
        for dimension in DEFINED
        for (codes,) in query(f"select distinct {dimension} from published.observation")
        for code in codes.split(";")
        if code in codelists.codes(dimension)  # else an area
    }
    texts = interface_text.labels("extract_text", "en")
    assert {code for code in texts if code.startswith("definition_")} == used
    for dimension in DEFINED:
        definitions = codelists.load(dimension).set_index("code")["definition"]
        for code, definition in definitions.items():
            key = f"definition_{dimension}_{code}".lower()
            assert texts.get(key, definition) == definition


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_publisher_title_and_citation_are_in_the_language(
    extracts: Path, query: Query, language: str
) -> None:
    [(publisher, title)] = query(
        f"select publisher_{language}, title_{language} from main.source "
        "where source = 'int_unsd_sdg'"
    )
    book = opened(extracts, "ARG", language)
    [(found, found_title, release, cited)] = {
        (row[1], row[2], row[3], row[7])
        for row in rows(book, "sources", language)
        if row[0] == "int_unsd_sdg"
    }
    assert (found, found_title) == (publisher, title)
    texts = words(language)
    assert cited == texts["release_cited"].format(
        citation=texts["citation_int_unsd_sdg"], release=release
    )
    assert publisher in {row[20] for row in rows(book, "data", language)}


def test_sources_have_release_terms_and_citation(extracts: Path, query: Query) -> None:
    found = rows(opened(extracts, "COL"), "sources")
    expected = query(
        "select distinct source, observation.publisher, title, release, left(retrieved, 10), "
        "counted_en, licence_en, observation.citation, address, null "
        "from published.observation join main.source using (source) "
        "join main.release using (source, release) where country = 'COL'"
    )
    assert sorted(found) == sorted(expected)


def test_a_source_that_was_not_refreshed_says_so(hostile_extracts: Path) -> None:
    [(*_, day)] = rows(opened(hostile_extracts, "ARG"), "sources")
    assert day == "2025-01-01"


def test_notes_say_what_must_be_known(extracts: Path, query: Query) -> None:
    def notes(area: str) -> str:
        sheet = opened(extracts, area)[ENGLISH["sheet_notes"]]
        return "\n".join(cell.value for (cell,) in sheet.iter_rows())

    mexico, antigua = notes("MEX"), notes("ATG")
    [(months,)] = query(
        "select count(value) + count(*) filter (obs_status like 'Q%') from published.observation "
        "where country = 'MEX' and freq = 'M'"
    )
    [(lines,)] = query(
        "select count(*) from published.observation where country = 'MEX' and freq <> 'M'"
    )
    parts = (str(months), str(lines), "<5", ENGLISH["sheet_cited"], "csv/observation_en.csv")
    for part in (*parts, "2026-11-24"):
        assert part in mexico
    assert ENGLISH["not_prevalence"] in antigua
    assert ENGLISH["sheet_months"] not in antigua
    assert "{" not in mexico + antigua


def test_a_state_without_figures_has_a_workbook_that_says_so(hostile_extracts: Path) -> None:
    book = opened(hostile_extracts, "BRB")
    assert book.sheetnames == ["Summary", "Figures", "Notes"]
    summary = [cell.value for (cell, *_) in book["Summary"].iter_rows()]
    assert (
        "Barbados: no yearly total of detected victims of trafficking in this database." in summary
    )
    assert book["Figures"].max_row == 1
    notes = [cell.value for (cell,) in book["Notes"].iter_rows()]
    assert {ENGLISH["note_no_figures"], ENGLISH["empty_meaning"]} <= {*notes}
    assert ENGLISH["not_prevalence"] not in notes


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


def test_every_text_is_used(extracts: Path) -> None:
    """All but definitions, and texts that no workbook of the shipped figures needs."""
    shown = set()
    for area in ("ARG", "BHS", "BRA", "HTI", "LCA", "MEX", "USA"):
        for sheet in opened(extracts, area):
            shown |= {cell.value for row in sheet.iter_rows() for cell in row} | {sheet.title}
            shown |= {sheet.oddFooter.left.text}
    texts = "\n".join(str(text) for text in shown)
    idle = {
        code
        for code, text in interface_text.labels("extract_text", "en").items()
        if not re.search(re.sub(r"\\{\w+\\}", ".*", re.escape(text)), texts)
    }
    assert {code for code in idle if not code.startswith("definition_")} == {
        "note_no_figures", "summary_none", "summary_one", "summary_trend_falling",
        "summary_trend_no_verdict_across_jump",
    }  # fmt: skip
