"""The rules of an honest chart, each with a saboteur: the figure changed in just the forbidden way.

A rule is a function that returns what it finds wrong. It must find nothing in a figure as made,
and something in the sabotaged one. All figures are invented.
"""

import copy
import itertools
import json
import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from pipelines.charts import _theme, justice_chain, trend
from pipelines.charts.caption import Caption, untitled
from pipelines.charts.language import Language, spans
from pipelines.charts.series import Kind, NoteKind, below, notes, read
from schemas import codelists

YEARS = range(2008, 2023)
COLUMNS = (
    "indicator", "year", "value", "upper", "obs_status", "conf_status", "time_basis",
    "break_reason", "previous_release", "previous_value", "previous_value_raw", "rule",
)  # fmt: skip
CAPTION = Caption(
    headline="Testland: 40 detected victims in 2022",
    subtitle="Detected victims · Number of persons · Calendar year · Testland, 2008–2022",
    caveat="Detected victims only, not all victims.",
    source="Source: Office of Tests, Yearbook. Release: 14 April 2025. Licence: CC BY 4.0.",
)


def language(code: str = "en") -> Language:
    lists = ("area", "indicator", "break_reason", "obs_status", "time_basis")
    names = {name: codelists.labels(name, code) for name in lists}
    return Language(code, codelists.labels("site_text", code), names)


def figure_row(indicator: str, year: int, value: float | None, **more: object) -> dict:
    """A row of `published.headline`; a suppressed one has no value and upper 4."""
    suppressed = more.get("obs_status") == "Q"
    row = dict.fromkeys(COLUMNS) | {
        "indicator": indicator,
        "year": year,
        "value": value,
        "upper": 4.0 if suppressed else value,
        "obs_status": "A",
        "conf_status": "A" if suppressed else "F",
        "time_basis": "CY",
    }
    return row | more


def frame(indicator: str = "VIC_DETECT", **changes: dict) -> pd.DataFrame:
    """A series with everything in it; `y2012={...}` changes the row of 2012."""
    few = {"obs_status": "Q"}
    rows = [
        figure_row(indicator, 2008, 120),
        figure_row(indicator, 2009, 0),
        figure_row(indicator, 2010, 1521),
        # 2011 is missing
        figure_row(indicator, 2012, 60),
        figure_row(indicator, 2013, None, **few),
        figure_row(indicator, 2014, 70, previous_release="2023-05-30", previous_value=83.0),
        figure_row(indicator, 2015, 35, obs_status="B", break_reason="BRA_LAW_13344_2016"),
        figure_row(indicator, 2016, 50),
        figure_row(indicator, 2017, 55),
        {**figure_row(indicator, 2018, None), "rule": "V6"},
        figure_row(indicator, 2019, 20),
        # 2020 is missing
        figure_row(indicator, 2021, 30),
        figure_row(indicator, 2022, 40, obs_status="P"),
    ]
    changed = [row | changes.get(f"y{row['year']}", {}) for row in rows]
    return pd.DataFrame(changed, columns=list(COLUMNS))


def trend_spec(data: pd.DataFrame | None = None, code: str = "en", **words: str) -> dict:
    caption = Caption(**(vars(CAPTION) | words))
    return trend.spec(frame() if data is None else data, YEARS, caption, language(code))


def chain_spec(code: str = "en") -> dict:
    data = pd.concat([frame("PER_CONTACT"), frame("PER_CONVICT")])
    return justice_chain.spec(data, YEARS, CAPTION, language(code))


# What a figure draws ------------------------------------------------------------------------


def lines(figure: dict, axis: str = "y") -> list[dict]:
    return [t for t in figure["data"] if t["type"] == "scatter" and t["yaxis"] == axis]


def edges(trace: dict) -> list[tuple[int, int]]:
    """The pairs of years that Plotly joins by a line."""
    if "lines" not in trace["mode"]:
        return []
    drawn = list(zip(trace["x"], trace["y"], strict=True))
    if trace.get("connectgaps", True):
        drawn = [(x, y) for x, y in drawn if y is not None]
    pairs = itertools.pairwise(drawn)
    return [(a[0], b[0]) for a, b in pairs if a[1] is not None and b[1] is not None]


