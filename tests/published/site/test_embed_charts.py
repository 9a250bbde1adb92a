"""Figures that a page stores in parts are whole again when chart.js draws them."""

import copy
import json

from hypothesis import given
from hypothesis import strategies as st
from page_figures import whole
from pipelines.published.site.embed_charts import as_json

VALUES = st.one_of(st.integers(-9, 9), st.booleans(), st.text(max_size=3), st.just([1, None]))
ITEM = st.dictionaries(st.sampled_from(["font", "size", "x", "y"]), VALUES, max_size=4)
NAMED = st.builds(lambda item, name: item | {"name": name}, ITEM, st.sampled_from("ab"))
TRACE = st.builds(lambda item, meta: item | {"meta": meta}, ITEM, st.sampled_from("ab"))
LAYOUT = st.fixed_dictionaries(
    {"annotations": st.lists(NAMED, max_size=3)},
    optional={"xaxis": ITEM, "yaxis": ITEM, "yaxis12": ITEM, "height": st.integers(1, 9)},
)
FIGURE = st.fixed_dictionaries({"data": st.lists(TRACE, max_size=3), "layout": LAYOUT})


def embedded(figures: dict) -> dict:
    """Return the JSON of the page, as a browser reads it."""
    return json.loads(as_json(figures))


@given(st.dictionaries(st.sampled_from("pqrs"), FIGURE, max_size=4))
def test_every_figure_is_whole_again(figures):
    before = copy.deepcopy(figures)
    assert whole(embedded(figures)) == before
    assert figures == before


def figure(colour: str, *years: int) -> dict:
    axis = {"colour": colour, "range": list(years)}
    return {"data": [], "layout": {"annotations": [], "yaxis": axis, "yaxis2": axis}}


def test_a_property_that_all_items_of_a_kind_share_is_stored_once():
    page = embedded({"a": figure("blue", 1, 2), "b": figure("blue", 3, 4)})
    assert page["common"] == {"yaxis": {"colour": "blue"}}
    assert page["own"]["b"]["layout"]["yaxis2"] == {"range": [3, 4]}


def test_what_one_item_says_otherwise_each_says_itself():
    page = embedded({"a": figure("blue", 1, 2), "b": figure("red", 1, 2)})
    assert page["common"] == {"yaxis": {"range": [1, 2]}}
    assert page["own"]["b"]["layout"]["yaxis"] == {"colour": "red"}


def test_one_figure_alone_says_what_it_is_itself():
    alone = {"data": [{"meta": "observed", "x": [1]}], "layout": {"annotations": [], "height": 9}}
    assert embedded({"a": alone}) == {"common": {}, "own": {"a": alone}}


def test_no_text_ends_the_script():
    text = as_json({"a": {"data": [{"text": "</script><!--&"}], "layout": {}}})
    assert not set("<>&") & set(text)
    assert json.loads(text)["own"]["a"]["data"] == [{"text": "</script><!--&"}]
