"""Saboteurs of marks: each spoils a chart in one way, and names the rule that must find it.

A saboteur returns False if the chart has nothing of its kind to spoil.
"""

from collections.abc import Callable
from typing import Any

from browser.honest_charts import rules_of_axes as axes
from browser.honest_charts import rules_of_marks as marks
from browser.honest_charts import rules_of_words as words
from browser.honest_charts.record import Record

Saboteur = Callable[[Record], bool]
SABOTEURS: list[tuple[Saboteur, Callable]] = []


def against(rule: Callable) -> Callable[[Saboteur], Saboteur]:
    """Register a saboteur of a rule."""

    def register(saboteur: Saboteur) -> Saboteur:
        SABOTEURS.append((saboteur, rule))
        return saboteur

    return register


def _series(record: Record) -> list[dict[str, Any]]:
    return [each for panel in record.spec["panels"] for each in panel["series"]]


def _without_annotations(record: Record, name: str) -> bool:
    """Take the annotations of a name off the wide chart; return whether there were any."""
    layout = record.wide["layout"]
    kept = [each for each in layout["annotations"] if each.get("name") != name]
    is_changed = len(kept) < len(layout["annotations"])
    layout["annotations"] = kept
    return is_changed


def _first(record: Record, meta: str) -> dict[str, Any] | None:
    return next((t for t in record.wide["data"] if t["meta"] == meta and len(t["x"])), None)


@against(marks.rule_every_series_is_published)
def change_a_figure(record: Record) -> bool:
    point = next((p for each in _series(record) for p in each["points"] if p[1]), None)
    if point:
        point[1] = 10 * point[1]
    return bool(point)


@against(marks.rule_every_series_is_published)
def fill_a_gap_with_zero(record: Record) -> bool:
    for each in _series(record):
        years = [point[0] for point in each["points"]]
        for year in range(years[0], years[-1]):
            if year not in years:
                each["points"].append([year, 0])
                return True
    return False


@against(marks.rule_every_series_is_published)
def leave_out_the_last_year(record: Record) -> bool:
    series = _series(record)[0]
    return (
        record.anchor == "trend" and len(series["points"][-1]) == 2 and bool(series["points"].pop())
    )


@against(marks.rule_every_series_is_published)
def print_a_suppressed_figure(record: Record) -> bool:
    point = next(
        (p for each in _series(record) for p in each["points"] if len(p) > 2 and "S" in p[2]), None
    )
    if point:
        point[1:] = [3]
    return bool(point)


@against(marks.rule_no_line_crosses_a_gap_or_a_break)
def bridge_the_runs(record: Record) -> bool:
    lines = [t for t in record.wide["data"] if t["meta"] == "line"]
    pairs = [
        (a, b)
        for a in lines
        for b in lines
        if a is not b and a["xaxis"] == b["xaxis"] and a["line"]["dash"] == b["line"]["dash"]
    ]
    if not pairs:
        return False
    one, other = pairs[-1]
    one["x"], one["y"] = [*one["x"], *other["x"]], [*one["y"], *other["y"]]
    return True


@against(marks.rule_every_exact_figure_has_its_mark)
def drop_a_mark(record: Record) -> bool:
    trace = _first(record, "observed")
    return bool(trace) and bool(trace["x"].pop() and trace["y"].pop() is not None)


@against(marks.rule_every_exact_figure_has_its_mark)
def move_a_mark(record: Record) -> bool:
    trace = _first(record, "observed")
    if trace:
        trace["y"][0] += 1
    return bool(trace)


@against(marks.rule_every_exact_figure_has_its_mark)
def cut_a_zero_in_half(record: Record) -> bool:
    trace = next(
        (t for t in record.wide["data"] if t["meta"] == "observed" and t["type"] == "scatter"), None
    )
    if trace:
        trace["cliponaxis"] = True
    return bool(trace)


@against(marks.rule_a_suppressed_figure_is_an_interval)
def draw_suppressed_taller(record: Record) -> bool:
    trace = _first(record, "suppressed")
    if trace:
        trace["y"][0] += 3
    return bool(trace)


@against(marks.rule_a_suppressed_figure_is_an_interval)
def draw_suppressed_as_a_gap(record: Record) -> bool:
    trace = _first(record, "suppressed")
    if trace:
        record.wide["data"].remove(trace)
    return bool(trace)


@against(marks.rule_a_suppressed_figure_is_an_interval)
def lower_the_axis(record: Record) -> bool:
    record.narrow["layout"]["yaxis"]["range"] = [0, 6]
    return record.spec["measure"] == "count"


