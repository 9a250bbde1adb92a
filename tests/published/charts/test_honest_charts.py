"""Every chart of the pages of states and indicators keeps the rules; every saboteur is caught."""

import copy
import random

import honest_ranks
import honest_words
import honest_years
import pytest
from country_pages import facts, files
from honest import Record, records
from honest_saboteurs import SABOTEURS, Rule
from honest_truth import VICTIMS, Truth

from pipelines.published.site.pages import country, indicator
from schemas import codelists

RULES: list[Rule] = [
    rule
    for module in (honest_years, honest_ranks, honest_words)
    for name, rule in vars(module).items()
    if name.startswith("rule_")
]
SPOILT = 6
"""Charts that each saboteur spoils, chosen by a seed."""


@pytest.fixture(scope="module")
def truth(connection):
    return Truth(connection)


def charts(built, language: str) -> list[Record]:
    """Return the charts of the pages of all states, and of all indicators that have one."""
    states, indicators = files(built, country, language), files(built, indicator, language)
    pages = [
        *((states[f"{language}/{country.paths(area)[0]}"], area, VICTIMS)
          for area in codelists.oas_states()),
        *((indicators[f"{language}/{indicator.paths(code)[0]}"], "", code)
          for code in facts(built, indicator).own),
    ]  # fmt: skip
    return [chart for text, *of in pages for chart in records(text, *of, language)]


@pytest.fixture(scope="module")
def english(built):
    return charts(built, "en")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_for_every_chart(rule, english, truth):
    assert len(english) > 100
    assert {str(each): wrong for each in english if (wrong := rule(each, truth))} == {}


@pytest.mark.exhaustive
@pytest.mark.parametrize("language", [each for each in codelists.LANGUAGES if each != "en"])
def test_every_rule_holds_in_every_language(built, truth, language):
    every = charts(built, language)
    broken = [(str(each), rule.__name__) for each in every for rule in RULES if rule(each, truth)]
    assert broken == []


@pytest.mark.parametrize(
    ("saboteur", "rule"), SABOTEURS, ids=[each.__name__ for each, _ in SABOTEURS]
)
def test_saboteur_is_caught(saboteur, rule, english, truth):
    order = list(english)
    random.Random(saboteur.__name__).shuffle(order)
    missed, spoilt = [], 0
    for each in order:
        changed = copy.deepcopy(each)
        if not rule(each, truth) and saboteur(changed):
            spoilt += 1
            missed += [] if rule(changed, truth) else [str(each)]
        if spoilt == SPOILT:
            break
    assert spoilt
    assert missed == []


def test_every_rule_has_a_saboteur():
    assert {rule for _, rule in SABOTEURS} == set(RULES)
