"""The cards of a state's page: another count of the year to cite, totals that checks keep out."""

from dataclasses import replace

import pytest
from country_pages import facts, state_of
from state_pages import card, page

from pipelines.published.series import Point, Series
from pipelines.published.site.facts.totals import Totals
from pipelines.published.site.pages.state import common
from pipelines.words.disclosure import Kind


@pytest.mark.parametrize("area", ["BRA", "GTM"])  # 539 and 588 are no fifth apart
def test_a_count_that_is_near_the_cited_one_is_not_on_the_first_card(built, area):
    assert "Government" not in card(page(built, area), 0)


@pytest.mark.parametrize(
    ("cited", "other", "note"), [(0, 18, "18 in 2022"), (18, 0, "0 in 2022"), (0, 0, "")]
)
def test_a_zero_beside_another_count_is_far_from_it(built, cited, other, note):
    """UNODC has nobody convicted in Suriname in 2019, the US report 18."""
    first, *_ = facts(built).totals.of("BRA", "VIC_DETECT")
    totals = [
        replace(first, series=Series("VIC_DETECT", (Point(2022, Kind.FIGURE, value),)), **changes)
        for value, changes in ((cited, {}), (other, {"source": "bra_sit", "reason": ""}))
    ]
    known = facts(built).totals.by_indicator | {("BRA", "VIC_DETECT"): totals}
    state = state_of(built, totals=Totals(known))
    text = common.far_apart(state, totals[0])
    assert text.endswith(note) if note else text == ""


def test_totals_that_checks_keep_out_are_on_the_card_that_lacks_them(built):
    """Haiti: prosecutions of 2017 to 2019, of persons or of cases."""
    html = page(built, "HTI")
    assert "No usable total; 3 rows are set aside Why" in card(html, 2)
    assert "../../en/country/hti-figures.html#kept-out" in html.xpath("//ul[@class='cards']//@href")
    assert "In no source" in card(page(built, "GRD"), 2)
