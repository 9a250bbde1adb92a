"""The home page: its facts about the region are true, and it never adds up victims."""

import re

import duckdb
import pytest
from conftest import changed
from country_pages import facts as facts_of
from country_pages import files
from invented_site import HOSTILE, LANGUAGES, Page

from pipelines.published.site.pages import home

KNOWN = """
select count(distinct ref_area)
from published.observation
where indicator = '{}' and time_period similar to '\\d{{4}}' and ref_area similar to '[A-Z]{{3}}'
  and sex = '_T' and age = '_T' and exploitation = '_T' and citizenship = '_T'
  and counterpart_role = '_Z' and breakdown = '_T' and upper is not null
"""
"""States with a yearly total, from another view than the page reads."""


@pytest.fixture(scope="module")
def homes(built) -> dict[str, Page]:
    """The home page of the shipped figures in each language."""
    return {code: Page(files(built, home, code)[f"{code}/index.html"]) for code in LANGUAGES}


def test_the_cards_count_states_and_indicators(homes):
    words, counts = homes["en"].all("dt"), homes["en"].all("dd")
    assert {word: count for (_, word), (_, count) in zip(words, counts, strict=True)} == {
        "states with a yearly figure of detected victims, suppressed figures included": "32 of 35",
        "states with such a figure of 2022, the newest year": "27 of 35",
        "states with a yearly figure of persons prosecuted": "31 of 35",
        "states with a yearly figure of persons convicted": "32 of 35",
        "core indicators for which the sources read here have no figure of any state": "8 of 20",
    }


@pytest.mark.parametrize("indicator", ["VIC_DETECT", "PER_PROSEC", "PER_CONVICT"])
def test_the_counts_of_states_are_those_of_the_warehouse(built, query, indicator):
    known = facts_of(built, home)
    states = known.justice | {"VIC_DETECT": len(known.victims)}
    assert [(states[indicator],)] == query(KNOWN.format(indicator))


def test_a_state_whose_figures_go_is_counted_no_more(built, tmp_path):
    before = facts_of(built, home)
    less = changed(built, tmp_path, "delete from harmonised.observation where ref_area = 'URY'")
    with duckdb.connect(less, read_only=True) as connection:
        after = home.read(connection)
    assert len(after.victims) == len(before.victims) - 1
    assert "URY" not in after.victims


def test_the_last_changes_are_those_of_the_newest_release(homes):
    changes = "Detected victims: 29 figures changed, 31 new, 3 withdrawn, 272 unchanged."
    assert changes in homes["en"].all("main")[0][1]


def test_only_sources_with_a_revision_are_listed_as_changed(homes):
    """Mexico's and Jamaica's publishers have no revision of detected victims."""
    part = homes["en"].text.split('id="changed"')[1].split("</section>")[0]
    assert re.findall(r"<strong>(.*?)</strong>", part) == [
        "United Nations Office on Drugs and Crime (UNODC)",
        "US Department of State, for each government whose figures it prints",
    ]


def test_it_has_no_total_of_victims(homes):
    """Its numbers are years, days and counts of states, figures and indicators."""
    ((_, text),) = homes["en"].all("main")
    numbers = [int(re.sub(r"\D", "", each)) for each in re.findall(r"\d[\d\u202f]*", text)]
    assert all(number <= 300 or 1990 <= number <= 2030 for number in numbers)
    assert any(number > 200 for number in numbers)


def test_it_lists_what_it_is_not_with_a_link_to_the_reason(homes):
    page = homes["en"]
    (why,) = [each for each, _ in page.all("a") if "#prevalence" in each["href"]][:1]
    assert why["href"] == "../en/method.html#prevalence"
    part = page.text.split('id="is-not"')[1].split("</section>")[0]
    assert part.count("<li>") == 3


def named(page: Page) -> dict[str, list[str]]:
    """Return the words that find a state, by its name."""
    return {
        text: each["data-names"].split(" · ")
        for each, text in page.all("li")
        if "data-names" in each
    }


def test_a_state_is_found_by_its_names_in_each_language_and_its_codes(homes):
    known = named(homes["en"])
    assert known["United States"] == ["United States", "Estados Unidos", "États-Unis", "USA", "US"]
    assert known["Brazil"] == ["Brazil", "Brasil", "Brésil", "BRA", "BR"]
    assert len(known) == 35


def test_the_states_are_in_the_alphabetical_order_of_the_language(homes):
    names = list(named(homes["fr"]))
    assert names.index("Équateur") < names.index("États-Unis") < names.index("Grenade")
    assert list(named(homes["en"]))[:2] == ["Antigua & Barbuda", "Argentina"]


def test_the_list_is_whole_without_scripts(homes):
    for page in homes.values():
        assert not [each for each, _ in page.all("li") if "hidden" in each]
        assert [each for each, _ in page.all("div", **{"class": "wanted"}) if "hidden" in each]


def test_the_table_has_each_state_once(homes):
    ((_, *rows),) = homes["en"].tables()
    assert len(rows) == 35
    assert ["Argentina", "2005", "2022", "18", "0"] in rows
    assert ["Grenada", "no total yet"] in rows


def test_a_hostile_name_is_found_and_does_nothing(site):
    assert HOSTILE in named(Page(site / "en" / "index.html"))
