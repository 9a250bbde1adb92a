"""Cards and tabs of a state's page agree on the parts of detected victims."""

import re

from state_pages import STATES, card, page, rows, texts


def test_the_card_names_a_part_where_women_and_children_have_no_figure(built):
    """Guyana's newest exact part by sex and age is of women, without girls."""
    assert re.search(r"Only in part: women, \d+ in 2020", card(page(built, "GUY"), 1))
    for area in STATES:
        html = page(built, area)
        if "No figure by sex or age" in card(html, 1):
            assert not rows(html, "sex_age"), area


def test_citizenships_are_of_the_newest_year_that_has_most_of_them(built):
    """Chile's newest year has a single citizenship, a suppressed one."""
    html = page(built, "CHL")
    assert len(rows(html, "citizenship")) > 3
    [subtitle] = texts(html, "//div[@id='citizenship']//p[@class='subtitle']")
    assert "by citizenship, 20" in subtitle
