"""Saboteurs: each spoils a chart in a way that one rule must catch."""

import copy
import random
from collections.abc import Callable, Iterator

import honest_ranks
import honest_words
import honest_years
from honest import Record
from honest_ranks import RANKED
from honest_truth import Truth

Rule = Callable[[Record, Truth], list[str]]
Saboteur = Callable[[Record], bool]
SABOTEURS: list[tuple[Saboteur, Rule]] = []


def against(rule: Rule) -> Callable[[Saboteur], Saboteur]:
    """Register a saboteur, which spoils a chart, or returns False where it finds nothing to."""

    def register(saboteur: Saboteur) -> Saboteur:
        SABOTEURS.append((saboteur, rule))
        return saboteur

    return register


def traces(record: Record, mode: str, *anchors: str) -> Iterator[dict]:
    """Yield the traces of a kind (`bar`, `markers`, `lines`, `text`), if it is such a chart."""
    for trace in record.figure["data"]:
        if record.anchor in anchors and trace.get("mode", trace["type"]) == mode:
            yield trace


def first(record: Record, mode: str, *anchors: str) -> dict | None:
    """Return the first of them."""
    return next(traces(record, mode, *anchors), None)


YEARS = ("happened", "justice")


@against(honest_years.rule_every_mark_over_years_is_published)
def invent_a_figure(record: Record) -> bool:
    if trace := first(record, "markers", *YEARS):
        trace["y"][0] += 12345
    return bool(trace)


@against(honest_years.rule_every_mark_over_years_is_published)
def name_another_source(record: Record) -> bool:
    for _, cells in record.rows:
        if record.anchor == "happened":
            cells[-1] = "STATIN"
    return record.anchor == "happened" and record.area != "JAM"


@against(honest_years.rule_every_mark_over_years_is_published)
def cite_the_year_before(record: Record) -> bool:
    if trace := first(record, "markers", *YEARS):
        trace["x"] = [year - 30 for year in trace["x"]]
    return bool(trace)


@against(honest_years.rule_every_figure_of_a_series_is_drawn)
def hide_a_run(record: Record) -> bool:
    if trace := first(record, "markers", *YEARS):
        record.figure["data"].remove(trace)
    return bool(trace) and trace["marker"]["color"] != ["--paper"]


@against(honest_years.rule_every_figure_of_a_series_is_drawn)
def hide_the_suppressed_figures(record: Record) -> bool:
    hidden = list(traces(record, "bar", "happened"))
    record.figure["data"] = [each for each in record.figure["data"] if each not in hidden]
    return bool(hidden)


@against(honest_years.rule_no_line_crosses_a_gap)
def bridge_a_gap(record: Record) -> bool:
    if line := first(record, "lines", *YEARS):
        line["x"] = [line["x"][0], line["x"][1] + 1]
    return bool(line)


@against(honest_years.rule_no_line_crosses_a_gap)
def bridge_a_break(record: Record) -> bool:
    """Or a suppressed figure: join the last mark of a run with the first of the next one."""
    runs = [t for t in traces(record, "markers", "happened") if t["marker"]["symbol"] == "circle"]
    if len(runs) < 2:
        return False
    ends = [(runs[0]["x"][-1], runs[0]["y"][-1]), (runs[1]["x"][0], runs[1]["y"][0])]
    x, y = zip(*ends, strict=True)
    look = {"color": "--accent", "dash": "solid", "width": 2.4}
    line = {"type": "scatter", "mode": "lines", "line": look}
    record.figure["data"].append(line | {"x": [*x], "y": [*y]})
    return True


@against(honest_years.rule_no_line_crosses_a_gap)
def cut_a_line(record: Record) -> bool:
    solid = [t for t in traces(record, "lines", *YEARS) if t["line"]["dash"] == "solid"]
    for trace in solid[:1]:
        record.figure["data"].remove(trace)
    return bool(solid)


@against(honest_years.rule_a_suppressed_figure_is_a_bar)
def narrow_a_bar(record: Record) -> bool:
    if trace := first(record, "bar", *YEARS):
        trace["y"] = [1]
    return bool(trace)


@against(honest_years.rule_a_suppressed_figure_is_a_bar)
def fill_a_bar(record: Record) -> bool:
    if trace := first(record, "bar", "happened"):
        trace["marker"]["color"] = "--accent"
    return bool(trace)


@against(honest_years.rule_a_suppressed_figure_is_a_bar)
def draw_a_suppressed_figure_as_a_point(record: Record) -> bool:
    bar, run = first(record, "bar", "happened"), first(record, "markers", "happened")
    if not bar or not run or run["marker"]["symbol"] != "circle":
        return False
    run["x"][0] = bar["x"][0]
    return True


@against(honest_years.rule_only_figures_to_cite_are_filled)
def fill_a_hollow_mark(record: Record) -> bool:
    for trace in traces(record, "markers", *YEARS):
        if trace["marker"]["symbol"] == "circle" and "--paper" in trace["marker"]["color"]:
            trace["marker"]["color"] = ["--accent"] * len(trace["x"])
            return True
    return False


