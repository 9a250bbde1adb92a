"""Every rule of an honest chart has a saboteur, which breaks just that rule.

The rule must find no fault in the original figure, and one in the sabotaged figure.
"""

import copy
import json

import plotly.graph_objects as go
import pytest
from chart_rules import (
    CAPTION,
    YEARS,
    breaks_cut,
    chain_spec,
    counts_start_at_zero,
    frame,
    gaps_stay_gaps,
    language,
    panels_are_apart,
    suppressed_is_an_interval,
    text_is_safe,
    trend_spec,
    uncertain_is_dashed,
    words_are_there,
    zero_is_marked,
)
from drawn import drawn_bars, edges, lines, texts

from pipelines.published.charts import justice_chain, theme
from pipelines.published.i18n.language import Language
from schemas import codelists

# The saboteurs ------------------------------------------------------------------------------


def first(figure: dict, kind: str, **wanted: object) -> dict:
    return next(
        trace
        for trace in figure["data"]
        if trace["type"] == kind and all(trace.get(key) == value for key, value in wanted.items())
    )


def put(trace: dict, year: int, value: float | None) -> None:
    trace["y"][trace["x"].index(year)] = value


def fill_gap_with_zero(figure):
    put(first(figure, "scatter"), 2011, 0)


def connect_gaps(figure):
    first(figure, "scatter")["connectgaps"] = True


def leave_gap_out(figure):
    trace = first(figure, "scatter")
    at = trace["x"].index(2011)
    del trace["x"][at], trace["y"][at]


def interpolate(figure):
    put(first(figure, "scatter"), 2011, 800)


def zero_as_gap(figure):
    put(first(figure, "scatter"), 2009, None)


def line_only(figure):
    first(figure, "scatter")["mode"] = "lines"


def clip_zero(figure):
    first(figure, "scatter")["cliponaxis"] = True


def suppressed_as_two(figure):
    first(figure, "bar")["y"] = [2]


def suppressed_as_zero(figure):
    put(first(figure, "scatter"), 2013, 0)


def suppressed_as_gap(figure):
    figure["data"].remove(first(figure, "bar"))


def suppressed_without_label(figure):
    first(figure, "bar")["text"] = [""]


def bridge_break(figure):
    before, after = [t for t in lines(figure) if t["mode"] == "lines+markers"][:2]
    before["x"] += after["x"]
    before["y"] += after["y"]
    figure["data"].remove(after)


def no_rule_at_break(figure):
    figure["layout"]["shapes"] = []


def no_words_at_break(figure):
    notes = figure["layout"]["annotations"]
    figure["layout"]["annotations"] = [note for note in notes if note["name"] != "break"]


def provisional_solid(figure):
    del first(figure, "scatter", mode="lines")["line"]["dash"]


def provisional_filled(figure):
    first(figure, "scatter", mode="markers")["marker"]["color"] = theme.LINE


def provisional_cut_off(figure):
    figure["data"].remove(first(figure, "scatter", mode="lines"))


def cut_axis(figure):
    figure["layout"]["yaxis"]["range"][0] = 20


def axis_too_short(figure):
    figure["layout"]["yaxis"]["range"][1] = 30


def second_axis(figure):
    figure["layout"]["yaxis2"] = figure["layout"]["yaxis"] | {"overlaying": "y", "side": "right"}


def no_headline(figure):
    figure["layout"]["title"]["text"] = ""


def no_unit(figure):
    title = figure["layout"]["title"]["subtitle"]
    title["text"] = title["text"].replace("Number of persons", "")


def no_source(figure):
    figure["layout"]["annotations"].pop()


def link_in_text(figure):
    figure["layout"]["annotations"][0]["text"] = "<a href='https://evil.example'>40</a>"


def one_axis_for_all(figure):
    for trace in figure["data"]:
        trace["yaxis"] = "y"


def total_of_panels(figure):
    trace = copy.deepcopy(first(figure, "scatter"))
    trace["y"] = [value and value * 3 for value in trace["y"]]
    figure["data"].append(trace)


SABOTAGE = [
    *((trend_spec, gaps_stay_gaps, sabotage)
      for sabotage in (fill_gap_with_zero, connect_gaps, leave_gap_out, interpolate)),
    *((trend_spec, zero_is_marked, sabotage) for sabotage in (zero_as_gap, line_only, clip_zero)),
    *((trend_spec, suppressed_is_an_interval, sabotage)
      for sabotage in (suppressed_as_two, suppressed_as_zero, suppressed_as_gap,
                       suppressed_without_label)),
    *((trend_spec, breaks_cut, sabotage)
      for sabotage in (bridge_break, no_rule_at_break, no_words_at_break)),
    *((trend_spec, uncertain_is_dashed, sabotage)
      for sabotage in (provisional_solid, provisional_filled, provisional_cut_off)),
    *((trend_spec, counts_start_at_zero, sabotage)
      for sabotage in (cut_axis, axis_too_short, second_axis)),
    *((trend_spec, words_are_there, sabotage) for sabotage in (no_headline, no_unit, no_source)),
    (trend_spec, text_is_safe, link_in_text),
    *((chain_spec, panels_are_apart, sabotage)
      for sabotage in (one_axis_for_all, total_of_panels, fill_gap_with_zero)),
    *((chain_spec, counts_start_at_zero, sabotage) for sabotage in (cut_axis, second_axis)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "rule", "sabotage"),
    SABOTAGE,
    ids=[f"{make.__name__}-{rule.__name__}-{done.__name__}" for make, rule, done in SABOTAGE],
)
def test_rule_holds_and_catches_the_saboteur(make, rule, sabotage):
    figure = make()
    assert rule(figure) == []
    sabotage(figure)
    assert rule(figure) != []


