"""Cards and tabs of a state's page agree on the parts of detected victims."""

from state_pages import STATES, card, page, rows, texts


def test_the_card_names_a_part_where_women_and_children_have_no_figure(built):
    """Guyana's noughts of 2021, beside 174 of other sex, are doubtful: its card is of 2020."""
    assert "162 · 18 in 2020" in card(page(built, "GUY"), 1)
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
