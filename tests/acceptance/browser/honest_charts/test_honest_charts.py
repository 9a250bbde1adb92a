"""Every chart of every state's page keeps the rules, and every saboteur is caught."""

import copy
import random

import duckdb
import pytest

from browser.honest_charts import record, rules_of_axes, rules_of_marks, rules_of_words
from browser.honest_charts.saboteurs_of_words import SABOTEURS
from browser.honest_charts.truth import Truth
from schemas.codelists import LANGUAGES

RULES = [
    rule
    for module in (rules_of_marks, rules_of_axes, rules_of_words)
    for name, rule in vars(module).items()
    if name.startswith("rule_")
]
SPOILT = 6
"""Charts that each saboteur spoils, chosen by a seed."""

SHARE = 2
"""One in so many states is looked at."""


@pytest.fixture(scope="module")
def truth(built):
    with duckdb.connect(built, read_only=True) as connection:
        return Truth(connection)


def charts(undrawn, shipped, language: str, states: slice) -> list[record.Record]:
    """Return the charts of the pages of some states."""
    files = sorted((shipped / language / "country").glob("???.html"))[states]
    return [chart for file in files for chart in record.read(undrawn, file)]


@pytest.fixture(scope="module")
def records(undrawn, shipped):
    """The charts of every second state, each in one of the four languages.

    Brazil and Canada are among them: no other chart has a break.
    """
    return [
        chart
        for at, language in enumerate(LANGUAGES)
        for chart in charts(
            undrawn, shipped, language, slice(SHARE * at + 1, None, SHARE * len(LANGUAGES))
        )
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_for_every_chart(rule, records, truth):
    assert len(records) > 50
    assert {str(each): wrong for each in records if (wrong := rule(each, truth))} == {}


@pytest.mark.exhaustive
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_holds_in_every_language(undrawn, shipped, truth, language):
    every = charts(undrawn, shipped, language, slice(None))
    broken = [(str(each), rule.__name__) for each in every for rule in RULES if rule(each, truth)]
    assert broken == []


@pytest.mark.parametrize(
    ("saboteur", "rule"), SABOTEURS, ids=[each.__name__ for each, _ in SABOTEURS]
)
def test_saboteur_is_caught(saboteur, rule, records, truth):
    order = list(records)
    random.Random(saboteur.__name__).shuffle(order)
    caught = []
    for each in order:
        spoilt = copy.deepcopy(each)
        if not rule(each, truth) and saboteur(spoilt):
            caught.append(bool(rule(spoilt, truth)))
        if len(caught) == SPOILT:
            break
    assert caught
    assert all(caught)


def test_every_rule_has_a_saboteur():
    assert {rule for _, rule in SABOTEURS} == set(RULES)


def test_a_figure_that_is_open_above_is_drawn_to_the_end_of_the_axis(tab, shipped):
    """No shipped figure is; counts of an authority's own case records may be."""
    tab.go(shipped / "en" / "country" / "mex.html")
    trace, top = tab.page.evaluate("""() => {
        const points = [[2019, 811], [2020, null, "S", 10]];
        const panel = { name: "", breaks: [], series: [{ name: "", points }] };
        const spec = { kind: "line", measure: "count", scale: "own", panels: [panel] };
        const { data, layout } = tipstat.build(spec, 600, tipstat.language);
        return [data.find((trace) => trace.meta === "suppressed"), layout.yaxis.range[1]];
    }""")
    assert top > 811
    assert (trace["base"], trace["y"]) == ([10], [top - 10])