@pytest.mark.parametrize("rule", [gaps_stay_gaps, zero_is_marked, suppressed_is_an_interval,
                                  uncertain_is_dashed])  # fmt: skip
def test_first_panel_of_the_chain_obeys_the_rules_of_the_trend(rule):
    figure = chain_spec()
    figure["data"] = [trace for trace in figure["data"] if trace["yaxis"] == "y"]
    assert rule(figure) == []


def test_a_suppressed_figure_leaves_no_trace_of_its_height():
    leaks = [{"value": value, "upper": value} for value in (0.0, 3.0)]
    leaked = [trend_spec(frame(y2013=leak)) for leak in leaks]
    assert leaked[0] == leaked[1] == trend_spec()


def test_the_bar_reaches_the_greatest_number_that_the_publisher_leaves_open():
    assert drawn_bars(trend_spec(frame(y2013={"upper": 9.0}))) == {2013: (0, 9)}


def test_a_break_in_a_suppressed_year_cuts_too():
    figure = trend_spec(frame(y2013={"obs_status": "Q;B"}))
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [2012.5, 2014.5]


def test_a_certain_figure_between_two_provisional_ones_is_joined_by_dashes_on_both_sides():
    data = frame(y2010={"obs_status": "P"}, y2016={"obs_status": "P"})
    dashed = {edge for t in lines(trend_spec(data)) if t["mode"] == "lines" for edge in edges(t)}
    assert dashed == {(2009, 2010), (2015, 2016), (2016, 2017), (2021, 2022)}


def test_dashes_do_not_run_over_two_certain_figures():
    data = frame(y2015={"obs_status": "P", "break_reason": None}, y2008={"obs_status": "E"})
    dashed = {edge for t in lines(trend_spec(data)) if t["mode"] == "lines" for edge in edges(t)}
    assert dashed == {(2008, 2009), (2014, 2015), (2015, 2016), (2021, 2022)}


def test_hostile_texts_stay_text():
    hostile = '<a href="https://evil.example">x</a></script><script>alert(1)</script>'
    figure = trend_spec(headline=hostile, subtitle=hostile, caveat=hostile, source=hostile)
    assert text_is_safe(figure) == []
    assert "evil.example" in " ".join(texts(figure))


def test_a_hostile_name_of_an_indicator_stays_text():
    reader = language()
    names = {**reader.names, "indicator": dict.fromkeys(codelists.codes("indicator"), "<a>x</a>")}
    data = frame("PER_CONTACT")
    figure = justice_chain.spec(data, YEARS, CAPTION, Language("en", reader.words, names))
    assert text_is_safe(figure) == []


def test_a_panel_without_a_figure_says_so_in_its_place():
    figure = chain_spec()
    (empty,) = [a for a in figure["layout"]["annotations"] if a["name"] == "empty"]
    bottom, top = figure["layout"]["yaxis2"]["domain"]
    assert bottom < empty["y"] < top


@pytest.mark.parametrize("make", [trend_spec, chain_spec])
def test_plotly_accepts_the_figure_and_adds_nothing(make):
    spec = make()
    figure = go.Figure(spec)
    # plotly.py fills templates in, so the template is compared separately.
    assert not figure.layout.template.layout.to_plotly_json()
    figure.layout.template = None
    del spec["layout"]["template"]
    assert json.loads(figure.to_json(engine="json")) == json.loads(json.dumps(spec))


@pytest.mark.parametrize(
    ("years", "labelled"),
    [
        (range(2022, 2023), [2022]),
        (range(2008, 2023), [2022, 2019, 2016, 2013, 2010]),
        (range(1963, 2023), [2022, 2002, 1982]),
    ],
)
def test_the_last_year_is_labelled_and_labels_stay_few(years, labelled):
    axis = theme.year_axis(years)
    assert [year for year in reversed(years) if (axis["tick0"] - year) % axis["dtick"] == 0] == (
        labelled
    )


@pytest.mark.parametrize("greatest", [0, 1, 4, 7, 99, 1521, 16390, 2_000_000])
def test_the_count_axis_counts_whole_persons(greatest):
    axis = theme.scale(greatest, lines=4)
    assert axis["dtick"] == int(axis["dtick"]) >= 1
    assert axis["range"][1] >= greatest
    assert axis["range"][1] / axis["dtick"] <= 7
