"""Saboteurs: each spoils a chart in a way that one rule must catch."""

import copy
import random
from collections.abc import Callable
from functools import wraps

import honest_ranks as ranks
import honest_words as words
import honest_years as years
from honest import Record
from honest_ranks import RANKED
from honest_truth import Truth

Rule = Callable[[Record, Truth], list[str]]
Saboteur = Callable[[Record], bool]
SABOTEURS: list[tuple[Saboteur, Rule]] = []
YEARS = ("happened", "justice")


def traces(record: Record, mode: str) -> list[dict]:
    """Return the traces of a kind: `bar`, `markers`, `lines`, `text`."""
    return [each for each in record.figure["data"] if each.get("mode", each["type"]) == mode]


def against(rule: Rule, *anchors: str, mode: str = "") -> Callable:
    """Register a saboteur of the charts of some blocks, or of those with a kind of trace in them.

    It is given the first of these traces. It returns False where it finds nothing to spoil.
    """

    def register(spoil: Callable[..., bool | None]) -> Saboteur:
        @wraps(spoil)
        def saboteur(record: Record) -> bool:
            found = traces(record, mode)[:1] if mode else [None]
            if not found or (anchors and record.anchor not in anchors):
                return False
            return spoil(record, *found if mode else ()) is not False

        SABOTEURS.append((saboteur, rule))
        return saboteur

    return register


@against(years.rule_every_mark_over_years_is_published, *YEARS, mode="markers")
def invent_a_figure(_: Record, trace: dict) -> None:
    trace["y"][0] += 12345


@against(years.rule_every_mark_over_years_is_published, "happened")
def name_another_source(record: Record) -> bool:
    for _, cells in record.rows:
        cells[-1] = "STATIN"
    return record.area != "JAM"


@against(years.rule_every_mark_over_years_is_published, *YEARS, mode="markers")
def cite_the_year_before(_: Record, trace: dict) -> None:
    trace["x"] = [year - 30 for year in trace["x"]]


@against(years.rule_every_figure_of_a_series_is_drawn, *YEARS, mode="markers")
def hide_a_run(record: Record, trace: dict) -> bool:
    record.figure["data"].remove(trace)
    return trace["marker"]["color"] != ["--paper"]


@against(years.rule_every_figure_of_a_series_is_drawn, "happened", mode="bar")
def hide_the_suppressed_figures(record: Record, _: dict) -> None:
    hidden = traces(record, "bar")
    record.figure["data"] = [each for each in record.figure["data"] if each not in hidden]


@against(years.rule_no_line_crosses_a_gap, *YEARS, mode="lines")
def bridge_a_gap(_: Record, line: dict) -> None:
    line["x"] = [line["x"][0], line["x"][1] + 1]


@against(years.rule_no_line_crosses_a_gap, "happened")
def bridge_a_break(record: Record) -> bool:
    """Or a suppressed figure: join the last mark of a run with the first of the next one."""
    runs = [each for each in traces(record, "markers") if "circle" in each["marker"]["symbol"]]
    if len(runs) < 2:
        return False
    ends = [(runs[0]["x"][-1], runs[0]["y"][-1]), (runs[1]["x"][0], runs[1]["y"][0])]
    x, y = zip(*ends, strict=True)
    look = {"color": "--accent", "dash": "solid", "width": 2.4}
    line = {"type": "scatter", "mode": "lines", "line": look}
    record.figure["data"].append(line | {"x": [*x], "y": [*y]})
    return True


@against(years.rule_no_line_crosses_a_gap, *YEARS)
def cut_a_line(record: Record) -> bool:
    solid = [each for each in traces(record, "lines") if each["line"]["dash"] == "solid"]
    for trace in solid[:1]:
        record.figure["data"].remove(trace)
    return bool(solid)


@against(years.rule_a_suppressed_figure_is_a_bar, *YEARS, mode="bar")
def narrow_a_bar(_: Record, trace: dict) -> None:
    trace["y"] = [1]


@against(years.rule_a_suppressed_figure_is_a_bar, "happened", mode="bar")
def fill_a_bar(_: Record, trace: dict) -> None:
    trace["marker"]["color"] = "--accent"


@against(years.rule_a_suppressed_figure_is_a_bar, "happened", mode="bar")
def draw_a_suppressed_figure_as_a_point(record: Record, bar: dict) -> bool:
    runs = traces(record, "markers")
    if not runs or "circle" not in runs[0]["marker"]["symbol"]:
        return False
    runs[0]["x"][0] = bar["x"][0]
    return True


@against(years.rule_only_figures_to_cite_are_filled, *YEARS)
def fill_a_hollow_mark(record: Record) -> bool:
    for trace in traces(record, "markers"):
        if "circle" in trace["marker"]["symbol"] and "--paper" in trace["marker"]["color"]:
            trace["marker"]["color"] = ["--accent"] * len(trace["x"])
            return True
    return False


@against(years.rule_only_figures_to_cite_are_filled, *YEARS, mode="markers")
def hollow_every_mark(_: Record, trace: dict) -> bool:
    is_filled = trace["marker"]["color"][0] != "--paper"
    trace["marker"]["color"] = ["--paper"] * len(trace["x"])
    return is_filled


