"""Every rule of an honest chart has a saboteur, which breaks just that rule.

The rule must find no fault in the original figure, and one in the sabotaged figure.
"""

import json
from collections.abc import Callable

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

Figure = dict
Sabotage = Callable[[Figure], object]


def line(figure: Figure, **wanted: object) -> dict:
    """Return the first line or row of markers with these keys."""
    kinds = {"type": "scatter", **wanted}
    return next(trace for trace in figure["data"] if trace.items() >= kinds.items())


def bar(figure: Figure) -> dict:
    return next(trace for trace in figure["data"] if trace["type"] == "bar")


def put(figure: Figure, year: int, value: float | None) -> None:
    """Give the first line another value in a year."""
    trace = line(figure)
    trace["y"][trace["x"].index(year)] = value


def leave_gap_out(figure: Figure) -> None:
    trace = line(figure)
    at = trace["x"].index(2011)
    del trace["x"][at], trace["y"][at]


def bridge_break(figure: Figure) -> None:
    before, after = [t for t in lines(figure) if t["mode"] == "lines+markers"][:2]
    before["x"] += after["x"]
    before["y"] += after["y"]
    figure["data"].remove(after)


def leave_break_labels_out(figure: Figure) -> None:
    notes = figure["layout"]["annotations"]
    figure["layout"]["annotations"] = [note for note in notes if note["name"] != "break"]


def add_second_axis(figure: Figure) -> None:
    second = {"overlaying": "y", "side": "right"}
    figure["layout"]["yaxis2"] = figure["layout"]["yaxis"] | second


def leave_unit_out(figure: Figure) -> None:
    title = figure["layout"]["title"]["subtitle"]
    title["text"] = title["text"].replace("Number of persons", "")


def put_all_on_one_axis(figure: Figure) -> None:
    for trace in figure["data"]:
        trace["yaxis"] = "y"


def add_total_of_panels(figure: Figure) -> None:
    tripled = [value and value * 3 for value in line(figure)["y"]]
    figure["data"].append(line(figure) | {"y": tripled})


LINK = "<a href='https://evil.example'>40</a>"
CUT_AXES: dict[str, Sabotage] = {
    "cut axis": lambda figure: figure["layout"]["yaxis"].update(range=[20, 2000]),
    "second axis": add_second_axis,
}
SABOTAGE: list[tuple[Callable[[], Figure], Callable, dict[str, Sabotage]]] = [
    (trend_spec, gaps_stay_gaps, {
        "gap filled with zero": lambda figure: put(figure, 2011, 0),
        "gap interpolated": lambda figure: put(figure, 2011, 800),
        "gap connected": lambda figure: line(figure).update(connectgaps=True),
        "gap left out": leave_gap_out,
    }),
    (trend_spec, zero_is_marked, {
        "zero as gap": lambda figure: put(figure, 2009, None),
        "line only": lambda figure: line(figure).update(mode="lines"),
        "zero clipped": lambda figure: line(figure).update(cliponaxis=True),
    }),
    (trend_spec, suppressed_is_an_interval, {
        "suppressed as two": lambda figure: bar(figure).update(y=[2]),
        "suppressed as zero": lambda figure: put(figure, 2013, 0),
        "suppressed as gap": lambda figure: figure["data"].remove(bar(figure)),
        "suppressed without label": lambda figure: bar(figure).update(text=[""]),
    }),
    (trend_spec, breaks_cut, {
        "break bridged": bridge_break,
        "no rule at break": lambda figure: figure["layout"].update(shapes=[]),
        "no label at break": leave_break_labels_out,
    }),
    (trend_spec, uncertain_is_dashed, {
        "solid line": lambda figure: line(figure, mode="lines")["line"].pop("dash"),
        "filled marker": lambda figure: line(figure, mode="markers")["marker"].update(
            color=theme.LINE
        ),
        "no line": lambda figure: figure["data"].remove(line(figure, mode="lines")),
    }),
    (trend_spec, counts_start_at_zero, {
        **CUT_AXES,
        "axis too short": lambda figure: figure["layout"]["yaxis"].update(range=[0, 30]),
    }),
    (trend_spec, words_are_there, {
        "no headline": lambda figure: figure["layout"]["title"].update(text=""),
        "no unit": leave_unit_out,
        "no source": lambda figure: figure["layout"]["annotations"].pop(),
    }),
    (trend_spec, text_is_safe, {
        "link": lambda figure: figure["layout"]["annotations"][0].update(text=LINK),
    }),
    (chain_spec, panels_are_apart, {
        "one axis for all": put_all_on_one_axis,
        "total of panels": add_total_of_panels,
        "gap filled with zero": lambda figure: put(figure, 2011, 0),
    }),
    (chain_spec, counts_start_at_zero, CUT_AXES),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "rule", "sabotage"),
    [
        pytest.param(make, rule, sabotage, id=f"{make.__name__}: {name}")
        for make, rule, saboteurs in SABOTAGE
        for name, sabotage in saboteurs.items()
    ],
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