@against(honest_years.rule_only_figures_to_cite_are_filled)
def hollow_every_mark(record: Record) -> bool:
    trace = first(record, "markers", *YEARS)
    if not trace or trace["marker"]["color"][0] == "--paper":
        return False
    trace["marker"]["color"] = ["--paper"] * len(trace["x"])
    return True


def measured(record: Record) -> list[float]:
    """Return the range of the axis of the figures."""
    return record.layout["yaxis" if record.anchor in YEARS else "xaxis"]["range"]


@against(honest_years.rule_axes_start_at_zero)
def cut_the_axis(record: Record) -> bool:
    measured(record)[0] = 1
    return True


@against(honest_years.rule_axes_start_at_zero)
def squeeze_the_axis(record: Record) -> bool:
    measured(record)[1] /= 100
    return True


@against(honest_years.rule_axes_start_at_zero)
def add_a_second_axis(record: Record) -> bool:
    record.layout["yaxis2"] = {"overlaying": "y", "range": [0, 1]}
    return True


@against(honest_ranks.rule_rates_are_ranked_by_value)
def swap_two_states(record: Record) -> bool:
    axis = record.layout["yaxis"]
    if record.anchor in RANKED:
        axis["ticktext"][:2] = axis["ticktext"][1::-1]
    return record.anchor in RANKED


@against(honest_ranks.rule_rates_are_ranked_by_value)
def end_the_axis_at_the_highest_rate(record: Record) -> bool:
    if record.anchor in RANKED:
        record.layout["xaxis"]["range"][1] /= 1.1
    return record.anchor in RANKED


@against(honest_ranks.rule_rates_are_ranked_by_value)
def stretch_a_band_or_interval(record: Record) -> bool:
    lines = [*traces(record, "lines", *RANKED)]
    if lines:
        random.Random(str(record)).choice(lines)["x"][0] *= 0.9
    return bool(lines)


@against(honest_ranks.rule_a_disputed_rate_is_hollow)
def fill_the_disputed_rates(record: Record) -> bool:
    for trace in traces(record, "markers", *RANKED):
        trace["marker"]["color"] = ["--ink"] * len(trace["x"])
    return record.anchor in RANKED


@against(honest_ranks.rule_groups_are_those_of_one_year_and_source)
def add_a_remainder(record: Record) -> bool:
    if record.anchor != "who":
        return False
    record.figure["data"].append(copy.deepcopy(record.figure["data"][0]))
    record.figure["data"][-1]["text"] = ["Others: 3"]
    return True


@against(honest_ranks.rule_groups_are_those_of_one_year_and_source)
def leave_a_group_out(record: Record) -> bool:
    return record.anchor == "who" and bool(record.rows.pop())


@against(honest_ranks.rule_groups_are_those_of_one_year_and_source)
def draw_another_year(record: Record) -> bool:
    if record.anchor != "who":
        return False
    for each in record.layout["annotations"]:
        each["text"] = each["text"].replace("20", "19")
    record.rows[:] = [(heading.replace("20", "19"), cells) for heading, cells in record.rows]
    return True


@against(honest_ranks.rule_no_bar_is_longer_than_what_is_known)
def lengthen_a_bar(record: Record) -> bool:
    if trace := first(record, "bar", "who"):
        trace["x"][0] += 5
    return bool(trace)


@against(honest_ranks.rule_no_bar_is_longer_than_what_is_known)
def fill_a_suppressed_group(record: Record) -> bool:
    hidden = [t for t in traces(record, "bar", "who") if t["marker"]["color"] == "--paper"]
    for trace in hidden:
        trace["marker"]["color"] = "--band"
    return bool(hidden)


@against(honest_words.rule_the_table_is_the_drawing)
def change_a_cell(record: Record) -> bool:
    record.rows[0][1][0] = "7777"
    return True


@against(honest_words.rule_a_label_is_the_number_of_its_mark)
def label_another_number(record: Record) -> bool:
    if record.anchor in RANKED:
        for trace in traces(record, "text", *RANKED):
            trace["text"] = [f"{text}7" for text in trace["text"]]
    else:
        for each in record.layout["annotations"]:
            each["text"] = f"7{each['text'].replace('<b>', '')}"
    return True


@against(honest_words.rule_every_number_of_the_sentence_is_in_the_table)
def say_another_number(record: Record) -> bool:
    record.sentence += " 987654321"
    return True


@against(honest_words.rule_the_key_explains_the_marks_that_are_there)
def forget_a_mark(record: Record) -> bool:
    return bool(record.key) and bool(record.key.pop())


@against(honest_words.rule_the_key_explains_the_marks_that_are_there)
def explain_what_is_not_there(record: Record) -> bool:
    record.key.append(("◆", "imagined"))
    return True


@against(honest_words.rule_colours_are_those_of_the_palette)
def paint_a_mark_red(record: Record) -> bool:
    record.figure["data"][0]["fillcolor"] = "red"
    return True


@against(honest_words.rule_the_source_line_names_publisher_and_release)
def drop_the_source(record: Record) -> bool:
    record.source = ""
    return True


@against(honest_words.rule_the_source_line_names_publisher_and_release)
def drop_the_day(record: Record) -> bool:
    record.source = record.source.partition(",")[0]
    return True


@against(honest_words.rule_the_alternative_text_is_the_answer)
def say_nothing(record: Record) -> bool:
    record.label = ""
    return True
