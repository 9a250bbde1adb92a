"""Rules 17 and 18: the number of series in a panel, and their looks."""

import itertools
from collections.abc import Iterator

from colours import contrast, distance
from pages import Chart
from truth import Truth


def rule_17_four_series_a_panel(chart: Chart, truth: Truth) -> list[str]:
    """At most; more make small multiples."""
    looks: dict[str, set[str]] = {}
    for trace in chart.traces:
        looks.setdefault(trace.get("yaxis", "y"), set()).add(_series_of(trace))
    return [f"{axis}: {sorted(names)}" for axis, names in looks.items() if len(names) > 4]


def rule_18_colours_are_distinguishable(chart: Chart, truth: Truth) -> list[str]:
    """3:1 to the paper, 4.5:1 for words; and two series differ in more than their colour."""
    paper = chart.layout.get("paper_bgcolor", "#ffffff")
    wrong = [f"{each} on {paper}" for each in _inks(chart) if contrast(each, paper) < 3]
    wrong += [f"words in {each}" for each in _inks_of_words(chart) if contrast(each, paper) < 4.5]
    for axis in {trace.get("yaxis", "y") for trace in chart.traces}:
        channels = {_channels(t) for t in chart.traces if t.get("yaxis", "y") == axis}
        wrong += [
            f"{axis}: {one} and {other}"
            for one, other in itertools.combinations(sorted(channels), 2)
            if one[0] != other[0] and one[1:] == other[1:] and distance(one[0], other[0]) < 10
        ]
    return wrong


def _series_of(trace: dict) -> str:
    """Return the looks that set the series of a panel apart; an interval belongs to its series."""
    return str(trace.get("legendgroup") or trace.get("name") or "the only one")


def _channels(trace: dict) -> tuple[str, str, str]:
    """Return the looks of a trace: colour, marker or pattern, dash."""
    marker = trace.get("marker", {})
    colour = trace.get("line", {}).get("color") or marker.get("line", {}).get("color")
    shape = marker.get("symbol") or marker.get("pattern", {}).get("shape") or ""
    return str(colour or marker.get("color")), f"{trace['type']} {shape}", _dash(trace)


def _dash(trace: dict) -> str:
    return str(trace.get("line", {}).get("dash", "solid"))


def _inks(chart: Chart) -> Iterator[str]:
    """The colours of lines and outlines."""
    for trace in chart.traces:
        outline = trace.get("marker", {}).get("line", {}).get("color")
        yield from filter(None, [trace.get("line", {}).get("color"), outline])
        if not outline and isinstance(trace.get("marker", {}).get("color"), str):
            yield trace["marker"]["color"]
    for shape in chart.layout.get("shapes", []):
        yield shape["line"]["color"] if shape["line"]["width"] else shape["fillcolor"]


def _inks_of_words(chart: Chart) -> Iterator[str]:
    for words in chart.layout.get("annotations", []):
        yield words.get("font", {}).get("color", chart.layout["font"]["color"])
    for name, part in chart.layout.items():
        if name.startswith(("xaxis", "yaxis")) and "tickfont" in part:
            yield part["tickfont"]["color"]
