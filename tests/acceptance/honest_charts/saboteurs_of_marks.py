"""Saboteurs of rules 1 to 8: each changes what a real chart draws in just one forbidden way.

One that finds nothing to spoil in a chart raises `StopIteration`, which is what `next` does.
"""

import copy
import re
from collections.abc import Callable

from drawn import lines
from pages import Cell, Chart


def seek(chart: Chart, is_wanted: Callable[[Cell], bool]) -> tuple[int, Cell, dict]:
    """A year of such a cell, the cell, and the trace of lines that runs by it."""
    return next(
        (int(heading), cell, trace)
        for heading, cells in chart.cells.items()
        for column, cell in enumerate(cells)
        if is_wanted(cell)
        for trace in lines(chart.plot or {"data": []}, f"y{column + 1}" if column else "y")
        if int(heading) in trace["x"] and "lines" in trace["mode"]
    )


def missing(chart: Chart) -> tuple[int, Cell, dict]:
    return seek(chart, lambda cell: cell.kind in ("missing", "withheld"))


def suppressed(chart: Chart) -> tuple[int, Cell, dict]:
    """A year whose interval is drawn as a bar, its cell, and the bar."""
    bar = next(
        trace
        for trace in chart.traces
        if trace.get("meta") == "suppressed" and trace.get("orientation") != "h"
    )
    column = int(bar["yaxis"][1:] or 1) - 1
    return bar["x"][0], chart.cells[str(bar["x"][0])][column], bar


def put(trace: dict, year: int, value: float | None) -> None:
    trace["y"][trace["x"].index(year)] = value


# 1 -----------------------------------------------------------------------------------------------


def fill_a_gap_with_zero(chart: Chart) -> None:
    year, _, trace = missing(chart)
    put(trace, year, 0)


def guess_a_gap(chart: Chart) -> None:
    year, _, trace = missing(chart)
    put(trace, year, max(value or 0 for value in trace["y"]))


def connect_the_gaps(chart: Chart) -> None:
    next(t for t in chart.traces if "lines" in t.get("mode", ""))["connectgaps"] = True


def leave_the_gap_out(chart: Chart) -> None:
    """A line then runs from the year before to the year after."""
    trace, at = next(
        (trace, at)
        for trace in chart.traces
        if "lines" in trace.get("mode", "")
        for at, value in enumerate(trace["y"])
        if value is None and trace["y"][:at] and None not in trace["y"][at - 1 : at]
        and None not in trace["y"][at + 1 : at + 2] and trace["y"][at + 1 :]
    )  # fmt: skip
    del trace["x"][at], trace["y"][at]


def print_zero_for_a_gap(chart: Chart) -> None:
    missing(chart)[1].figure = "0"


def print_nothing_for_a_gap(chart: Chart) -> None:
    missing(chart)[1].figure = ""


# 2 -----------------------------------------------------------------------------------------------


def drop_a_zero(chart: Chart) -> None:
    trace = next(t for t in chart.traces if t["type"] == "scatter" and 0 in t["y"])
    put(trace, trace["x"][trace["y"].index(0)], None)


def take_the_marker_of_a_zero(chart: Chart) -> None:
    next(t for t in chart.traces if t["type"] == "scatter" and 0 in t["y"])["mode"] = "lines"


def cut_a_zero_in_half(chart: Chart) -> None:
    next(t for t in chart.traces if t["type"] == "scatter" and 0 in t["y"])["cliponaxis"] = True


def print_a_dash_for_zero(chart: Chart) -> None:
    seek(chart, lambda cell: cell.figure == "0")[1].figure = "–"


# 3 -----------------------------------------------------------------------------------------------


def draw_suppressed_as_two(chart: Chart) -> None:
    year, _, bar = suppressed(chart)
    put(bar, year, 2)


def draw_suppressed_as_a_line_at_four(chart: Chart) -> None:
    _, _, bar = suppressed(chart)
    bar.update(type="scatter", mode="lines+markers", meta="observed", connectgaps=False)


def draw_suppressed_as_zero(chart: Chart) -> None:
    year, _, bar = suppressed(chart)
    line = {"type": "scatter", "mode": "lines+markers", "connectgaps": False}
    chart.traces.append({**line, "yaxis": bar["yaxis"], "x": [year], "y": [0]})


def draw_suppressed_as_a_gap(chart: Chart) -> None:
    chart.traces.remove(suppressed(chart)[2])


def take_the_label_of_suppressed(chart: Chart) -> None:
    _, _, bar = suppressed(chart)
    if "text" not in bar:
        raise StopIteration  # a small panel has no room for it
    bar["text"] = [""] * len(bar["x"])


def print_a_figure_for_suppressed(chart: Chart) -> None:
    suppressed(chart)[1].figure = "3"


def print_suppressed_as_a_gap(chart: Chart) -> None:
    suppressed(chart)[1].kind = "missing"


def tell_the_figure_of_an_older_release(chart: Chart) -> None:
    year, cell, _ = suppressed(chart)
    chart.notes.append(f"{year}: revised. The release of 30 May 2023 had 17.")
    cell.notes.append(len(chart.notes))


# 4 -----------------------------------------------------------------------------------------------


