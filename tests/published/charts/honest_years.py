"""Rules of an honest chart over years, and of the axes of any chart.

Each rule takes a chart and the truth, and returns the faults as lines.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from honest import Mark, Record, marks, segments
from honest_truth import CONVICTED, PROSECUTED, VICTIMS, Figure, Truth

SERIES = {
    "happened": {VICTIMS: ("circle", "--accent")},
    "justice": {PROSECUTED: ("circle", "--accent"), CONVICTED: ("square", "--warm")},
}
"""Symbol and colour of each series over years, by block."""
LONE = "x-thin"
"""Symbol of a year that the usual level leaves out."""


def of_series(record: Record) -> Iterator[tuple[str, list[Mark], list[Mark]]]:
    """Yield each series over years: indicator, its figures, its bars of suppressed ones."""
    for indicator, (symbol, colour) in SERIES.get(record.anchor, {}).items():
        every = marks(record)
        yield (
            indicator,
            [each for each in every if each.symbol in (symbol, LONE)],
            [each for each in every if each.is_bar and each.edge == colour],
        )


def cited(record: Record, truth: Truth, indicator: str) -> dict[int, Figure]:
    """Return the figures that may be cited, by year."""
    own = dict(truth.series.get((record.area, indicator), {}))
    newest = truth.newest.get((record.area, indicator))
    # Two lines have no room for a figure of another source.
    return own | {newest.year: newest} if newest and record.anchor == "happened" else own


def beside(record: Record) -> list[Mark]:
    """Return the marks beside a series: squares contradict it, diamonds are of another measure."""
    if record.anchor != "happened":
        return []
    return [each for each in marks(record) if each.symbol in ("square", "diamond")]


def rule_every_mark_over_years_is_published(record: Record, truth: Truth) -> list[str]:
    """With its value, its year and, where the table names it, its source."""
    wrong = []
    names = truth.short_names[record.language]
    for each in marks(record) if record.anchor in SERIES else []:
        if not each.is_bar and not record.printed_as(each.text, each.high):
            wrong.append(f"{each.text} labels {each.high} of {each.printed}")
        named = [
            {source for source, name in names.items() if cells[-1].startswith(name)}
            for heading, cells in record.rows
            if record.anchor == "happened" and (heading, cells[0]) == (each.printed, each.text)
        ] or [{*names}]
        value = None if each.is_bar else each.high
        if not any(
            (record.area, each.year, source, value) in truth.known
            for sources in named
            for source in sources
        ):
            wrong.append(f"no such figure: {each.text} of {each.printed}")
    for indicator, own, _ in of_series(record):
        known = {(year, row.value) for year, row in cited(record, truth, indicator).items()}
        known |= truth.doubted[record.area, indicator]
        later = max((year for year, _ in known), default=0)
        wrong += [
            f"{each.text} of {each.printed} is not of the series"
            for each in own
            if (each.year, each.high) not in known and not (each.is_hollow and each.year > later)
        ]
    return wrong


def rule_every_figure_of_a_series_is_drawn(record: Record, truth: Truth) -> list[str]:
    """Each once, exact ones as a mark and suppressed ones as a bar."""
    wrong = []
    for indicator, own, hidden in of_series(record):
        for year, row in cited(record, truth, indicator).items():
            found = [each for each in (own if row.value is not None else hidden)
                     if each.year == year and row.value in (None, each.high)]  # fmt: skip
            wrong += [] if len(found) == 1 else [f"{indicator} of {year}: {len(found)} marks"]
    return wrong


def rule_no_line_crosses_a_gap(record: Record, truth: Truth) -> list[str]:
    """Nor a break or a suppressed figure; a line joins all other years that follow each other."""
    if record.anchor not in SERIES:
        return []
    pieces = segments(record)
    wrong = [f"a line from {a[0]} to {b[0]}" for a, b, _ in pieces if b[0] - a[0] != 1]
    joined = set()
    for indicator, own, hidden in of_series(record):
        figures = cited(record, truth, indicator)
        places = {(each.year, each.high): each for each in own}
        colours = {SERIES[record.anchor][indicator][1], "--earlier"}
        for one, other, look in pieces:
            if look["color"] in colours and one in places and other in places:
                joined.add((one, other))
                row = figures.get(other[0])
                wrong += [f"a line over the break of {other[0]}"] if row and row.is_break else []
                is_sure = not (places[one].is_hollow or places[other].is_hollow)
                wrong += [] if is_sure == (look["dash"] == "solid") else [f"dash at {other[0]}"]
        known = [row for row in figures.values() if row.value is not None]
        for before, after in pairwise(sorted(known, key=lambda row: row.year)):
            ends = ((before.year, before.value), (after.year, after.value))
            is_next = after.year == before.year + 1 and after.source == before.source
            is_next = is_next and not after.is_break
            wrong += [f"no line to {after.year}"] if is_next and ends not in joined else []
        wrong += [f"a mark and a bar in {each.year}" for each in hidden
                  if any(each.year == place for place, _ in places)]  # fmt: skip
    wrong += [f"a line to nothing: {b}" for a, b, _ in pieces if (a, b) not in joined]
    return wrong


def rule_a_suppressed_figure_is_a_bar(record: Record, truth: Truth) -> list[str]:
    """Over all that it may be, at least 1 to 4, outlined; never a point, and only for these."""
    wrong = []
    for indicator, own, drawn in of_series(record):
        figures = cited(record, truth, indicator)
        hidden = {year: row for year, row in figures.items() if row.value is None}
        wrong += [f"a point in {each.year}" for each in own if each.year in hidden]
        doubted = {year for year, value in truth.doubted[record.area, indicator] if value is None}
        wrong += [f"a bar in {e.year}" for e in drawn if e.year not in {*hidden} | doubted]
        for each in drawn:
            if row := hidden.get(int(each.year)):
                wrong += [] if each.is_hollow else [f"the bar of {each.year} is filled"]
                wrong += [] if _spans(each, row) else [f"{each.low} to {each.high} in {each.year}"]
    return wrong


def _spans(bar: Mark, row: Figure) -> bool:
    if row.upper is None:
        return bar.low == row.lower and bar.high > bar.low
    if row.upper - row.lower >= 3:
        return (bar.low, bar.high) == (row.lower, row.upper)
    return bar.low <= row.lower and bar.high >= row.upper and bar.high - bar.low >= 3


def rule_only_figures_to_cite_are_filled(record: Record, truth: Truth) -> list[str]:
    """A doubted one, and a newer one that is not yet to be cited, are hollow.

    One of another measure is filled if the sentence gives it.
    """
    wrong = []
    for indicator, own, _ in of_series(record):
        figures = cited(record, truth, indicator)
        sure = {(year, row.value) for year, row in figures.items()}
        wrong += [
            f"{each.year} is {'hollow' if each.is_hollow else 'filled'}"
            for each in own
            if each.is_hollow == ((each.year, each.high) in sure)
        ]
        last = max(figures, default=0)
        wrong += [
            f"{e.year} is {e.fill}"
            for e in beside(record)
            if e.year > last and e.is_hollow == (f" {e.text} " in record.sentence)
        ]
    return wrong


def rule_lone_years_are_crosses(record: Record, truth: Truth) -> list[str]:
    """Those that the level in the sentence leaves out, and no others."""
    if record.anchor != "happened":
        return []
    drawn = {each.year for each in marks(record) if each.symbol == LONE}
    return [f"{year} is lone or drawn so" for year in drawn ^ truth.lone[record.area]]


def rule_no_number_stands_on_a_line(record: Record, _: Truth) -> list[str]:
    """On a phone, where all is closest: 15 pixels high and 7.5 a digit, beside its mark."""
    if record.anchor != "happened":
        return []
    layout, wrong = record.layout, []
    (first, last), (_, top) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    right = (348 - 48 - layout["margin"]["r"]) / (last - first)
    down = (260 - 26 - layout["margin"]["t"]) / top
    for each in layout["annotations"]:
        if not (digits := re.sub("<.*?>", "", each["text"])).strip("<")[0].isdigit():
            continue
        width = 7.5 * len(digits)
        left = {"left": 0, "center": -width / 2, "right": -width}[each["xanchor"]] + each["xshift"]
        low = {"bottom": 0, "middle": -7.5, "top": -15}[each["yanchor"]] + each["yshift"]
        for (x, y), (x_end, y_end), _look in segments(record):
            for step in range(51):
                part = step / 50
                across = right * (x + part * (x_end - x) - each["x"]) - left
                up = down * (y + part * (y_end - y) - each["y"]) - low
                if 0 < across < width and 0 < up < 15:
                    wrong.append(f"{digits} on the line to {x_end}")
                    break
    return wrong


def rule_axes_start_at_zero(record: Record, truth: Truth) -> list[str]:
    """And end above every mark; none is cut, reversed, logarithmic or a second one."""
    layout, data = record.layout, record.figure["data"]
    across = record.anchor in SERIES
    low, high = layout["yaxis" if across else "xaxis"]["range"]
    wrong = [] if low == 0 else [f"an axis from {low}"]
    ends = [
        end
        for trace in data
        if trace.get("mode") != "text"
        for end, base in zip(
            trace["y" if across else "x"], trace.get("base", [0] * len(trace["x"])), strict=True
        )
        if end is not None and not high >= end + base
    ]
    wrong += [f"{end} is above the axis" for end in ends]
    if across:
        first, last = layout["xaxis"]["range"]
        wrong += [f"{m.year} is cut" for m in marks(record) if not first < m.year < last]
    axes = {name: each for name, each in layout.items() if re.match(r"[xy]axis", name)}
    wrong += [f"another axis: {name}" for name in axes if name not in ("xaxis", "yaxis")]
    wrong += [f"{name} is no plain axis" for name, each in axes.items()
              if each.get("type", "linear") != "linear" or "autorange" in each]  # fmt: skip
    return wrong