def measured(record: Record) -> list[float]:
    """Return the range of the axis of the figures."""
    return record.layout["yaxis" if record.anchor in YEARS else "xaxis"]["range"]


@against(years.rule_lone_years_are_crosses, "happened", mode="markers")
def mark_every_year_as_lone(_: Record, trace: dict) -> None:
    trace["marker"]["symbol"] = years.LONE


@against(years.rule_lone_years_are_crosses, "happened")
def hide_the_lone_years(record: Record) -> bool:
    lone = [each for each in traces(record, "markers") if years.LONE in each["marker"]["symbol"]]
    for trace in lone:
        trace["marker"]["symbol"] = "circle"
    return bool(lone)


@against(years.rule_no_number_stands_on_a_line, "happened", mode="lines")
def write_numbers_on_their_marks(record: Record, trace: dict) -> bool:
    written = [each for each in record.layout["annotations"] if each["x"] in trace["x"]]
    for each in written:
        each |= {"xanchor": "center", "yanchor": "middle", "xshift": 0, "yshift": 0}
    return any(each["y"] in trace["y"] for each in written)


@against(years.rule_axes_start_at_zero)
def cut_the_axis(record: Record) -> None:
    measured(record)[0] = 1


@against(years.rule_axes_start_at_zero)
def squeeze_the_axis(record: Record) -> None:
    measured(record)[1] /= 100


@against(years.rule_axes_start_at_zero)
def add_a_second_axis(record: Record) -> None:
    record.layout["yaxis2"] = {"overlaying": "y", "range": [0, 1]}


@against(ranks.rule_rates_are_ranked_by_value, *RANKED)
def swap_two_states(record: Record) -> None:
    axis = record.layout["yaxis"]
    axis["ticktext"][:2] = axis["ticktext"][1::-1]


@against(ranks.rule_rates_are_ranked_by_value, *RANKED)
def end_the_axis_at_the_highest_rate(record: Record) -> None:
    record.layout["xaxis"]["range"][1] /= 1.1


@against(ranks.rule_rates_are_ranked_by_value, *RANKED, mode="lines")
def stretch_a_band_or_interval(record: Record, _: dict) -> None:
    random.Random(str(record)).choice(traces(record, "lines"))["x"][0] *= 0.9


@against(ranks.rule_a_disputed_rate_is_hollow, *RANKED)
def fill_the_disputed_rates(record: Record) -> None:
    for trace in traces(record, "markers"):
        trace["marker"]["color"] = ["--ink"] * len(trace["x"])


@against(ranks.rule_groups_are_those_of_one_year_and_source, "who")
def add_a_remainder(record: Record) -> None:
    record.figure["data"].append(copy.deepcopy(record.figure["data"][0]))
    record.figure["data"][-1]["text"] = ["Others: 3"]


@against(ranks.rule_groups_are_those_of_one_year_and_source, "who")
def leave_a_group_out(record: Record) -> None:
    record.rows.pop()


@against(ranks.rule_groups_are_those_of_one_year_and_source, "who")
def draw_another_year(record: Record) -> None:
    for each in record.layout["annotations"]:
        each["text"] = each["text"].replace("20", "19")
    record.rows[:] = [(heading.replace("20", "19"), cells) for heading, cells in record.rows]


@against(ranks.rule_no_bar_is_longer_than_what_is_known, "who", mode="bar")
def lengthen_a_bar(_: Record, trace: dict) -> None:
    trace["x"][0] += 5


@against(ranks.rule_no_bar_is_longer_than_what_is_known, "who")
def fill_a_suppressed_group(record: Record) -> bool:
    hidden = [each for each in traces(record, "bar") if each["marker"]["color"] == "--paper"]
    for trace in hidden:
        trace["marker"]["color"] = "--band"
    return bool(hidden)


@against(words.rule_the_table_is_the_drawing)
def change_a_cell(record: Record) -> None:
    record.rows[0][1][0] = "7777"


@against(words.rule_a_label_is_the_number_of_its_mark)
def label_another_number(record: Record) -> None:
    for trace in traces(record, "text") if record.anchor in RANKED else []:
        trace["text"] = [f"{text}7" for text in trace["text"]]
    for each in record.layout.get("annotations", []) if record.anchor not in RANKED else []:
        each["text"] = f"7{each['text'].replace('<b>', '')}"


@against(words.rule_every_number_of_the_sentence_is_in_the_table)
def say_another_number(record: Record) -> None:
    record.sentence += " 987654321"


@against(words.rule_the_key_explains_the_marks_that_are_there)
def forget_a_mark(record: Record) -> bool:
    return bool(record.key) and bool(record.key.pop())


@against(words.rule_the_key_explains_the_marks_that_are_there)
def explain_what_is_not_there(record: Record) -> None:
    record.key.append(("◆", "imagined"))


@against(words.rule_colours_are_those_of_the_palette)
def paint_a_mark_red(record: Record) -> None:
    record.figure["data"][0]["fillcolor"] = "red"


@against(words.rule_the_source_line_names_publisher_and_release)
def drop_the_source(record: Record) -> None:
    record.source = ""


@against(words.rule_the_source_line_names_publisher_and_release)
def drop_the_day(record: Record) -> None:
    record.source = record.source.partition(",")[0]


@against(words.rule_the_alternative_text_is_the_answer)
def say_nothing(record: Record) -> None:
    record.label = ""
