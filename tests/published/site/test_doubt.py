"""A doubtful figure says so and why, wherever a page shows it, and carries no headline."""

import pytest
from test_country_status import pages

from pipelines.published.i18n import interface_text
from pipelines.published.site.pages import country
from schemas import codelists

WHY = codelists.load("detector").set_index("code")


@pytest.fixture(scope="module")
def texts(built) -> dict[str, str]:
    """The page of Mexico in each language."""
    site, facts = pages(built)
    return {
        each.code: next(country.page_files(site, facts, "MEX", each))[1] for each in site.languages
    }


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_the_reason_stands_beside_the_figure(texts: dict[str, str], language: str) -> None:
    """Mexico's 2,015 victims of 2015."""
    reason = WHY.loc["OWN_YEAR", f"name_{language}"]
    assert reason[:1].lower() + reason[1:] in texts[language].replace("&#39;", "’")
    assert interface_text.labels("site_text", language)["doubtful"] in texts[language]


def test_no_headline_rests_on_it(texts: dict[str, str]) -> None:
    assert "in 2010 more than three times" in texts["en"]
    assert "2010 and 2015 more than three times" not in texts["en"]


def test_every_doubtful_figure_has_a_reason(query) -> None:
    assert query(
        "select count(*) from published.observation where doubt_of(obs_status, comment) is null "
        "and list_contains(string_split(obs_status, ';'), 'U')"
    ) == [(0,)]
