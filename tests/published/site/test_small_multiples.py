"""Small multiples: a panel shows the figures of its series, on its own scale, and no others."""

import copy

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_rules import (
    YEARS,
    counts_start_at_zero,
    figure_row,
    frame,
    gaps_stay_gaps,
    language,
    text_is_safe,
    uncertain_is_dashed,
    zero_is_marked,
)
from drawn import drawn_bars, drawn_figures, edges, lines

from pipelines.published.charts import small_multiples
from pipelines.published.charts.small_multiples import Rate
from pipelines.published.series.series import notes, read_series

RATES = {
    2008: Rate(0.3, 0.249, 0.359),
    2010: Rate(3.714, 3.53, 3.906),
    2012: Rate(0.144, 0.11, 0.185),
    2015: Rate(0.081, 0.057, 0.113),
    2016: Rate(0.115, 0.085, 0.152),
    2022: Rate(0.088, 0.063, 0.12),
}


def series(data: pd.DataFrame | None = None, years: range = YEARS):
    (found,) = read_series(frame() if data is None else data, ["VIC_DETECT"], years)
    return found


def panel(data: pd.DataFrame | None = None, years: range = YEARS) -> dict:
    shown = series(data, years)
    return small_multiples.spec(shown, notes([shown]), years, language())


def rate_panel(greatest: float = 5) -> dict:
    shown = series()
    return small_multiples.rates(shown, RATES, greatest, notes([shown]), YEARS, language())


def suppressed_is_an_interval(figure: dict) -> list[str]:
    wrong = [] if drawn_bars(figure) == {2013: (0, 4)} else [f"bars: {drawn_bars(figure)}"]
    return wrong + (["2013 has a figure"] if 2013 in drawn_figures(figure) else [])


def break_cuts(figure: dict) -> list[str]:
    wrong = [f"{a}-{b} is bridged" for t in lines(figure) for a, b in edges(t) if b == 2015]
    rules = [s["x0"] for s in figure["layout"]["shapes"] if s["name"] == "break"]
    numbers = [annotation["x"] for annotation in figure["layout"]["annotations"]]
    wrong += [] if rules == [2014.5] else [f"rules: {rules}"]
    return wrong + ([] if numbers == rules else ["no number at the break"])


def no_rate_from_suppressed(figure: dict) -> list[str]:
    wrong = ["2013 has a rate"] if 2013 in drawn_figures(figure) else []
    wrong += ["a bar"] if drawn_bars(figure) else []
    shades = [shape for shape in figure["layout"]["shapes"] if shape["name"] == "suppressed"]
    whole = [(s["x0"], s["x1"], s["yref"], s["y0"], s["y1"]) for s in shades]
    expected = [(2012.6, 2013.4, "y domain", 0, 1)]
    return wrong + ([] if whole == expected else [f"shades: {whole}"])


def intervals_are_exact(figure: dict) -> list[str]:
    """Return a fault unless both ends of every interval are exact and no other year has one."""
    ends = {}
    for trace in lines(figure):
        bars = trace.get("error_y")
        for at, (year, value) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            if value is not None and bars:
                ends[year] = (
                    RATES[year].value - bars["arrayminus"][at],
                    (RATES[year].value + bars["array"][at]),
                )
    expected = {year: (rate.lower, rate.upper) for year, rate in RATES.items()}
    is_same = ends.keys() == expected.keys() and all(
        ends[year] == pytest.approx(expected[year]) for year in ends
    )
    return [] if is_same else [f"intervals: {ends}"]


# The saboteurs ------------------------------------------------------------------------------


def scatter(figure: dict) -> dict:
    return next(trace for trace in figure["data"] if trace["type"] == "scatter")


def put(figure: dict, year: int, value: float) -> None:
    trace = scatter(figure)
    trace["y"][trace["x"].index(year)] = value


def suppressed_as_number(figure):
    put(figure, 2013, 3)


def suppressed_left_out(figure):
    figure["data"] = [trace for trace in figure["data"] if trace["type"] != "bar"]


def break_bridged(figure):
    before, after = [t for t in lines(figure) if t["mode"] == "lines+markers"][:2]
    before["x"] += after["x"]
    before["y"] += after["y"]


def rule_left_out(figure):
    figure["layout"]["shapes"] = []


def shade_left_out(figure):
    figure["layout"]["shapes"] = figure["layout"]["shapes"][:1]


def interval_too_narrow(figure):
    scatter(figure)["error_y"]["array"][0] = 0


