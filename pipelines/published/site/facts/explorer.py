"""Every series that the explorer can draw: totals, rates and parts, by indicator, source and state.

A series has an id: its source, followed by its kind of year unless that is the calendar year.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import duckdb

from pipelines.published.charts import explorer as chart
from pipelines.published.series import Series
from pipelines.published.site import context
from pipelines.published.site.context import Key
from pipelines.published.site.facts.parts import Parts, read_parts
from pipelines.published.site.facts.total import INCOMPARABLE, Total
from pipelines.published.site.facts.totals import read_totals
from pipelines.words.disclosure import Kind

SPLITS: Final = ("sex", "age", "form")
"""The breakdowns that the explorer offers."""

USUAL: Final = ("ARG", "BRA", "MEX")
"""The states shown at first."""

PER_100_000: Final = "PER_100000_POP"
"""Code of the list `unit_measure` for rates."""

Interval = tuple[float, float]
Rates = Mapping[int, tuple[float, Interval]]
"""Rates by year, each with its interval."""


@dataclass(frozen=True)
class Explored:
    """The series of all indicators, and what is needed to name them.

    Attributes:
        series: by indicator, id and state its drawings and codes, without any words.
        ids: by indicator the ids of its series, the one that most states cite first.
        bases: source and kind of year of each id.
        parts: codes of the parts that any series has, by breakdown and in the order of the lists.
        usual: by indicator the states that are shown at first.
        rates: the indicators that are rates themselves.
        domains: the domain of each indicator, code of the list `domain`.
    """

    series: Mapping[str, Mapping[str, Mapping[str, dict[str, Any]]]]
    ids: Mapping[str, list[str]]
    bases: Mapping[str, tuple[str, str]]
    parts: Mapping[str, list[str]]
    usual: Mapping[str, list[str]]
    rates: frozenset[str]
    domains: Mapping[str, str]


def series_id(source: str, basis: str) -> str:
    """Return the id of a series: `usa_tip_report`, `usa_tip_report.TIPR`."""
    return source if basis == "CY" else f"{source}.{basis}"


def read_explored(connection: duckdb.DuckDBPyConnection) -> Explored:
    """Return every series of counts and rates; yes-or-no facts are no series."""
    domains = context.query(connection, "indicator").set_index("code")["domain"].to_dict()
    every = read_totals(connection).by_indicator.values()
    totals = [each for listed in every for each in listed if each.measure != "BOOL"]
    levels: dict[Key, dict[str, list[str]]] = {}  # the reasons for each level of a series
    for row in context.query(connection, "comparable").to_dict("records"):
        levels.setdefault(context.key(row), {})[row["comparability"]] = [*row["reasons"]]
    rates, parts = _rates(connection), read_parts(connection)
    series: dict[str, dict[str, dict[str, Any]]] = {code: {} for code in domains}
    cited: dict[str, Counter[str]] = {}
    for each in totals:
        name = series_id(each.source, each.basis)
        reasons = levels.get(each.key, {})
        level = max(reasons, default="")  # of the least comparable figure
        series[each.indicator].setdefault(name, {})[each.area] = {
            "level": level,
            "reasons": reasons.get(level, []),
            **_figures(each, rates.get(each.key, {}), parts),
        }
        # States that cite it come before all that only have it.
        cited.setdefault(each.indicator, Counter())[name] += 1 + 100 * bool(each.reason)
    ids = {code: [name for name, _ in own.most_common()] for code, own in cited.items()}
    return Explored(
        series={code: by_id for code, by_id in series.items() if by_id},
        ids=ids,
        bases={series_id(each.source, each.basis): (each.source, each.basis) for each in totals},
        parts=_codes(parts),
        usual={code: _usual(series[code][ids[code][0]]) for code in ids},
        rates=frozenset(each.indicator for each in totals if each.measure == PER_100_000),
        domains=domains,
    )


def _figures(total: Total, rates: Rates, parts: Parts) -> dict[str, Any]:
    """Return drawings, breaks and releases of a series; absent keys have nothing to show."""
    known = parts.of(*total.key)
    splits = {name: known[name] for name in SPLITS if name in known}
    exceeds = {
        name: sorted({year for part in split.parts for year in part.years_above(total.series)})
        for name, split in splits.items()
    }
    breaks = [point.year for point in total.breaks]
    is_rate = total.measure == PER_100_000
    found = {
        "total": chart.drawing(total.series, breaks, is_rate=is_rate),
        "breaks": [[point.year, point.break_reason] for point in total.breaks],
        "counts": total.last_break,
        "releases": sorted({total.releases[0], total.releases[-1]}),
        "rate": _rates_drawn(total, rates, breaks) if total.level != INCOMPARABLE else None,
        "parts": {
            name: {_part(each.indicator): chart.drawing(each, breaks) for each in split.parts}
            for name, split in splits.items()
        },
        "exceeds": {name: years for name, years in exceeds.items() if years},
        "cited": bool(total.reason),
    }
    return {name: each for name, each in found.items() if each or name == "breaks"}


def _rates_drawn(total: Total, rates: Rates, breaks: list[int]) -> chart.Drawing | None:
    """Return the rates of exact counts, and a mark for each suppressed one; None without either."""
    points = tuple(
        replace(point, value=rates[point.year][0] if point.year in rates else None)
        for point in total.series.points
        if point.kind is Kind.SUPPRESSED or (point.kind is Kind.FIGURE and point.year in rates)
    )
    intervals = {year: interval for year, (_, interval) in rates.items()}
    shown = Series(total.indicator, points)
    return chart.rate_drawing(shown, intervals, breaks) if points else None


def _part(code: str) -> str:
    """Return the code of a sex or an age from that of both: `F._T`, `_T.Y0T17`."""
    return code.removesuffix("._T").removeprefix("_T.")


def _usual(by_area: Mapping[str, dict[str, Any]]) -> list[str]:
    """Return the usual states if all compare over time, else those with the most figures."""
    charted = {area: own for area, own in by_area.items() if own["level"] != INCOMPARABLE}
    if charted.keys() >= set(USUAL):
        return list(USUAL)
    known = {area: chart.years(own["total"]) for area, own in (charted or by_area).items()}
    return sorted(known, key=lambda area: (-len(known[area]), area))[:3]


def _codes(parts: Parts) -> dict[str, list[str]]:
    """Return the codes of the parts by breakdown, those of unknown parts last."""
    found: dict[str, dict[str, None]] = {name: {} for name in SPLITS}
    for splits in parts.by_count.values():
        for name in SPLITS:
            if name in splits:
                found[name] |= dict.fromkeys(_part(each.indicator) for each in splits[name].parts)
    return {name: sorted(codes, key=lambda code: code == "_U") for name, codes in found.items()}


def _rates(connection: duckdb.DuckDBPyConnection) -> dict[Key, dict[int, tuple[float, Interval]]]:
    """Return the rates of totals with three significant digits, as pages print them."""
    found: dict[Key, dict[int, tuple[float, Interval]]] = {}
    for row in context.query(connection, "rate_of_total").to_dict("records"):
        value, *interval = (
            float(f"{row[name]:.3g}") for name in ("value", "dispersed_lower", "dispersed_upper")
        )
        found.setdefault(context.key(row), {})[int(row["year"])] = (
            value,
            (interval[0], interval[1]),
        )
    return found