@against(marks.rule_a_break_is_ruled_and_explained)
def take_the_rule_of_a_break(record: Record) -> bool:
    is_broken = bool(record.wide["layout"]["shapes"])
    record.wide["layout"]["shapes"] = []
    return is_broken


@against(marks.rule_a_break_is_ruled_and_explained)
def take_the_reason_of_a_break(record: Record) -> bool:
    return _without_annotations(record, "reason")


@against(marks.rule_the_key_lists_the_marks_that_are_there)
def empty_the_key(record: Record) -> bool:
    has_marks = any(len(point) > 2 for each in _series(record) for point in each["points"])
    record.key = []
    return has_marks


@against(marks.rule_the_key_lists_the_marks_that_are_there)
def explain_a_mark_that_is_not_there(record: Record) -> bool:
    if any(panel["breaks"] for panel in record.spec["panels"]):
        return False
    record.key.append(marks.KEY_WORDS["break"][record.language["code"]])
    return True


@against(marks.rule_an_uncertain_figure_is_hollow)
def draw_dashes_solid(record: Record) -> bool:
    single = len(record.spec["panels"]) == len(_series(record)) == 1
    trace = next(
        (t for t in record.wide["data"] if t["meta"] == "line" and t["line"]["dash"] == "dash"),
        None,
    )
    if not single or not trace:
        return False
    trace["line"]["dash"] = "solid"
    return True


@against(marks.rule_labels_lead_with_the_figure_to_cite)
def label_another_year(record: Record) -> bool:
    for label in record.wide["layout"]["annotations"]:
        if label.get("name") == "last":
            label["x"] -= 1
            return True
    return False


@against(marks.rule_an_uncertain_figure_is_hollow)
def fill_a_hollow_mark(record: Record) -> bool:
    for trace in record.wide["data"]:
        colours = trace.get("marker", {}).get("color")
        if (
            trace["meta"] == "observed"
            and isinstance(colours, list)
            and record.wide["layout"]["paper_bgcolor"] in colours
        ):
            trace["marker"]["color"] = ["#0f4c81"] * len(colours)
            return True
    return False


@against(marks.rule_an_uncertain_figure_is_hollow)
def hollow_a_certain_mark(record: Record) -> bool:
    trace = next(
        (
            t
            for t in record.wide["data"]
            if t["meta"] == "observed" and isinstance(t["marker"]["color"], list)
        ),
        None,
    )
    paper = record.wide["layout"]["paper_bgcolor"]
    if not trace or paper in trace["marker"]["color"]:
        return False
    trace["marker"]["color"][0] = paper
    return True


@against(axes.rule_axes_start_at_zero)
def cut_the_axis(record: Record) -> bool:
    record.wide["layout"]["yaxis"]["range"][0] = 5
    return True


@against(axes.rule_axes_start_at_zero)
def squeeze_the_axis(record: Record) -> bool:
    record.wide["layout"]["yaxis"]["range"][1] /= 3
    return True


@against(axes.rule_axes_start_at_zero)
def add_a_second_axis(record: Record) -> bool:
    record.wide["layout"]["yaxis"]["overlaying"] = "y"
    return True


@against(axes.rule_a_rate_has_its_interval)
def put_a_rate_outside_its_limits(record: Record) -> bool:
    point = next(
        (p for each in _series(record) for p in each["points"] if len(p) > 4 and p[1] is not None),
        None,
    )
    if point and record.spec["measure"] == "rate":
        point[3], point[4] = point[1] + 1, point[1] + 2
        return True
    return False


@against(axes.rule_a_rate_has_its_interval)
def flatten_the_line_of_a_rate(record: Record) -> bool:
    if record.spec["measure"] == "rate":
        record.wide["layout"]["yaxis"]["range"] = [0, 1000]
        return True
    return False


@against(axes.rule_a_rate_has_its_interval)
def halve_an_interval(record: Record) -> bool:
    for trace in record.wide["data"]:
        if around := trace.get("error_y"):
            around["array"] = [each / 2 for each in around["array"]]
            return True
    return False


@against(axes.rule_a_rate_has_its_interval)
def take_the_cross_of_a_suppressed_rate(record: Record) -> bool:
    return _without_annotations(record, "no_rate")


@against(words.rule_few_lines_and_panels)
def add_four_more_lines(record: Record) -> bool:
    record.spec["panels"][0]["series"] *= 5
    return True
