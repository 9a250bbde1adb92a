"""The tile map: every state has its place, its link, and its number in both views."""

import re

import pytest
from country_pages import region_page, speaker
from parsed_page import Page

from pipelines.published.site.facts.region import Change
from pipelines.published.site.pages import home
from pipelines.published.site.wording.region import change_text
from schemas import codelists
from schemas.parameters import number

PLACES = {area: (column, row) for area, column, row in home.tiles()}


def test_every_state_has_a_place_of_its_own():
    assert sorted(PLACES) == sorted(codelists.oas_states())
    assert len(set(PLACES.values())) == 35


CHANGES = """
select ref_area, change_size, change_group, ratio_lower, ratio_upper from published.trend
semi join published.national_series using (source, ref_area, indicator, time_basis)
where indicator = 'VIC_DETECT' and change_group is not null
"""
RATES = """
select ref_area, value, is_contradicted from published.compared_rate
where indicator = 'VIC_DETECT'
"""


def tiles(page: Page) -> dict[str, tuple[dict[str, str], str, str]]:
    """Return attributes, change and rate of each tile, by the state that it links to."""
    found = {}
    for tile in page.root.xpath("//ul[@class='tiles']//a"):
        area = re.search(r"country/(\w+)\.html", tile.get("href")).group(1).upper()
        code, change, rate = (each.text_content() for each in tile)
        assert code == area
        found[area] = (dict(tile.attrib), change, rate)
    return found


def times(text: str) -> float:
    """Return the multiple that a tile prints."""
    size = float(text[1:].rstrip("+*").replace(",", "."))
    return size if text[0] == "×" else 1 / size


def test_each_tile_has_the_change_of_the_warehouse(built, query):
    """In French, whose decimal sign is a comma."""
    shown = tiles(region_page(built, "fr"))
    assert list(shown) == [area for area, _, _ in home.tiles()]
    known = {area: change for area, *change in query(CHANGES)}
    assert len(known) == 24
    for area, (attributes, text, _) in shown.items():
        if area not in known:
            assert text == "–"
            assert "none" in attributes["class"].split()
            continue
        size, group, least, most = known[area]
        if group == "SAME":
            assert text.rstrip("*") == "≈"
            assert "same" in attributes["class"].split()
            continue
        is_rise = group in ("DOUBLED", "MORE")
        assert times(text) == pytest.approx(least if is_rise else most, rel=0.05), (area, size)
        assert ("+" in text) == (least != most)
        way, step = re.search(r"(up|down)-(\d)", attributes["class"]).groups()
        nearest = least if is_rise else 1 / most
        assert (way, int(step)) == (
            "up" if is_rise else "down",
            3 if nearest >= number("factor_of_great_change") else 2 if nearest >= 2 else 1,
        )


def test_each_tile_has_the_rate_of_the_warehouse(built, query):
    known = {area: rate for area, *rate in query(RATES)}
    assert len(known) > 15
    for area, (attributes, _, text) in tiles(region_page(built)).items():
        if area not in known:
            assert text.rstrip("*") == "–"
            assert "no-rate" in attributes["class"].split()
            continue
        value, is_contradicted = known[area]
        assert float(text.rstrip("?")) == pytest.approx(value, rel=0.05)
        assert text.endswith("?") == is_contradicted
        step = int(re.search(r"rate-(\d)", attributes["class"]).group(1))
        assert step == 1 + sum(value >= limit for limit in (0.25, 0.75, 1.5))


def test_who_does_not_see_the_map_hears_both_numbers_and_the_name(built):
    names = codelists.labels("area", "fr")
    for area, (attributes, change, rate) in tiles(region_page(built, "fr")).items():
        words = attributes["aria-label"]
        assert words.startswith(f"{area}, {names[area]}")
        printed = [each.rstrip("?*") for each in (change, rate)]
        assert all(each in words for each in printed if each != "–")


def test_the_table_behind_the_map_has_both_numbers_of_all_states(built):
    page = region_page(built)
    shown, names = tiles(page), codelists.labels("area", "en")
    (rows,) = [table[1:] for table in page.tables() if "Evidence of a trend" in table[0]]
    found = {row[0]: (row[1], row[-1].split(" ")[0]) for row in rows}
    assert found == {names[area]: (change, rate) for area, (_, change, rate) in shown.items()}


def test_a_state_that_counts_something_else_is_marked_in_both_views(built):
    marked = {
        area: (change, rate)
        for area, (_, change, rate) in tiles(region_page(built)).items()
        if "*" in change + rate
    }
    assert marked == {"USA": ("≈*", "–*")}


@pytest.mark.parametrize(
    ("size", "group", "ratio", "first", "last", "text", "shade"),
    [
        ("FROM_NONE", "DOUBLED", (float("inf"), float("inf")), (0, 0), (9, 9), "0→9", "up-3"),
        ("TO_NONE", "HALVED", (0, 0), (7, 7), (0, 0), "7→0", "down-3"),
        ("FROM_NONE", "DOUBLED", (float("inf"), float("inf")), (0, 0), (1, 4), "0→<5", "up-3"),
        ("MORE", "DOUBLED", (3, 12), (1, 4), (12, 12), "×3.0+", "up-2"),
        ("FEWER", "FEWER", (0.1, 0.7), (10, 10), (1, 7), "÷1.4+", "down-1"),
        ("UNTOLD", "UNTOLD", (0.25, 4), (1, 4), (1, 4), "?", ""),
        ("STAYS_NONE", "SAME", (float("nan"), float("nan")), (0, 0), (0, 0), "≈", "same"),
        ("TIMES", "DOUBLED", (9.96, 9.96), (25, 25), (249, 249), "×10", "up-3"),
    ],
)  # fmt: skip
def test_a_change_from_or_to_nothing_and_a_hidden_one(
    speaking, size, group, ratio, first, last, text, shade
):
    change = Change(size, group, ratio, first, last, (2010, 2020))
    assert (change_text(change, speaking), change.shade) == (text, shade)


@pytest.fixture
def speaking(built):
    return speaker(built)
