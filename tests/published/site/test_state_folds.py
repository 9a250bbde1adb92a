"""The folds of a state's page: needs, treaties, every series, links to compare."""

from dataclasses import replace
from pathlib import Path

import pytest
from country_pages import facts, state_of
from parsed_page import Page

from pipelines.published.series import Point, Series
from pipelines.published.site.facts.totals import Totals
from pipelines.published.site.pages import country
from pipelines.published.site.pages.state import folds
from pipelines.words.disclosure import Kind

QUESTIONNAIRE = (
    "from the international questionnaire, which asks all states alike; no authority of the "
    "state has as long a series with a later year"
)


def test_what_is_missing_is_counted_and_dated(built: Path) -> None:
    found = folds.of(state_of(built, "BRA"))
    assert found.missing == "5 steps"
    assert "2014–2023" in found.needs[0][1]


def test_what_a_file_spoils_is_no_need_and_says_which_table(built: Path) -> None:
    """Trinidad and Tobago: UNODC's table by age is kept out; totals stand."""
    found = folds.of(state_of(built, "TTO"))
    assert "persons prosecuted, by age, 2019" in found.kept_out[0]
    assert "(UNODC)" in found.kept_out[0]


def test_treaties_of_suriname_have_their_dates(built: Path) -> None:
    found = folds.of(state_of(built, "SUR", "fr"))
    assert found.treaties
    dates = {treaty: cells[1].text for treaty, cells in found.treaties.rows}
    assert dates["Protocole de Palerme"] == "25 mai 2007"
    assert dates["Convention de l’OIT sur le travail forcé, 1930 (n° 29)"] == "15 juin 1976"
    assert found.joined == "partie aux 5, fin 2025"


def test_a_treaty_without_a_date_is_not_called_a_refusal(built: Path) -> None:
    found = folds.of(state_of(built, "KNA"))
    assert found.treaties
    assert [cells[0].text for _, cells in found.treaties.rows] == [
        "not known", "not known", "not known", "yes", "not known",
    ]  # fmt: skip
    assert found.joined.startswith("party to at least 1 of 5, by the end of 2025; not known: ")


def test_a_missing_treaty_is_named(built: Path) -> None:
    expected = "party to at least 4 of 5, by the end of 2025; not known: ILO Protocol 2014"
    assert folds.of(state_of(built, "GUY")).joined == expected


def test_a_party_whose_day_is_not_known_is_counted(built: Path) -> None:
    assert folds.of(state_of(built, "PAN")).joined == "party to all 5, by the end of 2025"


def test_an_answer_to_a_yes_or_no_question_stands_among_the_figures(built: Path) -> None:
    [detected, *_] = facts(built).totals.of("BRA", "VIC_DETECT")
    plan = replace(detected, indicator="POL_NAP", measure="BOOL")
    totals = Totals({("BRA", "POL_NAP"): [plan]})
    found = folds.of(state_of(built, "BRA", "fr", totals=totals, sums=[]))
    assert found.series
    [(name, cells)] = found.series.rows
    assert (name, cells[2].text) == ("Plan d’action national en vigueur", "oui")


def test_a_sum_is_listed_as_calculated(built: Path) -> None:
    found = folds.of(state_of(built, "MEX"))
    assert found.series
    [cells] = [cells for name, cells in found.series.rows if "police" in name]
    assert [*cells[0].remarks] == ["sum by tipstat"]
    assert [each.text for each in cells] == ["SESNSP (Mexico)", "2015–2024", "790"]


def test_each_state_is_compared_with_at_most_five_others() -> None:
    listed = country.neighbours()
    assert len(listed) == 35
    for area, others in listed.items():
        assert 0 < len(others) < 6
        assert area not in others
        assert listed.keys() >= set(others)


def test_every_series_is_listed_with_its_last_figure_the_cited_one_first(built: Path) -> None:
    found = folds.of(state_of(built, "MEX"))
    assert found.series
    rows = [
        (cells[0].text, [*cells[0].remarks], cells[2].text, [*cells[2].remarks])
        for name, cells in found.series.rows
        if name == "Detected victims"
    ]
    assert rows == [
        ("UNODC", [f"to cite: {QUESTIONNAIRE}"], "226", ["in 2023"]),
        ("UN Statistics Division", [], "725", ["in 2017", "source to cite: 970"]),
        (
            "Government of Mexico, in: US Department of State",
            [],
            "440",
            ["in 2022", "source to cite: 247"],
        ),
    ]


def test_an_authority_is_named_whose_figures_another_publisher_prints(built: Path) -> None:
    """Brazil's labour inspectors: the years of their own balances are only repeated by others."""
    found = folds.of(state_of(built, "BRA", "pt"))
    assert found.series
    [_, cited] = [cells for name, cells in found.series.rows if name.startswith("Trabalhadores")]
    assert cited[0].text == "Inspeção do Trabalho (Brasil), em: Departamento de Estado dos EUA"
    newer = "mais recente, não citável: 2.772 em 2025 (Inspeção do Trabalho (Brasil))"
    assert newer in cited[2].remarks


def test_a_figure_that_the_source_to_cite_hides_says_so(built: Path) -> None:
    """Mexico, had UNODC hidden what another publisher prints of the same year."""
    first, *others = facts(built).totals.of("MEX", "VIC_DETECT")
    year = next(each.last.year for each in others if each.source == "usa_tip_report")
    hidden = Series("VIC_DETECT", (Point(year, Kind.SUPPRESSED, top=4),))
    totals = Totals({("MEX", "VIC_DETECT"): [replace(first, series=hidden), *others]})
    found = folds.of(state_of(built, "MEX", totals=totals, sums=[]))
    assert found.series
    remarks = [remark for _, cells in found.series.rows for remark in cells[2].remarks]
    assert "source to cite hides it: <5" in remarks


def test_two_series_of_one_publisher_say_what_each_counts_and_which_to_cite(built: Path) -> None:
    found = folds.of(state_of(built, "CAN"))
    assert found.series
    sdg, table = [
        " ".join(cells[0].remarks)
        for name, cells in found.series.rows
        if name.endswith("100\u202f000 population")
    ]
    assert sdg.startswith("to cite: the newest release, of sources of equal rank")
    assert "across its border" in sdg
    assert table.startswith("Incidents under the Criminal Code alone")


@pytest.mark.parametrize("code", ["en", "es", "pt", "fr"])
def test_folds_lead_to_the_second_page_the_explorer_and_the_workbook(
    built: Path, code: str
) -> None:
    _, text = country.page(state_of(built, "BRA", code))
    links = [attrs["href"] for attrs, _ in Page(text).all("a")]
    for link in (
        f"../../{code}/country/bra-figures.html",
        f"../../{code}/explorer.html#i=VIC_DETECT&s=BRA,ARG,BOL,PRY,PER,COL",
        f"../../{code}/country/bra-figures.html#needs",
        f"../../../extracts/excel/{code}/BRA.xlsx",
    ):
        assert link in links


def test_a_stated_nil_of_all_years_is_no_yearly_total(built: Path) -> None:
    assert folds.of(state_of(built, "GRD")).known == "no yearly total · 1 source"


def test_a_doubtful_last_figure_is_marked_as_such(built: Path) -> None:
    series = folds.of(state_of(built, "BRA")).series
    assert series
    cells = dict(series.rows)["Investigations opened"]
    assert cells[-1].text == "147"
    assert "doubtful figure" in cells[-1].remarks
