"""Rules of an honest chart on what is drawn. Each returns the faults of a chart as lines."""

import math
import re
from itertools import pairwise
from typing import Any

from browser.honest_charts.record import Record, filled
from browser.honest_charts.truth import Figures, Truth

LEAST_TOP = 18
YEAR, VALUE, FLAGS, LOWER, UPPER = range(5)


def has(point: list[Any], flag: str) -> bool:
    return flag in (point[FLAGS] or "")


def traces(build: dict[str, Any], at: int, meta: str) -> list[dict[str, Any]]:
    """Return the traces of a kind in a panel."""
    axis = "x" if at == 0 else f"x{at + 1}"
    return [each for each in build["data"] if each["xaxis"] == axis and each["meta"] == meta]


def panels(record: Record):
    """Yield each panel of each width: what is drawn, its place, its specification."""
    for build in record.builds:
        for at, panel in enumerate(record.spec["panels"]):
            yield build, at, panel


def y_axis(build: dict[str, Any], at: int) -> dict[str, Any]:
    return build["layout"]["yaxis" if at == 0 else f"yaxis{at + 1}"]


def rule_every_series_is_published(record: Record, truth: Truth) -> list[str]:
    """Each series of the chart is one of the state in the warehouse: no point more or less."""
    known = truth.rates if record.spec["measure"] == "rate" else truth.counts
    wrong = []
    for panel in record.spec["panels"]:
        for series in panel["series"]:
            points = filled(series)
            if not any(_same(points, figures) for figures in known.get(record.area, {}).values()):
                wrong.append(f"no such series: {panel['name']} {series['name']} {points}")
    if record.anchor == "trend":
        [series] = record.spec["panels"][0]["series"]
        if not _same(filled(series), truth.cited_figures(record.area, "VIC_DETECT")):
            wrong.append("the trend is not the series to cite")
    return wrong


def _same(points: list[list[Any]], figures: Figures) -> bool:
    exact = {point[YEAR]: point[VALUE] for point in points if point[VALUE] is not None}
    wanted = {year: value for year, (value, _, _) in figures.items() if value is not None}
    hidden = {point[YEAR] for point in points if has(point, "S")}
    return (
        exact.keys() == wanted.keys()
        and all(math.isclose(exact[year], wanted[year], rel_tol=0.006) for year in exact)
        and hidden <= figures.keys()
    )


def rule_no_line_crosses_a_gap_or_a_break(record: Record, truth: Truth) -> list[str]:
    """A line joins neighbouring years with exact figures of one side of a break, and no others."""
    wrong = []
    for build, at, panel in panels(record):
        breaks = [year for year, _ in panel["breaks"]]
        for trace in traces(build, at, "line"):
            for one, other in pairwise(trace["x"]):
                if other - one != 1 or any(one < year <= other for year in breaks):
                    wrong.append(f"a line from {one} to {other}")
    return wrong


def rule_every_exact_figure_has_its_mark(record: Record, truth: Truth) -> list[str]:
    """A mark at each exact figure, true zeros included, and none elsewhere; no mark is cut."""
    wrong = []
    for build, at, panel in panels(record):
        wanted = sorted(
            (p[YEAR], p[VALUE])
            for each in panel["series"]
            for p in filled(each)
            if p[VALUE] is not None
        )
        found = [
            pair
            for each in traces(build, at, "observed")
            for pair in zip(each["x"], each["y"], strict=True)
        ]
        zeros = [pair for pair in wanted if pair[1] == 0]
        if record.spec["kind"] == "bar":
            wanted = sorted(wanted + zeros)
        wrong += (
            [] if sorted(map(tuple, found)) == wanted else [f"marks {sorted(found)}, not {wanted}"]
        )
        points = [t for t in traces(build, at, "observed") if t["type"] == "scatter"]
        wrong += ["a mark is cut by the frame" for t in points if t["cliponaxis"]]
    return wrong


def rule_a_suppressed_figure_is_an_interval(record: Record, truth: Truth) -> list[str]:
    """A bar from bound to bound, at least 1 to 4, on an axis that reaches 18; no point, no gap."""
    wrong = []
    for build, at, panel in panels(record):
        wanted = sorted(
            (p[YEAR], p[LOWER] or 0, p[UPPER])
            for each in panel["series"]
            for p in filled(each)
            if has(p, "S")
        )
        found = sorted(
            (x, low, low + y)
            for each in traces(build, at, "suppressed")
            for x, low, y in zip(each["x"], each["base"], each["y"], strict=True)
        )
        wrong += [] if found == wanted else [f"bars {found}, not {wanted}"]
        wrong += [
            f"{year} may be only {low} to {high}" for year, low, high in wanted if high - low < 3
        ]
        if record.spec["measure"] == "count" and y_axis(build, at)["range"][1] < LEAST_TOP:
            wrong.append("the axis ends below 18")
    return wrong


