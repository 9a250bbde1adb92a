"""Victims by sex and age, by form of exploitation and by citizenship, of the shipped figures."""

import copy
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import pytest
from country_pages import edition, facts, speaker

from pipelines.published.charts import citizenship as citizenship_chart
from pipelines.published.charts import sex_age as sex_age_chart
from pipelines.published.charts.panels_by_part import form_name
from pipelines.published.i18n.language import Language
from pipelines.published.site.figures.view import FigureView
from pipelines.published.site.pages.sections import citizenship, forms, sex_age
from schemas import codelists

SECTIONS = {"sex_age": sex_age, "forms": forms, "citizenship": citizenship}
Query = Callable[[str], list[tuple]]


@cache
def figures(built: Path, section: str, state: str, code: str = "en") -> list[FigureView]:
    """Return the figures of a section of a state."""
    module = SECTIONS[section]
    own = facts(built, module).get(state)
    return module.figures(edition(built), state, own, speaker(built, code))


def one(built: Path, section: str, state: str, source: str, code: str = "en") -> FigureView:
    """Return the figure from one source."""
    (found,) = [each for each in figures(built, section, state, code) if each.source == source]
    return found


def every(built: Path, section: str) -> Iterator[tuple[str, FigureView]]:
    """Yield every figure of a section, with the state."""
    for state in codelists.oas_states():
        for each in figures(built, section, state):
            yield state, each


# Known answers --------------------------------------------------------------------------------

UNODC = "int_unodc_glotip"
HEADLINES = [
    ("sex_age", "ARG", UNODC, "en",
     "Argentina, 2022: 595 women, 524 men, 40 girls, 21 boys, 6 adults of another sex, fewer than "
     "5 children of another sex, fewer than 5 persons of unknown sex and age, among 1 186 "
     "detected victims"),
    ("sex_age", "ARG", "arg_linea145", "pt",
     "Argentina, 2021: 400 mulheres e meninas, 144 homens e meninos, menos de 10 pessoas de outro "
     "sexo, sexo desconhecido (número suprimido), 147 crianças e adolescentes, 470 pessoas "
     "adultas, 48 pessoas de idade desconhecida, entre 665 possíveis vítimas relatadas"),
    ("sex_age", "MEX", UNODC, "fr",
     "Mexique, 2022 : 32 femmes, 12 hommes, 50 filles, 17 garçons, parmi 247 victimes détectées ; "
     "tous sexes confondus : 180 enfants, 44 adultes ; sexe, âge ou les deux non précisés pour le "
     "reste"),
    ("sex_age", "USA", UNODC, "en",
     "United States, 2022: 9 180 women, 2 120 men, 4 101 girls, 652 boys, 241 adults of another "
     "sex, 96 children of another sex, among 16 390 detected victims"),
    ("forms", "BRA", UNODC, "pt",
     "Brasil, vítimas detectadas por forma de exploração em 2022: trabalho forçado, servidão e "
     "escravidão (732); o total publicado para esse ano é menor que uma das suas partes: 539 "
     "vítimas detectadas"),
    ("sex_age", "COL", "col_fiscalia", "en",
     "Colombia, 2025: 1 690 women and girls, 1 451 men and boys, 0 to 13 years (243), 14 to 17 "
     "years (107), 18 to 26 years (405), 27 to 59 years (1 072), 60 years or over (95), among "
     "3 298 recorded victims; for the rest sex, age or both are not stated"),
    ("sex_age", "GUY", UNODC, "en",
     "Guyana, 2021: 174 adults, among 174 detected victims"),
    ("citizenship", "SLV", UNODC, "en",
     "El Salvador, detected victims in 2022: 16 nationals of the country, no foreign citizenship "
     "named; the total printed for that year is smaller than the sum of its parts: 21 detected "
     "victims"),
    ("forms", "ARG", UNODC, "en",
     "Argentina, 2022, 1 186 detected victims by form of exploitation: sexual exploitation (400); "
     "forced labour, servitude and slavery (713); other forms of exploitation (70 to 78)"),
    ("forms", "MEX", UNODC, "en",
     "Mexico, 2022, 247 detected victims by form of exploitation: sexual exploitation (79); forced "
     "labour, servitude and slavery (11); other forms of exploitation (5); form of exploitation of "
     "the rest not stated"),
    ("citizenship", "ARG", UNODC, "en",
     "Argentina, 2022: 891 nationals of the country, 13 foreign citizenships named, among 1 186 "
     "detected victims"),
    ("citizenship", "PER", UNODC, "en",
     "Peru, detected victims in 2020: 561 nationals of the country, no foreign citizenship named; "
     "the total printed for that year is smaller than the sum of its parts: 372 detected victims"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "state", "source", "code", "expected"), HEADLINES)
def test_headline_of_the_newest_year(built, section, state, source, code, expected):
    headline = one(built, section, state, source, code).headline
    assert re.sub("[\u00a0\u202f]", " ", headline) == expected


