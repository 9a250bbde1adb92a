"""A doubtful figure has its reason wherever a page shows it, and is in no headline."""

from html import unescape
from pathlib import Path

from country_pages import country_page

from pipelines.published.i18n import interface_text
from schemas import codelists


def test_the_reason_is_beside_the_figure_and_no_headline_rests_on_it(built: Path) -> None:
    """Mexico's 2,015 victims of 2015."""
    page = unescape(country_page(built, "MEX"))
    reason = codelists.labels("detector", "en")["OWN_YEAR"]
    assert reason[:1].lower() + reason[1:] in page
    assert interface_text.labels("site_text", "en")["doubtful"] in page
    assert "in 2010 more than three times" in page
    assert "2010 and 2015 more than three times" not in page


def test_every_doubtful_figure_has_a_reason(query) -> None:
    assert query(
        "select count(*) from published.observation where doubt_of(obs_status, comment) is null "
        "and list_contains(string_split(obs_status, ';'), 'U')"
    ) == [(0,)]