def rule_a_break_is_ruled_and_explained(record: Record, truth: Truth) -> list[str]:
    """A dotted line before its year in its panel, a short reason where there is room, the key."""
    wrong = []
    for build, at, panel in panels(record):
        axis = "x" if at == 0 else f"x{at + 1}"
        ruled = {
            shape["x0"]
            for shape in build["layout"]["shapes"]
            if shape["xref"] == axis and shape["line"]["dash"] == "dot"
        }
        wrong += [f"no rule at {year}" for year, _ in panel["breaks"] if year - 0.5 not in ruled]
        wrong += [
            f"a rule at {x} without a break"
            for x in ruled - {year - 0.5 for year, _ in panel["breaks"]}
        ]
        if len(record.spec["panels"]) == 1:
            texts = " ".join(
                each["text"].replace("<br>", " ")
                for each in build["layout"]["annotations"]
                if each.get("name") == "reason"
            )
            wrong += [
                f"{label!r} is not on the chart"
                for _, label in panel["breaks"]
                if _unsafe(label) not in _unsafe(texts)
            ]
    if any(panel["breaks"] for panel in record.spec["panels"]) and not _in_key(record, "break"):
        wrong.append("the key does not explain the dotted line")
    return wrong


def _unsafe(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


KEY_WORDS = {
    "suppressed": {"en": "suppressed", "es": "suprimid", "pt": "suprimid", "fr": "masqué"},
    "break": {"en": "break", "es": "ruptura", "pt": "quebra", "fr": "rupture"},
    "uncertain": {"en": "provisional", "es": "provisional", "pt": "provisório", "fr": "provisoire"},
    "no_rate": {"en": "no rate", "es": "sin tasa", "pt": "sem taxa", "fr": "pas de taux"},
    "interval": {"en": "95%", "es": "95 %", "pt": "95%", "fr": "95 %"},
}
"""The word of the key for each mark, by language."""


def _in_key(record: Record, mark: str) -> bool:
    return any(KEY_WORDS[mark][record.language["code"]] in text for text in record.key)


def rule_the_key_lists_the_marks_that_are_there(record: Record, truth: Truth) -> list[str]:
    """Suppressed, uncertain, without a rate, interval: in the key if and only if in the chart."""
    flags = "".join(point[FLAGS] or "" for point in record.points)
    is_rate = record.spec["measure"] == "rate"
    there = {
        "suppressed": "S" in flags and not is_rate,
        "uncertain": "U" in flags,
        "no_rate": "X" in flags,
        "interval": is_rate and any(point[UPPER] is not None for point in record.points),
        "break": any(panel["breaks"] for panel in record.spec["panels"]),
    }
    wrong = []
    for mark, is_there in there.items():
        if mark == "suppressed" and "X" in flags:
            continue  # the words for a missing rate name suppression too
        if _in_key(record, mark) != is_there:
            wrong.append(f"the key {'lacks' if is_there else 'explains'} {mark}")
    return wrong


def rule_an_uncertain_figure_is_hollow(record: Record, truth: Truth) -> list[str]:
    """A hollow mark and dashes around provisional and doubtful figures, and only there."""
    wrong = []
    for build, at, panel in panels(record):
        dashes = {p[YEAR] for each in panel["series"] for p in filled(each) if has(p, "U")}
        is_single = len(panel["series"]) == 1
        for trace in traces(build, at, "line"):
            is_dashed = trace["line"]["dash"] == "dash"
            for pair in pairwise(trace["x"]):
                # Of several lines, a solid one may pass the year of another's uncertain figure.
                if is_dashed == dashes.isdisjoint(pair) and (is_single or is_dashed):
                    wrong.append(f"{pair}: {trace['line']['dash']}")
        uncertain = [
            (p[YEAR], p[VALUE])
            for each in panel["series"]
            for p in filled(each)
            if has(p, "U") and p[VALUE] is not None
        ]
        paper = build["layout"]["paper_bgcolor"]
        hollow = [
            pair
            for trace in traces(build, at, "observed")
            for pair, colour in zip(
                zip(trace["x"], trace["y"], strict=True), trace["marker"]["color"], strict=True
            )
            if colour == paper
        ]
        if record.spec["kind"] == "bar":  # a zero is a bar without height and a mark
            uncertain += [pair for pair in uncertain if pair[1] == 0]
        if sorted(hollow) != sorted(uncertain):
            wrong.append(f"hollow are {sorted(hollow)}, uncertain {sorted(uncertain)}")
    return wrong


def rule_labels_lead_with_the_figure_to_cite(record: Record, truth: Truth) -> list[str]:
    """The bold label, or the title of each panel, is neither doubtful nor only repeated."""
    wrong = []
    for build in record.builds:
        labels = [n for n in build["layout"]["annotations"] if n.get("name") in ("last", "panel")]
        single = [each for each in record.spec["panels"] if len(each["series"]) == 1]
        for label, panel in zip(labels, single, strict=False):
            points = filled(panel["series"][0])
            if label["name"] == "last":
                points = [point for point in points if point[VALUE] is not None]
            for flag in "RD":
                points = [point for point in points if not has(point, flag)] or points
            year = label.get("x") if label["name"] == "last" else _last_year(label["text"])
            wrong += [] if year == points[-1][YEAR] else [f"{label['text']}, not {points[-1]}"]
    return wrong


def _last_year(text: str) -> int:
    return int(re.findall(r"\d{4}", text)[-1])
