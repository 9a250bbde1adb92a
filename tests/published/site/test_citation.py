"""Pages and extracts cite by `published.national_series`, and by nothing else."""

import duckdb
import pandas as pd
import pytest
from invented_site import LANGUAGES, page

from pipelines.published.site.figures import comparable_totals, context, small_multiples
from pipelines.published.site.figures.view import FigureView
from pipelines.published.site.pages import country
from schemas import codelists

STATES = codelists.oas_states()


@pytest.fixture(scope="module")
def connection(built):
    with duckdb.connect(built, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(connection) -> context.Site:
    return context.read_site(connection)


@pytest.fixture(scope="module")
def english(site):
    return next(each for each in site.languages if each.code == "en")


@pytest.fixture(scope="module")
def cited(connection) -> dict[tuple[str, str], pd.DataFrame]:
    """The rows to cite, by state and indicator."""
    rows = connection.sql("from published.national_series").df()
    return dict(list(rows.groupby(["ref_area", "indicator"])))


@pytest.fixture(scope="module")
def pages(connection, site, english) -> dict[str, dict[str, list[FigureView]]]:
    """The figures of each state's page by section."""
    facts = country.read(connection)
    return {
        area: {each.code: each.figures for each in country.sections(site, facts, area, english)}
        for area in STATES
    }


def marked(sections: dict[str, list[FigureView]]) -> list[FigureView]:
    shown = [each for code in ("victims", "chain", "others") for each in sections[code]]
    return [each for each in shown if each.cite]


def shows(shown: FigureView, own: pd.DataFrame) -> bool:
    """Return whether a figure has each figure to cite, as it stands in the table."""
    keys = ["source", "indicator", "time_basis", "year"]
    both = own.merge(shown.frame, on=keys, suffixes=("", "_shown"))
    same = both["value"].eq(both["value_shown"]) | both["value"].isna()
    return len(both) == len(own) and bool((same & both["upper"].eq(both["upper_shown"])).all())


@pytest.mark.parametrize("area", STATES)
def test_each_indicator_of_a_state_is_marked_once_and_as_the_table_says(
    pages, cited, english, area: str
) -> None:
    found = marked(pages[area])
    rates = {"VIC_DETECT_RATE", "INC_RECORDED_RATE"}  # each from one source, in its own section
    for (state, code), own in cited.items():
        if state == area and code not in rates:
            reason = english.name("citation_reason", own["citation_reason"].iloc[0])
            right = [each for each in found if code in each.indicators and shows(each, own)]
            assert len(right) == 1, code
            assert reason[1:] in right[0].cite
    known = {code for state, code in cited if state == area}
    assert {code for each in found for code in each.indicators} >= known - rates
    of_one = [each.indicators[0] for each in found if len(each.indicators) == 1]
    assert len(of_one) == len(set(of_one))
    assert set(of_one) <= known


def test_a_part_of_a_year_and_the_sum_of_some_states_are_not_marked(pages) -> None:
    sums = [
        each for area in ("MEX", "USA") for each in pages[area]["others"] if "areas" in each.frame
    ]
    assert [each.anchor for each in sums if each.cite] == ["sum-vic-recorded-mex_sesnsp"]
    assert len(sums) == 4


@pytest.mark.parametrize("area", STATES)
def test_rates_are_of_the_source_to_cite(pages, cited, area: str) -> None:
    own = cited.get((area, "VIC_DETECT"))
    rates = [each for each in pages[area]["rates"] if each.indicators == ["VIC_DETECT"]]
    if own is None:
        assert rates == []
        return
    for each in rates:
        assert set(each.frame["source"]) == set(own["source"])
        assert set(each.frame["time_basis"]) == set(own["time_basis"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sentence_of_mexico_is_of_unodc(shipped, language: str) -> None:
    """The US report's 440 victims of the same year stand below, unmarked."""
    mexico = page(shipped, "mex", language)
    [(summary, _)] = mexico.all("meta", name="description")
    assert "247" in summary["content"]
    said = [text for _, text in mexico.all("p", **{"class": "cite"})]
    reason = codelists.labels("citation_reason", language)["QUESTIONNAIRE"]
    assert any(reason[1:] in text for text in said)


def test_where_sources_stand_side_by_side_one_is_named(pages, cited, site) -> None:
    compared = 0
    for area in STATES:
        for shown in pages[area]["sides"]:
            [code] = shown.indicators
            own = cited[area, code]
            publisher = site.sources[own["source"].iloc[0]]["publisher"]
            assert publisher in shown.cite
            compared += 1
    assert compared > 20
    [complaints] = [each for each in pages["ARG"]["sides"] if each.indicators == ["COMPLAINTS"]]
    assert complaints.cite.startswith("Figures to cite: (1) ")


def test_the_page_of_an_indicator_names_the_states_of_each_source(
    connection, site, english, cited
) -> None:
    said = [
        (family.indicator, family.source, family.basis, name)
        for family in comparable_totals.read_families(connection)
        for names in small_multiples.show_counts(family, "3", "x", site, english).cited.values()
        for name in names
    ]
    right = [
        (code, own["source"].iloc[0], own["time_basis"].iloc[0], english.name("area", area))
        for (area, code), own in cited.items()
    ]
    assert sorted(said) == sorted(right)
