"""The workbooks: every cell as in the warehouse, and nothing else.

What depends on names is compared in one language for each state, all else in English.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pytest
from invented_extracts import FORMULAS, OTHERS, SHOWN_FIGURE
from warehouse_copies import changed
from written_workbooks import opened, rows

from pipelines.published.extracts import ExportError
from pipelines.published.extracts.build import build_extracts
from pipelines.words import interface_text
from pipelines.words.interface_text import labels as words

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
PUBLISHER = {"en": "publisher", "es": "publisher_es", "pt": "publisher_pt", "fr": "publisher_fr"}
ENGLISH = words("en")


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
        f"obs_status_name, {ATTRIBUTES}, def_scope_name, flags_name, comment, "
        f"named.{PUBLISHER[language]}, "
        "source, release, locator, provenance_name "
        f"from published.named('published.observation', '{language}') "
        f"join main.source as named using (source), {NONE.format(language)} "
        f"where country = '{area}' and freq <> 'M'"
    )
    wanted = []
    for row in expected:
        *labels, period, value, status, printed, lower, upper = row[:16]
        shown = figure(value, status, printed)
        quoted = row[22] and words(language)["comment_quoted"].format(text=row[22])
        row = (*row[:21], row[21] or None, quoted, *row[23:])
        bounds = (lower, upper) if isinstance(shown, str) else (None, None)
        counted, source = (int(period), *labels[3:], shown, *bounds), row[24]
        wanted.append((*labels[:3], source, *counted, *row[16:24], *row[25:]))
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert found


@pytest.mark.parametrize("area", ["ARG", "ATG", "MEX"])
def test_each_indicator_and_year_has_one_figure_to_cite(extracts, query: Query, area: str) -> None:
    found = rows(opened(extracts, area), "cited")
    expected = query(
        "select indicator_name, year, coalesce(value_raw, value::bigint::varchar), "
        "value, obs_status_name, time_basis_name, def_scope_name, publisher, source, release, "
        "locator, provenance_name, citation_reason_name "
        "from published.named('published.national_series', 'en') "
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
        f"obs_status, value_raw from published.named('published.observation', 'en'), "
        f"{NONE.format('en')} "
        f"where country = '{area}' and freq = 'M'"
    )
    wanted = [(*row[:-3], figure(*row[-3:])) for row in expected]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert found


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


def test_definitions_are_those_of_the_codes_in_use(extracts: Path, query: Query) -> None:
    found = rows(opened(extracts, "JAM"), "definitions")
    heading = ENGLISH["column_indicator_name"]
    expected = query(
        "select distinct code, name_en, definition from codelist.indicator "
        "join published.observation on indicator = code where country = 'JAM'"
    )
    spaced = [(*names, text.replace("100,000", "100\u202f000")) for *names, text in expected]
    assert sorted(row[1:] for row in found if row[0] == heading) == sorted(spaced)
    statuses = {row[1] for row in found if row[0] == ENGLISH["column_obs_status_name"]}
    assert {"A", "Q"} <= statuses
    assert "Q;B" not in statuses


def test_sources_have_release_terms_and_citation(extracts: Path, query: Query) -> None:
    found = rows(opened(extracts, "COL"), "sources")
    expected = query(
        "select distinct source, about.publisher, about.title, release, provenance_name, "
        "left(retrieved, 10), "
        "counted_en, licence_en, release.citation, about.address, null "
        "from (select source, release, country from published.observation union "
        "select source, release, ref_area from published.assessment) "
        "join main.source as about using (source) "
        "join published.named('main.release', 'en') as release using (source, release) "
        "where country = 'COL'"
    )
    day = interface_text.language("en").day
    written = [
        (*row[:8], row[8].replace(f"release of {row[3]}", f"release of {day(row[3])}"), *row[9:])
        for row in expected
    ]
    assert sorted(found) == sorted(written)


@pytest.mark.parametrize("area", ["COL", "USA"])
def test_assessments_have_a_row_a_statement_and_signs(
    extracts: Path, query: Query, area: str
) -> None:
    """Where a list is cut, where a government judges itself, where the place is weak."""
    found = rows(opened(extracts, area), "assessments")
    signs = sum(row.count("×") for row in found)
    assert [(len(found), signs)] == query(
        "select count(*), count(*) filter (is_cut) + count(*) filter (report.is_self) "
        "+ count(*) filter (coalesce(said.is_weak, report.is_weak)) "
        "from published.assessment as report "
        "left join published.assessment_statement as said using (source, ref_area, report_year) "
        f"where report.ref_area = '{area}'"
    )


def test_a_state_without_a_chapter_has_no_sheet_of_assessments(extracts: Path) -> None:
    assert {ENGLISH["sheet_assessments"]} <= {*opened(extracts, "COL").sheetnames}
    assert ENGLISH["sheet_assessments"] not in opened(extracts, "DMA").sheetnames


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
    parts = (str(months), str(lines), "<5", ENGLISH["sheet_cited"], "csv/en")
    for part in (*parts, "1 December 2026"):
        assert part in mexico
    assert ENGLISH["not_prevalence"] in antigua
    assert ENGLISH["sheet_months"] not in antigua
    assert "{" not in mexico + antigua


def test_a_state_without_figures_has_a_workbook_that_says_so(
    hostile: Path, hostile_extracts: Path
) -> None:
    book = opened(hostile_extracts, "BRB")
    assert book.sheetnames == ["Summary", "Figures", "Notes"]
    summary = [cell.value for _, cell, *_ in book["Summary"].iter_rows()]
    with duckdb.connect(hostile, read_only=True) as connection:
        [(sentence,)] = connection.execute(
            "select text from published.answer join published.sentence using (area, question) "
            "where form = 'NO_SOURCE' and area = 'BRB' and language = 'en'"
        ).fetchall()
    assert sentence in summary
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
    longer = "update harmonised.observation set comment = repeat('long ', 9999)"
    long = changed(hostile, tmp_path, longer, "observation")
    with pytest.raises(ExportError, match="Figures, row 2: too long for a workbook"):
        build_extracts(long, tmp_path / "out", ["excel"])
    assert not (tmp_path / "out").exists()