def test_only_an_equal_figure_counts_as_moved(built):
    """Honduras, 2020: 67 nationals, then 51 under the name of the country."""
    notes = [text for _, text in one(built, "citizenship", "HND", UNODC).notes]
    assert notes[0].endswith("2020: withdrawn by the publisher. The release of 30 May 2023 had 67.")
    notes = [text for _, text in one(built, "citizenship", "GUY", UNODC).notes]
    assert any("now prints this figure under “Guyana”" in text for text in notes)


def test_sums_of_rows_are_in_the_table_between_their_bounds(built):
    shown = one(built, "forms", "ARG", UNODC)
    at = shown.table.columns.index("Other forms of exploitation")
    rows = dict(shown.table.rows)
    bounds = ["7–23", "112–120", "54–62", "128–132", "70–78"]
    assert [rows[str(year)][at].text for year in range(2018, 2023)] == bounds
    assert not any("withheld" in text for _, text in shown.notes)


def test_a_withheld_figure_is_in_the_table_with_one_note(built):
    shown = one(built, "forms", "CRI", UNODC)
    at = shown.table.columns.index("Other forms of exploitation")
    rows = dict(shown.table.rows)
    assert [rows[str(year)][at].text for year in (2017, 2018)] == ["withheld"] * 2
    assert [text for _, text in shown.notes if "S5" in text] == [
        "Other forms of exploitation, 2017–2018: what the publisher prints here failed check S5, "
        "so it is withheld until it is explained. The source prints several figures for what is "
        "one cell here."
    ]


def test_nationals_under_another_name_are_not_withdrawn(built):
    """Argentina, 2021: 1 110 nationals by the country's name before, as a group now."""
    table = one(built, "citizenship", "ARG", UNODC).table
    by_name = dict(zip(table.columns, dict(table.rows)["Argentina"], strict=True))
    assert [word for word, _ in by_name["2021"].remarks] == ["moved to another row"]
    notes = one(built, "citizenship", "ARG", UNODC).notes
    assert notes[0] == (
        1,
        "Citizenship: Argentina, 2019: the publisher now prints this figure under “Nationals of "
        "the reporting country”.",
    )
    assert not any("withdrawn" in text for _, text in notes)


def test_a_note_names_an_unknown_citizenship_once(built):
    notes = [text for _, shown in every(built, "citizenship") for _, text in shown.notes]
    assert any(text.startswith("Citizenship: ") for text in notes)
    assert not any(text.startswith("Citizenship: Citizenship") for text in notes)


def test_a_table_names_the_years_in_which_a_part_is_more_than_the_total(built):
    assert one(built, "sex_age", "COL", UNODC).table.caption == (
        "Detected victims by sex and age, year by year, Colombia. Years in which the sum of the "
        "publisher’s parts exceeds their total or subtotal: 2017"
    )
    assert one(built, "sex_age", "ARG", UNODC).table.caption == (
        "Detected victims by sex and age, year by year, Argentina"
    )


def charts(built: Path, section: str) -> list[FigureView]:
    """Return the figures with a chart; the others have few figures and only a table."""
    drawn = [shown for _, shown in every(built, section) if shown.figure]
    assert len(drawn) > 10
    return drawn


def test_every_chart_of_forms_warns_that_forms_may_overlap(built):
    for shown in charts(built, "forms"):
        (foot,) = [n for n in shown.figure["layout"]["annotations"] if n["name"] == "source"]
        assert "Forms may overlap: do not add them up." in foot["text"].replace("<br>", " ")


@pytest.mark.parametrize("source", ["arg_linea145", UNODC])
def test_a_page_states_why_a_figure_is_suppressed_and_not_by_whom(built, source):
    """It may be the publisher or tipstat, also in one source: UNODC hides what UNSD prints."""
    shown = one(built, "sex_age", "ARG", source)
    words = " ".join([shown.in_words, *(meaning for _, meaning in shown.key)])
    assert "suppressed to protect persons" in words
    assert "suppressed by" not in words


def test_a_break_is_one_of_all_parts_and_runs_through_every_panel(built):
    shown = one(built, "sex_age", "BRA", UNODC)
    panels = [name for name in shown.figure["layout"] if name.startswith("yaxis")]
    rules = [each for each in shown.figure["layout"]["shapes"] if each["name"] == "break"]
    assert {rule["yref"] for rule in rules} == {
        f"{name.replace('axis', '')} domain" for name in panels
    }
    assert {rule["x0"] for rule in rules} == {2016.5}
    assert len([text for _, text in shown.notes if "13.344" in text]) == 1


def test_a_state_without_such_figures_has_none(built):
    assert figures(built, "citizenship", "HTI") == []
    for section in SECTIONS:
        assert speaker(built).say(f"{section}_none", area="Haiti").startswith("Haiti")


# Chart = table = DuckDB -----------------------------------------------------------------------

PARTS = {
    "sex_age": "exploitation = '_T' and citizenship = '_T' and (sex <> '_T' or age <> '_T')",
    "forms": "exploitation <> '_T' and citizenship = '_T' and sex = '_T' and age = '_T'",
    "citizenship": "exploitation = '_T' and citizenship <> '_T' and sex = '_T' and age = '_T'",
}
CODE = {
    "sex_age": "sex || '.' || age",
    "forms": "exploitation",
    "citizenship": "citizenship",
}
Cells = dict[tuple[str, ...], str]