def drawn_figures(figure: dict, axis: str = "y") -> dict[int, float]:
    """The figure that lines and markers show for each year."""
    return {
        x: y
        for trace in lines(figure, axis)
        for x, y in zip(trace["x"], trace["y"], strict=True)
        if y is not None
    }


def drawn_bars(figure: dict, axis: str = "y") -> dict[int, tuple[float, float]]:
    return {
        x: (trace["base"], trace["base"] + y)
        for trace in figure["data"]
        if trace["type"] == "bar" and trace["yaxis"] == axis
        for x, y in zip(trace["x"], trace["y"], strict=True)
    }


def texts(figure: dict) -> list[str]:
    """Every text that Plotly prints."""
    title = figure["layout"].get("title", {"text": "", "subtitle": {"text": ""}})
    printed = [title["text"], title["subtitle"]["text"]]
    printed += [annotation["text"] for annotation in figure["layout"]["annotations"]]
    for trace in figure["data"]:
        printed += [*trace.get("text", []), *trace.get("hovertext", [])]
    return printed


# The rules ----------------------------------------------------------------------------------


def gaps_stay_gaps(figure: dict) -> list[str]:
    """A missing or withheld year is null: not zero, and no line runs across it."""
    missing = {2011, 2018, 2020}
    wrong = [f"{year} has a figure" for year in missing & set(drawn_figures(figure))]
    wrong += [f"{year} has a bar" for year in missing & set(drawn_bars(figure))]
    for trace in lines(figure):
        wrong += [f"a line from {a} to {b}" for a, b in edges(trace) if b - a != 1]
        if "lines" in trace["mode"] and trace["connectgaps"]:
            wrong.append("connectgaps")
    observed = [trace for trace in lines(figure) if trace["mode"] == "lines+markers"]
    shown = {year for trace in observed for year in trace["x"]}
    return wrong + [f"{year} is not even null" for year in missing - shown]


def zero_is_marked(figure: dict) -> list[str]:
    """A reported zero is a marker on the line, not cut off by the axis."""
    holders = [
        trace
        for trace in lines(figure)
        if "markers" in trace["mode"]
        and dict(zip(trace["x"], trace["y"], strict=True)).get(2009) == 0
    ]
    wrong = [] if holders else ["no marker for the zero of 2009"]
    return wrong + ["the marker is clipped" for trace in holders if trace["cliponaxis"]]


def suppressed_is_an_interval(figure: dict) -> list[str]:
    """A suppressed figure is a bar from 0 to 4, labelled <5, and nothing else."""
    wrong = [] if drawn_bars(figure) == {2013: (0, 4)} else [f"bars: {drawn_bars(figure)}"]
    if 2013 in drawn_figures(figure):
        wrong.append("2013 has a figure")
    labels = [text for trace in figure["data"] if trace["type"] == "bar" for text in trace["text"]]
    return wrong + ([] if labels == ["&lt;5"] else [f"labels: {labels}"])


def breaks_cut(figure: dict) -> list[str]:
    """No line runs across a break; a dotted rule and words with a footnote's number mark it."""
    wrong = [f"{a}-{b} is bridged" for t in lines(figure) for a, b in edges(t) if b == 2015]
    rules = [
        shape
        for shape in figure["layout"]["shapes"]
        if shape["x0"] == shape["x1"] == 2014.5 and shape["line"]["dash"] == "dot"
    ]
    said = [text for text in texts(figure) if re.fullmatch(r"series break <sup>\d+</sup>", text)]
    return wrong + ([] if rules else ["no rule"]) + ([] if said else ["no words"])


def uncertain_is_dashed(figure: dict) -> list[str]:
    """A provisional figure has a hollow marker, and the line to it is dashed."""
    wrong = []
    for trace in lines(figure):
        value = dict(zip(trace["x"], trace["y"], strict=True)).get(2022)
        touching = [edge for edge in edges(trace) if 2022 in edge]
        if touching and trace["line"].get("dash") != "dash":
            wrong.append("solid line")
        if value is not None and "markers" in trace["mode"]:
            hollow = trace["marker"]["color"] == _theme.PAPER and trace["marker"]["line"]["width"]
            wrong += [] if hollow else ["filled marker"]
    if not any((2021, 2022) in edges(trace) for trace in lines(figure)):
        wrong.append("no line")
    return wrong


