"""Pages cite as `published.national_series` does, and by no rule of their own."""

import duckdb
import pandas as pd
import pytest
from country_pages import country_page, edition, sections, shown, speaker
from invented_site import Page

from pipelines.published.site.figures import comparable_totals, small_multiples
from pipelines.published.site.figures.view import FigureView
from schemas import codelists

STATES = codelists.oas_states()


@pytest.fixture(scope="module")
def cited(built) -> dict[tuple[str, str], pd.DataFrame]:
    """The rows to cite, by state and indicator."""
    with duckdb.connect(built, read_only=True) as connection:
        rows = connection.sql("from published.national_series").df()
    return dict(list(rows.groupby(["ref_area", "indicator"])))


def shows(shown: FigureView, own: pd.DataFrame) -> bool:
    """Return whether a figure has each figure to cite, with the same values."""
    keys = ["source", "indicator", "time_basis", "year"]
    both = own.merge(shown.frame, on=keys, suffixes=("", "_shown"))
    same = both["value"].eq(both["value_shown"]) | both["value"].isna()
    return len(both) == len(own) and bool((same & both["upper"].eq(both["upper_shown"])).all())


@pytest.mark.parametrize("area", STATES)
def test_each_indicator_of_a_state_is_cited_once_and_with_its_reason(
    built, cited, area: str
) -> None:
    figures = [each for code in ("victims", "chain", "others") for each in shown(built, area, code)]
    found = [each for each in figures if each.cite]
    rates = {"VIC_DETECT_RATE", "INC_RECORDED_RATE"}  # each from one source, in its own section
    for (state, code), own in cited.items():
        if state == area and code not in rates:
            reason = speaker(built).name("citation_reason", own["citation_reason"].iloc[0])
            right = [each for each in found if code in each.indicators and shows(each, own)]
            assert len(right) == 1, code
            assert reason[1:] in right[0].cite
    known = {code for state, code in cited if state == area}
    assert {code for each in found for code in each.indicators} >= known - rates
    of_one = [each.indicators[0] for each in found if len(each.indicators) == 1]
    assert len(of_one) == len(set(of_one))
    assert set(of_one) <= known


def test_a_part_of_a_year_and_the_sum_of_some_states_are_not_cited(built) -> None:
    figures = shown(built, "MEX", "others") + shown(built, "USA", "others")
    sums = [each for each in figures if "areas" in each.frame]
    assert [each.anchor for each in sums if each.cite] == ["sum-vic-recorded-mex_sesnsp"]
    assert len(sums) == 4


@pytest.mark.parametrize("area", STATES)
def test_rates_are_of_the_source_to_cite(built, cited, area: str) -> None:
    own = cited.get((area, "VIC_DETECT"))
    rates = [each for each in shown(built, area, "rates") if each.indicators == ["VIC_DETECT"]]
    if own is None:
        assert rates == []
        return
    for each in rates:
        assert set(each.frame["source"]) == set(own["source"])
        assert set(each.frame["time_basis"]) == set(own["time_basis"])


def test_the_first_sentence_of_mexico_is_of_unodc(built) -> None:
    """The US report's 440 victims of the same year come later, and are not cited."""
    mexico = Page(country_page(built, "MEX", "es"))
    [(summary, _)] = mexico.all("meta", name="description")
    assert "247" in summary["content"]
    reason = codelists.labels("citation_reason", "es")["QUESTIONNAIRE"]
    assert any(reason[1:] in text for _, text in mexico.all("p", **{"class": "cite"}))


def test_of_sources_side_by_side_one_is_named(built, cited) -> None:
    compared = 0
    for area in STATES:
        for figure in sections(built, area)["sides"]:
            [code] = figure.indicators
            source = cited[area, code]["source"].iloc[0]
            assert edition(built).sources[source]["publisher"] in figure.cite
            compared += 1
    assert compared > 20
    [complaints] = [
        each for each in shown(built, "ARG", "sides") if each.indicators == ["COMPLAINTS"]
    ]
    assert complaints.cite.startswith("Figures to cite: (1) ")


def test_the_page_of_an_indicator_names_the_states_of_each_source(built, cited) -> None:
    site, english = edition(built), speaker(built)
    with duckdb.connect(built, read_only=True) as connection:
        families = comparable_totals.read_families(connection)
    named = [
        (family.indicator, family.source, family.basis, name)
        for family in families
        for names in small_multiples.show_counts(family, "3", "x", site, english).cited.values()
        for name in names
    ]
    right = [
        (code, own["source"].iloc[0], own["time_basis"].iloc[0], english.name("area", area))
        for (area, code), own in cited.items()
    ]
    assert sorted(named) == sorted(right)