def printed(query: Query, section: str) -> Cells:
    """Return the warehouse's cells by state, source, kind of year, indicator, part and year."""
    rows = query(
        f"select ref_area, source, time_basis, indicator, {CODE[section]}, time_period,"
        f" case when value is not null then value::bigint::varchar when lower > 0 then"
        f" lower::integer || '–' || upper::integer else '<' || (upper + 1)::integer end"
        f" from published.observation where freq = 'A' and {PARTS[section]} and breakdown = '_T'"
        f" and counterpart_role = '_Z' and (value is not null or obs_status like '%Q%')"
        f" and indicator in ('VIC_DETECT', 'VIC_RECORDED', 'VIC_REPORTED')"
        f" and ref_area in (select code from codelist.area where is_oas)"
    )
    return {tuple(row[:-1]): row[-1] for row in rows}


def tabled(built: Path, section: str) -> Cells:
    """Return the same cells as the tables print them."""
    cells: Cells = {}
    for state, shown in every(built, section):
        parts = in_columns(speaker(built, "en"), section, shown)
        basis = shown.frame["time_basis"].iloc[0]
        for part, of_part in parts.items():
            for year, cell in of_part.items():
                if cell.kind in ("figure", "suppressed"):
                    text = cell.text.replace("\u202f", "")
                    indicator = shown.frame["indicator"].iloc[0]
                    cells[state, shown.source, basis, indicator, part, year] = text
    return cells


def in_columns(language: Language, section: str, shown: FigureView) -> dict[str, dict]:
    """Return the cells of a table by code of the part and by year."""
    name = {
        "sex_age": sex_age_chart.name,
        "forms": form_name,
        "citizenship": citizenship_chart.name,
    }
    codes = {name[section](code, language): code for code in set(shown.frame["part"])}
    table = shown.table
    if section == "citizenship":
        return {
            codes[name]: dict(zip(table.columns, cells, strict=True)) for name, cells in table.rows
        }
    return {
        codes[name]: {year: cells[at] for year, cells in table.rows}
        for at, name in enumerate(table.columns)
    }


@pytest.mark.parametrize("section", SECTIONS)
def test_tables_hold_every_published_part_and_no_other(built, query, section):
    expected = printed(query, section)
    assert len(expected) > 500
    assert tabled(built, section) == expected


def test_each_row_of_citizenships_equals_the_newest_year_of_the_table(built):
    for _, shown in every(built, "citizenship"):
        layout = shown.figure["layout"]
        names = {n["y"]: n["text"] for n in layout["annotations"] if n["name"] == "row"}
        drawn = {}
        for trace in shown.figure["data"]:
            for x, y in zip(trace["x"], trace["y"], strict=True):
                exact = f"{x:,.0f}".replace(",", "\u202f")
                drawn[names[y]] = f"<{x + 1}" if trace["type"] == "bar" else exact
        newest = max(
            at
            for _, cells in shown.table.rows
            for at, cell in enumerate(cells)
            if cell.kind in ("figure", "suppressed")
        )
        column = {name.replace("&", "&amp;"): cells[newest] for name, cells in shown.table.rows}
        known = {n: c.text for n, c in column.items() if c.kind in ("figure", "suppressed")}
        assert drawn == known


def test_countries_are_in_the_alphabetical_order_of_the_language(built):
    shown = one(built, "citizenship", "ARG", UNODC, "es")
    names = [name for name, _ in shown.table.rows]
    assert names[0] == "Nacionales del país declarante"
    assert names.index("Brasil") < names.index("Chile") < names.index("Perú")
    assert names[-1] == "Nacionalidad desconocida"


# The figures themselves -----------------------------------------------------------------------


@pytest.mark.parametrize("section", SECTIONS)
def test_plotly_takes_the_figures(built, section):
    for state in ("ARG", "BRA", "CHL"):
        for shown in figures(built, section, state):
            go.Figure(shown.figure)
            assert shown.headline
            assert shown.in_words.endswith(".")


def heights_of_a_person(figure: dict) -> list[float]:
    """Return the pixels per person in each panel."""
    layout = figure["layout"]
    plot = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    axes = [axis for name, axis in layout.items() if name.startswith("yaxis")]
    return [
        plot * (axis["domain"][1] - axis["domain"][0]) / (axis["range"][1] - axis["range"][0])
        for axis in axes
    ]


def test_a_person_is_as_high_in_each_panel(built):
    for section in ("sex_age", "forms"):
        for shown in charts(built, section):
            first, *others = heights_of_a_person(shown.figure)
            assert others == pytest.approx([first] * len(others), rel=1e-6)


def test_a_stretched_panel_would_be_found(built):
    figure = copy.deepcopy(one(built, "sex_age", "ARG", UNODC).figure)
    figure["layout"]["yaxis3"]["range"][1] /= 2
    heights = heights_of_a_person(figure)
    assert heights[2] == pytest.approx(2 * heights[0])
