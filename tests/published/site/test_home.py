"""The first page: what it says of the region is true, and it never adds up victims."""

import re
from collections.abc import Iterator
from itertools import pairwise

import duckdb
import pytest
from conftest import changed
from invented_site import HOSTILE, LANGUAGES, Page

from pipelines.published.site.figures import context
from pipelines.published.site.pages import home

KNOWN = """
select count(distinct ref_area)
from published.observation
where indicator = '{}' and time_period similar to '\\d{{4}}' and ref_area similar to '[A-Z]{{3}}'
  and sex = '_T' and age = '_T' and exploitation = '_T' and citizenship = '_T'
  and counterpart_role = '_Z' and breakdown = '_T' and upper is not null
"""
"""States with a yearly total, asked of another view than the page asks."""


@pytest.fixture(scope="module")
def facts(built) -> Iterator[tuple[context.Site, home.Facts]]:
    with duckdb.connect(built, read_only=True) as connection:
        yield context.read_site(connection), home.read(connection)


@pytest.fixture(scope="module")
def homes(facts, tmp_path_factory) -> dict[str, Page]:
    """The first page of the shipped figures in each language."""
    site, known = facts
    folder = tmp_path_factory.mktemp("homes")
    for language in site.languages:
        ((_, text), *_) = home.files(site, known, language)
        (folder / f"{language.code}.html").write_text(text, encoding="utf-8")
    return {code: Page(folder / f"{code}.html") for code in LANGUAGES}


def cards(page: Page) -> dict[str, str]:
    """Count how many of how many, by what is counted."""
    words, counts = page.all("dt"), page.all("dd")
    return {said: count for (_, said), (_, count) in zip(words, counts, strict=True)}


def test_the_cards_say_what_is_known(homes):
    assert cards(homes["en"]) == {
        "states with a yearly figure of detected victims, suppressed figures included": "32 of 35",
        "states with such a figure of 2022, the newest year": "27 of 35",
        "states with a yearly figure of persons prosecuted": "31 of 35",
        "states with a yearly figure of persons convicted": "32 of 35",
        "core indicators for which the sources read here have no figure of any state": "8 of 20",
    }


@pytest.mark.parametrize("indicator", ["VIC_DETECT", "PER_PROSEC", "PER_CONVICT"])
def test_the_counts_of_states_are_those_of_the_warehouse(facts, query, indicator):
    _, known = facts
    states = known.justice | {"VIC_DETECT": len(known.victims)}
    assert [(states[indicator],)] == query(KNOWN.format(indicator))


def test_a_state_whose_figures_go_is_counted_no_more(built, facts, tmp_path):
    _, before = facts
    less = changed(built, tmp_path, "delete from harmonised.observation where ref_area = 'URY'")
    with duckdb.connect(less, read_only=True) as connection:
        after = home.read(connection)
    assert len(after.victims) == len(before.victims) - 1
    assert "URY" not in after.victims


def test_the_last_changes_are_those_of_the_newest_release(homes):
    assert (
        "Detected victims: 29 figures changed, 31 new, 3 withdrawn, 272 unchanged."
        in (homes["en"].all("main")[0][1])
    )
    assert (
        "Víctimas detectadas: 29 cifras modificadas, 31 nuevas, 3 retiradas, 272 sin cambio."
        in (homes["es"].all("main")[0][1])
    )


def test_what_a_release_left_alone_is_no_change(homes):
    """Mexico's and Jamaica's publishers have no revision of detected victims."""
    part = homes["en"].text.split('id="changed"')[1].split("</section>")[0]
    assert re.findall(r"<strong>(.*?)</strong>", part) == [
        "United Nations Office on Drugs and Crime (UNODC)",
        "US Department of State, for each government whose figures it prints",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_total_of_victims_stands_on_it(homes, language):
    """Its numbers are years, days and counts of states, figures and indicators."""
    ((_, said),) = homes[language].all("main")
    numbers = [int(re.sub(r"\D", "", each)) for each in re.findall(r"\d[\d\u202f]*", said)]
    assert all(number <= 300 or 1990 <= number <= 2030 for number in numbers)
    assert any(number > 200 for number in numbers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_it_is_not_and_why(homes, language):
    page = homes[language]
    (why,) = [each for each, _ in page.all("a") if "#prevalence" in each["href"]][:1]
    assert why["href"] == f"../{language}/method.html#prevalence"
    part = page.text.split('id="is-not"')[1].split("</section>")[0]
    assert part.count("<li>") == 3


def named(page: Page) -> dict[str, list[str]]:
    """By what a state may be found, by its name."""
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


def test_the_states_stand_in_the_alphabet_of_the_language(homes):
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


def test_headings_go_down_one_level_at_a_time(homes):
    for page in homes.values():
        levels = [int(tag[1]) for tag, *_ in page.elements if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_hostile_name_is_found_and_does_nothing(site):
    assert HOSTILE in named(Page(site / "en" / "index.html"))
