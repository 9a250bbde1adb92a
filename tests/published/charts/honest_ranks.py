"""Rules of an honest chart of ranked rates and of one of groups.

Each rule takes a chart and the truth, and returns the faults as lines.
"""

import math
import re
from collections.abc import Iterator

from honest import YEAR, Record, bars, group_rows, letters, segments
from honest_truth import Part, Rate, Truth

from schemas import codelists, parameters

RANKED = ("neighbours", "rates")
"""The blocks of ranked rates."""
BEYOND = 1.3
"""The axis ends so many times the highest rate: a wide interval flattens nothing."""


def dots(record: Record) -> dict[str, tuple[float, float, str]]:
    """Return rate, height and fill of each dot, by state."""
    axis = record.layout["yaxis"]
    codes = {letters(text): code for code, text in
             codelists.labels("area", record.language).items()}  # fmt: skip
    names = {at: codes[letters(text)] for at, text in
             zip(axis["tickvals"], axis["ticktext"], strict=True)}  # fmt: skip
    return {
        names[y]: (x, y, fill)
        for trace in record.figure["data"]
        if trace["mode"] == "markers"
        for x, y, fill in zip(trace["x"], trace["y"], trace["marker"]["color"], strict=True)
    }


def rates_drawn(record: Record, truth: Truth) -> tuple[str, int, dict[str, Rate]]:
    """Return source, year and rates that the chart says it shows: those of the source line."""
    year = int(re.findall(YEAR, record.unit)[-1])
    names = truth.short_names[record.language]
    found = [
        each for each in truth.rates_of(record.indicator, year) if names[each[0]] in record.source
    ]
    source, rates = max(found, key=lambda each: len(each[1]), default=("", {}))
    return source, year, rates


def rule_rates_are_ranked_by_value(record: Record, truth: Truth) -> list[str]:
    """All of one source and year; each with its interval and band; none near the edge."""
    if record.anchor not in RANKED:
        return []
    source, year, rates = rates_drawn(record, truth)
    found, top = dots(record), record.layout["xaxis"]["range"][1]
    wrong = [f"{area} differs" for area in {*rates} ^ {*found}]
    order = [rate for rate, *_ in sorted(found.values(), key=lambda each: each[1])]
    wrong += [] if order == sorted(order, reverse=True) else ["not in the order of the rates"]
    wrong += [
        f"{area} is near the edge" for area, (x, *_) in found.items() if x * BEYOND > top * 1.001
    ]
    lines = {
        (one[1], look["width"] > 5): (one[0], other[0]) for one, other, look in segments(record)
    }
    years = range(year - int(parameters.number("years_of_rate_band")) + 1, year + 1)
    for area, rate in rates.items():
        x, at, _ = found.get(area, (math.nan, math.nan, ""))
        lowest, highest = truth.band(record.indicator, source, area, years)
        wrong += [] if x == rate.value else [f"{area} at {x}, not {rate.value}"]
        for is_band, ends in ((False, (rate.lower, rate.upper)), (True, (lowest, highest))):
            wanted = (ends[0], min(ends[1], top))
            wrong += [] if lines.get((at, is_band)) == wanted else [f"{area}: not {wanted}"]
    return wrong


def rule_a_disputed_rate_is_hollow(record: Record, truth: Truth) -> list[str]:
    """One that another figure, or its own parts, contradict; no other."""
    if record.anchor not in RANKED:
        return []
    source, year, _ = rates_drawn(record, truth)
    disputed = {
        area for area, *key in truth.contradicted if key == [record.indicator, source, year]
    }
    return [
        f"{area} is {fill}"
        for area, (_, _, fill) in dots(record).items()
        if (area in disputed) != (fill == "--paper")
    ]


def groups(record: Record, truth: Truth) -> Iterator[tuple[str, list[Part], float]]:
    """Yield each way of dividing: heading, and parts and total as published, if any are so."""
    for heading in dict.fromkeys(each.heading for each in bars(record)):
        rows = [cells for (of, _), cells in group_rows(record).items() if of == heading]
        shown = sorted(record.interval(cells[0]) for cells in rows)
        total = record.number(rows[0][2]) if rows else None
        for (area, source, year, _), parts in truth.parts.items():
            if area != record.area or sorted(_shown(part) for part in parts) != shown:
                continue
            value, upper = truth.totals.get((area, source, year), (None, 0))
            if value == total and re.findall(YEAR, heading)[0] in truth.printed[source, year]:
                yield heading, parts, upper
                break
        else:
            yield heading, [], 0


def _shown(part: Part) -> tuple[float, float]:
    """Return what a figure is printed as."""
    if part.value is not None:
        return part.value, part.value
    if part.upper is None:
        return part.lower, math.inf
    low, high = part.lower, max(part.upper, 4)
    if part.upper - low < 3:
        low = max(0, min(low, high - 4))
    return (0 if high == 4 else low), high


def rule_groups_are_those_of_one_year_and_source(record: Record, truth: Truth) -> list[str]:
    """All of them and no remainder; enough is told, and not more than the total."""
    if record.anchor != "who":
        return []
    wrong = []
    for heading, parts, total in groups(record, truth):
        told = sum(part.lower for part in parts) / (total or 1)
        if not parts:
            wrong.append(f"{heading}: no such groups of one year and source")
        elif not parameters.number("told_share") <= told <= 1:
            wrong.append(f"{heading}: {told:.0%} is told")
    known = group_rows(record)
    wrong += [f"{each.name} is not in the table" for each in bars(record)
              if (each.heading, each.name) not in known]  # fmt: skip
    return wrong


def rule_no_bar_is_longer_than_what_is_known(record: Record, truth: Truth) -> list[str]:
    """An exact group has its share; a suppressed one is outlined, and ends within its interval."""
    if record.anchor != "who":
        return []
    wrong = []
    totals = {heading: total for heading, _, total in groups(record, truth)}
    for each in bars(record):
        total = totals[each.heading] or math.inf
        low, high = record.interval(each.text)
        length = each.length * total / 100
        is_right = math.isclose(length, low, abs_tol=1e-6) if low == high else (
            low - 1e-6 <= length <= min(high, total) + 1e-6
        )  # fmt: skip
        wrong += [] if is_right else [f"{each.name} is {length}, not {each.text}"]
        wrong += [] if each.is_outlined == (low < high) else [f"the look of {each.name}"]
    return wrong