def bridge_a_break(chart: Chart) -> None:
    """The line goes on as if nothing had changed."""
    before, after = next(
        (a, b)
        for rule in chart.layout.get("shapes", [])
        for a in chart.traces
        for b in chart.traces
        if a.get("mode") == b.get("mode") == "lines+markers" and a["yaxis"] == b["yaxis"]
        if a["x"][-1] < rule["x0"] < b["x"][0] and a["y"][-1] is not None is not b["y"][0]
    )
    before["x"] += after["x"]
    before["y"] += after["y"]
    chart.traces.remove(after)


def take_the_rule_of_a_break(chart: Chart) -> None:
    shapes = chart.layout.get("shapes", [])
    shapes.remove(next(shape for shape in shapes if shape["name"] == "break"))


def take_the_label_of_a_break(chart: Chart) -> None:
    notes = chart.layout.get("annotations", [])
    notes.remove(next(note for note in notes if note["name"] == "break"))


def drop_the_reason_of_a_break(chart: Chart) -> None:
    next(shape for shape in chart.layout.get("shapes", []) if shape["name"] == "break")
    chart.notes[:] = [note[:40] for note in chart.notes]


# 5 -----------------------------------------------------------------------------------------------


def draw_provisional_solid(chart: Chart) -> None:
    del next(t for t in chart.traces if t.get("line", {}).get("dash"))["line"]["dash"]


def fill_the_marker_of_a_provisional_figure(chart: Chart) -> None:
    hollow = next(t for t in chart.traces if t.get("meta") == "uncertain" and "marker" in t)
    hollow["marker"]["color"] = hollow["marker"]["line"]["color"]


def call_provisional_final(chart: Chart) -> None:
    year = next(
        x
        for t in chart.traces
        if t.get("meta") == "uncertain" and "marker" in t
        for x, y in zip(t["x"], t["y"], strict=True)
        if y is not None
    )
    for cell in chart.cells[str(year)]:
        cell.remarks = ""


# 6 -----------------------------------------------------------------------------------------------


REVISED = r"release of|publicación del|publicação de|publication du"
BESIDE = r"could be worked out|permitirían? deducir|permitiriam? deduzir|permettr\w+ de déduire"


def drop_the_notes(chart: Chart) -> None:
    next(note for note in chart.notes if re.search(REVISED, note))
    chart.notes[:] = [note if not re.search(REVISED, note) else "" for note in chart.notes]


def lead_to_no_note(chart: Chart) -> None:
    next(note for note in chart.notes if re.search(REVISED, note))
    for cells in chart.cells.values():
        for cell in cells:
            cell.notes.clear()


def leave_the_figure_before_out(chart: Chart) -> None:
    """Only that it was revised remains."""
    next(note for note in chart.notes if re.search(rf"({REVISED}).* \d+\.$", note))
    chart.notes[:] = [re.sub(r"(20\d\d) \S+ \S+\.$", r"\1.", note) for note in chart.notes]


def repeat_a_figure_beside_a_suppressed_one(chart: Chart) -> None:
    """A note repeats what the older release had of another part of that year."""
    at = next(at for at, note in enumerate(chart.notes) if re.search(BESIDE, note))
    chart.notes[at] = f"{chart.notes[at].removesuffix('.')}: 46."


def give_another_release(chart: Chart) -> None:
    next(note for note in chart.notes if re.search(REVISED, note))
    chart.notes[:] = [re.sub(r"(?<=.)20\d\d", "1999", note) for note in chart.notes]


# 7 -----------------------------------------------------------------------------------------------


def cut_the_axis(chart: Chart) -> None:
    next(a for n, a in chart.layout.items() if n.startswith("yaxis"))["range"][0] = 20


def lower_the_axis(chart: Chart) -> None:
    """The highest mark then leaves the panel."""
    next(iter(chart.traces))
    axes = [axis for name, axis in chart.layout.items() if name.startswith("yaxis")]
    for axis in axes:
        axis["range"][1] = 0.0001


def squeeze_the_axis(chart: Chart) -> None:
    next(a for n, a in chart.layout.items() if n.startswith("yaxis"))["type"] = "log"


def add_a_second_axis(chart: Chart) -> None:
    first = next(a for n, a in chart.layout.items() if n.startswith("yaxis"))
    chart.layout["yaxis9"] = first | {"overlaying": "y", "side": "right"}


# 8 -----------------------------------------------------------------------------------------------


def drop_the_intervals(chart: Chart) -> None:
    for trace in [t for t in chart.traces if "error_y" in t]:
        del trace["error_y"]


def narrow_the_intervals(chart: Chart) -> None:
    reach = next(t for t in chart.traces if "error_y" in t)["error_y"]
    reach["array"] = [above and above / 3 for above in reach["array"]]


def print_a_rate_of_a_suppressed_count(chart: Chart) -> None:
    """The table of a rate has the count in its third column."""
    if not chart.anchor.startswith("rate-"):
        raise StopIteration
    rate, *_ = next(c for c in chart.cells.values() if len(c) > 2 and c[2].kind == "suppressed")
    rate.kind, rate.figure = "figure", "0.02"


def draw_a_rate_among_counts(chart: Chart) -> None:
    model = next(t for t in chart.traces if t["type"] == "scatter" and any(t["y"]))
    rate = copy.deepcopy(model)
    rate["y"] = [value and value / 7.3 for value in rate["y"]]
    chart.traces.append(rate)


def drop_the_denominator(chart: Chart) -> None:
    chart.origin = chart.origin.replace("Population Division", "")