def counts_start_at_zero(figure: dict) -> list[str]:
    """Every count axis starts at zero, holds its marks, and has its panel to itself."""
    wrong = []
    axes = {name: axis for name, axis in figure["layout"].items() if name.startswith("yaxis")}
    for name, axis in axes.items():
        marks = drawn_figures(figure, name.replace("axis", "")).values()
        if axis["range"][0] != 0 or axis["range"][1] < max(marks, default=0):
            wrong.append(f"{name}: {axis['range']}")
        if "overlaying" in axis or axis.get("side") == "right":
            wrong.append(f"{name} is a second axis")
    domains = sorted(axis["domain"] for axis in axes.values() if "domain" in axis)
    overlap = [a for a, b in itertools.pairwise(domains) if a[1] > b[0]]
    return wrong + [f"panels overlap at {domain}" for domain in overlap]


def words_are_there(figure: dict) -> list[str]:
    """Headline, statistical title with the unit, caveat, publisher, release and licence."""
    printed = " ".join(texts(figure)).replace("<br>", " ")
    needed = (CAPTION.headline, CAPTION.subtitle, CAPTION.caveat, CAPTION.source)
    return [f"missing: {text}" for text in needed if text not in printed]


def text_is_safe(figure: dict) -> list[str]:
    """Plotly reads tags in text: only its own bold, break and superscript may be there."""
    return [
        f"{tag} in {text!r}"
        for text in texts(figure)
        for tag in re.findall(r"<[^>]*>?", text)
        if tag not in ("<br>", "<b>", "</b>", "<sup>", "</sup>")
    ]


def panels_are_apart(figure: dict) -> list[str]:
    """Each indicator has its own panel, and none is a total."""
    data = pd.concat([frame("PER_CONTACT"), frame("PER_CONVICT")])
    wrong = []
    for axis, shown in zip(("y", "y2", "y3"), read(data, justice_chain.INDICATORS, YEARS),
                           strict=True):  # fmt: skip
        known = {point.year: point.value for point in shown.of(Kind.FIGURE)}
        if drawn_figures(figure, axis) != known:
            wrong.append(f"{axis}: {drawn_figures(figure, axis)}")
    return wrong


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
    first(figure, "scatter", mode="markers")["marker"]["color"] = _theme.LINE


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


def test_a_confidential_figure_is_suppressed_whatever_its_status_says():
    odd = frame(y2013={"value": 3.0, "obs_status": "A", "conf_status": "C"})
    assert trend_spec(odd) == trend_spec()


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


def test_hostile_words_stay_words():
    hostile = '<a href="https://evil.example">x</a></script><script>alert(1)</script>'
    figure = trend_spec(headline=hostile, subtitle=hostile, caveat=hostile, source=hostile)
    assert text_is_safe(figure) == []
    assert "evil.example" in " ".join(texts(figure))


def test_hostile_name_of_an_indicator_stays_a_word():
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


@pytest.mark.parametrize("code", codelists.LANGUAGES)
@pytest.mark.parametrize("make", [trend_spec, chain_spec])
def test_plotly_accepts_the_figure_and_adds_nothing(make, code):
    spec = make(code=code)
    figure = go.Figure(spec)
    # plotly.py fills in what a template is made of, so it is looked at apart.
    assert not figure.layout.template.layout.to_plotly_json()
    figure.layout.template = None
    del spec["layout"]["template"]
    assert json.loads(figure.to_json(engine="json")) == json.loads(json.dumps(spec))


@pytest.mark.parametrize("make", [trend_spec, chain_spec])
def test_the_page_takes_the_titles_off_and_keeps_the_rest(make):
    whole = make()
    page = untitled(whole)
    plot = [f["layout"]["height"] - f["layout"]["margin"]["t"] for f in (whole, page)]
    assert "title" not in page["layout"]
    assert plot[0] == plot[1]
    assert page["data"] == whole["data"]


