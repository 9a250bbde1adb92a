"""The rules of an honest chart: each a function that returns what it finds wrong in a figure.

All figures are invented.
"""

import itertools
import re

import pandas as pd
from drawn import drawn_bars, drawn_figures, edges, lines, texts

from pipelines.published.charts import justice_chain, theme, trend
from pipelines.published.charts.caption import Caption
from pipelines.published.i18n import interface_text
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import read_series
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
    return Language(code, interface_text.labels("site_text", code), names)


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
    labels = [text for text in texts(figure) if re.fullmatch(r"series break <sup>\d+</sup>", text)]
    return wrong + ([] if rules else ["no rule"]) + ([] if labels else ["no words"])


def uncertain_is_dashed(figure: dict) -> list[str]:
    """A provisional figure has a hollow marker, and the line to it is dashed."""
    wrong = []
    for trace in lines(figure):
        value = dict(zip(trace["x"], trace["y"], strict=True)).get(2022)
        touching = [edge for edge in edges(trace) if 2022 in edge]
        if touching and trace["line"].get("dash") != "dash":
            wrong.append("solid line")
        if value is not None and "markers" in trace["mode"]:
            hollow = trace["marker"]["color"] == theme.PAPER and trace["marker"]["line"]["width"]
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
    for axis, shown in zip(("y", "y2", "y3"), read_series(data, justice_chain.INDICATORS, YEARS),
                           strict=True):  # fmt: skip
        known = {point.year: point.value for point in shown.of(Kind.FIGURE)}
        if drawn_figures(figure, axis) != known:
            wrong.append(f"{axis}: {drawn_figures(figure, axis)}")
    return wrong
