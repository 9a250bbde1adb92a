"""Rules of an honest chart on its axes, and on the rates that may widen them."""

from typing import Any

import pytest

from browser.honest_charts.record import Record, filled
from browser.honest_charts.rules_of_marks import (
    LOWER,
    UPPER,
    VALUE,
    YEAR,
    has,
    panels,
    traces,
    y_axis,
)
from browser.honest_charts.truth import Truth


def rule_axes_start_at_zero(record: Record, truth: Truth) -> list[str]:
    """Each axis from zero to above the greatest mark; one a panel; one scale where it says so."""
    wrong = []
    for build in record.builds:
        axes = [y_axis(build, at) for at in range(len(record.spec["panels"]))]
        wrong += [f"an axis from {axis['range'][0]}" for axis in axes if axis["range"][0] != 0]
        wrong += [
            "a second axis" for axis in axes if axis.get("overlaying") or axis.get("type") == "log"
        ]
        for axis, panel in zip(axes, record.spec["panels"], strict=True):
            highest = max(
                (
                    p[VALUE] or (has(p, "S") and p[UPPER]) or 0
                    for each in panel["series"]
                    for p in filled(each)
                ),
                default=0,
            )
            wrong += ["a mark above the axis"] if highest > axis["range"][1] else []
        if record.spec["scale"] == "shared" and len({axis["range"][1] for axis in axes}) > 1:
            wrong.append("scales differ")
    return wrong


def _intervals(trace: dict[str, Any]) -> list[tuple[int, float, float]]:
    """Return year and ends of the lines through the marks of a trace."""
    around = trace.get("error_y")
    if not around:
        return []
    every = zip(trace["x"], trace["y"], around["arrayminus"], around["array"], strict=True)
    return [(year, value - below, value + above) for year, value, below, above in every]


def rule_a_rate_has_its_interval(record: Record, truth: Truth) -> list[str]:
    """Every exact rate has a line between its limits; a suppressed count has a cross alone.

    The axis holds the limits, or ends beyond twice the highest rate; limits never flatten the line.
    """
    if record.spec["measure"] != "rate":
        return []
    limited = [p for p in record.points if p[VALUE] is not None and p[UPPER] is not None]
    wrong = [f"{p[YEAR]}" for p in limited if not p[LOWER] <= p[VALUE] <= p[UPPER]]
    highest = max((p[VALUE] for p in record.points if p[VALUE] is not None), default=0)
    for build, at, panel in panels(record):
        top = y_axis(build, at)["range"][1]
        if record.spec["scale"] == "shared" and highest:
            widest = max([highest, *(p[UPPER] for p in limited)])
            wrong += [] if min(widest, 2 * highest) <= top < 2.4 * highest else [f"axis to {top}"]
        drawn = {
            year: (low, high)
            for each in traces(build, at, "observed")
            for year, low, high in _intervals(each)
        }
        for p in (p for each in panel["series"] for p in filled(each) if p in limited):
            ends = pytest.approx((p[LOWER], max(p[VALUE], min(p[UPPER], top))))
            wrong += [] if drawn.get(p[YEAR]) == ends else [f"interval of {p[YEAR]}"]
        wrong += ["a bar among rates" for each in traces(build, at, "suppressed") if each]
        axis = "x" if at == 0 else f"x{at + 1}"
        crosses = {
            a["x"]
            for a in build["layout"]["annotations"]
            if a.get("name") == "no_rate" and a["xref"] == axis
        }
        wanted = {p[YEAR] for each in panel["series"] for p in filled(each) if has(p, "X")}
        wrong += [] if crosses == wanted else [f"crosses {crosses}, not {wanted}"]
    return wrong