@pytest.mark.parametrize(
    ("years", "labelled"),
    [
        (range(2022, 2023), [2022]),
        (range(2008, 2023), [2022, 2019, 2016, 2013, 2010]),
        (range(1963, 2023), [2022, 2012, 2002, 1992, 1982, 1972]),
    ],
)
def test_the_last_year_is_labelled_and_labels_stay_few(years, labelled):
    axis = _theme.year_axis(years)
    assert [year for year in reversed(years) if (axis["tick0"] - year) % axis["dtick"] == 0] == (
        labelled
    )


@pytest.mark.parametrize("greatest", [0, 1, 4, 7, 99, 1521, 16390, 2_000_000])
def test_the_count_axis_counts_whole_persons(greatest):
    axis = _theme.scale(greatest, lines=4)
    assert axis["dtick"] == int(axis["dtick"]) >= 1
    assert axis["range"][1] >= greatest
    assert axis["range"][1] / axis["dtick"] <= 7


# Series, footnotes, words -------------------------------------------------------------------


def one_note(**row: object):
    data = frame(y2014={"previous_release": None}, y2012={"previous_release": "2023-05-30", **row})
    return next(
        note
        for note in notes(read(data, ["VIC_DETECT"], YEARS))
        if note.kind is NoteKind.REVISED
    )  # fmt: skip


def test_footnotes_are_numbered_in_the_order_of_the_years():
    numbered = notes(read(frame(), ["VIC_DETECT"], YEARS))
    assert [(n.number, n.point.year, n.kind) for n in numbered] == [
        (1, 2014, NoteKind.REVISED),
        (2, 2015, NoteKind.BREAK),
        (3, 2018, NoteKind.WITHHELD),
    ]


def test_a_revision_keeps_the_previous_figure():
    assert one_note(previous_value=83.0).point.previous == 83


def test_a_previous_figure_below_five_becomes_an_interval():
    assert one_note(previous_value=3.0).point.previous == "<5"


def test_a_previous_suppressed_figure_stays_as_printed():
    assert one_note(previous_value_raw="<5").point.previous == "<5"


def test_a_previous_figure_is_not_repeated_where_the_figure_is_now_suppressed():
    note = one_note(previous_value=83.0, obs_status="Q", value=None)
    assert note.point.previous is None


def test_a_published_figure_wins_over_a_withheld_one_of_the_same_year():
    data = pd.concat([frame(), frame(y2017={"rule": "V6"})])
    point = next(p for p in read(data, ["VIC_DETECT"], YEARS)[0].points if p.year == 2017)
    assert point.kind is Kind.FIGURE


def test_rows_of_the_view_itself_can_be_drawn():
    assert drawn_figures(trend_spec(frame().drop(columns="rule").iloc[:3])) == {
        2008: 120, 2009: 0, 2010: 1521,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("en", "1\u202f234.5"),
        ("es", "1\u202f234.5"),
        ("pt", "1\u202f234,5"),
        ("fr", "1\u202f234,5"),
    ],
)
def test_thousands_are_parted_by_a_narrow_space_in_every_language(code, number):
    assert language(code).number(1234.5) == number
    assert language(code).separators == number[-2] + "\u202f"


@pytest.mark.parametrize(
    ("code", "day"),
    [("en", "14 April 2025"), ("es", "14 de abril de 2025"), ("pt", "14 de abril de 2025"),
     ("fr", "14 avril 2025")],
)  # fmt: skip
def test_days_are_written_out(code, day):
    assert language(code).day("2025-04-14") == day


def test_runs_of_years_are_drawn_together():
    assert spans([2008, 2009, 2010, 2012, 2014, 2015]) == "2008–2010, 2012, 2014–2015"


def test_a_suppressed_figure_is_printed_as_the_publisher_does():
    assert below(4) == "<5"


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [_theme.INK, _theme.QUIET_INK, _theme.LINE, _theme.SUPPRESSED])
def test_everything_that_is_read_stands_out_from_the_paper(colour):
    assert contrast(colour, _theme.PAPER) >= 4.5