SABOTAGE = [
    (panel, suppressed_is_an_interval, suppressed_as_number),
    (panel, suppressed_is_an_interval, suppressed_left_out),
    (panel, break_cuts, break_bridged),
    (panel, break_cuts, rule_left_out),
    (rate_panel, no_rate_from_suppressed, suppressed_as_number),
    (rate_panel, no_rate_from_suppressed, shade_left_out),
    (rate_panel, intervals_are_exact, interval_too_narrow),
    (rate_panel, break_cuts, rule_left_out),
]
SHARED_RULES = [
    gaps_stay_gaps, zero_is_marked, uncertain_is_dashed, counts_start_at_zero, text_is_safe,
]  # fmt: skip
"""Rules of every chart, whose saboteurs the tests of charts catch."""


@pytest.mark.parametrize("rule", SHARED_RULES)
def test_a_panel_obeys_the_rules_of_every_chart(rule):
    assert rule(panel()) == []


@pytest.mark.parametrize(
    ("make", "rule", "sabotage"),
    SABOTAGE,
    ids=[f"{make.__name__}-{rule.__name__}-{done.__name__}" for make, rule, done in SABOTAGE],
)
def test_rule_holds_and_catches_the_saboteur(make, rule, sabotage):
    figure = copy.deepcopy(make())
    assert rule(figure) == []
    sabotage(figure)
    assert rule(figure) != []


def test_a_panel_draws_the_figures_of_its_series():
    assert drawn_figures(panel()) == {
        2008: 120, 2009: 0, 2010: 1521, 2012: 60, 2014: 70, 2015: 35, 2016: 50, 2017: 55,
        2019: 20, 2021: 30, 2022: 40,
    }  # fmt: skip


def test_rates_are_drawn_to_three_digits_and_only_where_there_is_one():
    assert drawn_figures(rate_panel()) == {
        2008: 0.3, 2010: 3.71, 2012: 0.144, 2015: 0.081, 2016: 0.115, 2022: 0.088,
    }  # fmt: skip


def test_all_panels_of_rates_have_one_scale_and_those_of_counts_their_own():
    small = frame()
    small["value"] = small["value"].where(small["value"] < 100, 7.0)
    small["upper"] = small["upper"].where(small["upper"] < 100, 7.0)
    assert panel(small)["layout"]["yaxis"]["range"][1] < 100 < 1521
    assert panel()["layout"]["yaxis"]["range"][1] > 1521
    assert rate_panel(31.7)["layout"]["yaxis"]["range"] == [0, pytest.approx(31.7 * 1.15)]


@pytest.mark.parametrize("greatest", [0, 0.0004, 0.03, 0.9, 1, 31.75, 480])
def test_a_scale_of_rates_reaches_the_highest_interval_in_few_steps(greatest):
    axis = small_multiples.rate_scale(greatest)
    assert axis["range"][0] == 0
    assert axis["range"][1] >= greatest
    assert 1 <= axis["range"][1] / axis["dtick"] <= 5


def test_a_suppressed_figure_leaves_no_trace_of_its_height():
    leaks = [{"value": value, "upper": value} for value in (0.0, 3.0)]
    assert panel(frame(y2013=leaks[0])) == panel(frame(y2013=leaks[1])) == panel()


ONE = pd.DataFrame([figure_row("VIC_DETECT", 2015, 12)])
FEW = pd.DataFrame([figure_row("VIC_DETECT", year, None, obs_status="Q") for year in (2014, 2015)])
LONG = pd.DataFrame([figure_row("VIC_DETECT", year, year - 1960) for year in range(1963, 2023)])


def test_one_point_is_a_marker_without_a_line():
    figure = panel(ONE)
    assert drawn_figures(figure) == {2015: 12}
    assert [edge for trace in lines(figure) for edge in edges(trace)] == []


def test_only_suppressed_figures_are_bars_on_a_scale_that_holds_them():
    figure = panel(FEW)
    assert lines(figure) == []
    assert drawn_bars(figure) == {2014: (0, 4), 2015: (0, 4)}
    assert figure["layout"]["yaxis"]["range"][1] > 4


@pytest.mark.parametrize(
    ("data", "years", "labelled"),
    [(LONG, range(1963, 2023), [1963, 2022]), (ONE, range(2015, 2016), [2015])],
)
def test_only_the_ends_of_the_shared_axis_are_labelled(data, years, labelled):
    figure = panel(data, years)
    assert figure["layout"]["xaxis"]["tickvals"] == labelled
    assert drawn_figures(figure).keys() == set(data["year"])


def test_panels_of_one_family_share_their_years():
    ranges = [panel(data)["layout"]["xaxis"]["range"] for data in (ONE, FEW, frame())]
    assert ranges[0] == ranges[1] == ranges[2] == [2007.4, 2022.6]


@pytest.mark.parametrize("make", [panel, rate_panel])
def test_plotly_accepts_the_panel(make):
    spec = make()
    assert len(go.Figure(spec).data) == len(spec["data"])
