"""The tab on rates: detected victims per 100,000 residents with the 95 % interval."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pipelines.published.charts import spec
from pipelines.published.charts.table import Cell, Table
from pipelines.published.series import Point, Series
from pipelines.published.site.facts.country import Rate
from pipelines.published.site.facts.total import Total
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import cells, phrases, sources
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language
from schemas import parameters

_PRINTED: Final = "VIC_DETECT_RATE"
_FAR: Final = parameters.number("factor_of_rate")


def figure(state: State) -> Figure | None:
    """Return the rates of the series to cite; None without any."""
    total, language = state.cited(), state.language
    if total is None:
        return None
    rates = state.facts.rates.get(total.key)
    if not rates:
        return None
    series = of_counts(total.series, rates)
    limits = {year: (rate.lower, rate.upper) for year, rate in rates.items()}
    breaks = phrases.break_labels(series, language)
    panel = {**spec.panel([], breaks=breaks), "series": [_points(series, limits)]}
    measure = phrases.measured(language.say("state_rates_measure"), total, language)
    population = _population(state, rates)
    return common.figure(
        state,
        "rates",
        [(total.source, total.releases)],
        measure=f"{measure} · {population}",
        limit=phrases.limit(total, language),
        headline=headline(series, total, language),
        spec=spec.chart([panel], measure="rate"),
        calm=[
            language.say("state_rates_calm"),
            *_newer(state, total),
            *_jumps(state, total, series),
            phrases.limit(total, language),
        ],
        about=[*about.of_totals(state, [total]), *_of_population(state, rates)],
        table=_table(measure, series, rates, language),
    )


def _newer(state: State, total: Total) -> list[str]:
    """Return the sentence on a newer rate that a source prints, without the count."""
    known = state.facts.totals.of(state.area, _PRINTED)
    newest = max(known, key=lambda each: each.last.year, default=total)
    last = newest.last
    if last.year <= total.last.year or last.kind is not Kind.FIGURE:
        return []
    figure, source = phrases.printed(last, state.language), state.publisher(newest.source)
    return [state.language.say("state_rates_newer", figure=figure, year=last.year, source=source)]


def _jumps(state: State, total: Total, calculated: Series) -> list[str]:
    """Return a caution on each newest rate that is far from the one before of its source.

    A newest rate is that of the series to cite, or that which a source prints for a newer year.
    """
    printed = state.facts.totals.of(state.area, _PRINTED)
    newest = max(printed, key=lambda each: each.last.year, default=total)
    shown = [(total.source, calculated)]
    if newest.last.year > total.last.year:
        shown.append((newest.source, newest.series))
    return [
        state.language.say(
            f"state_rates_jump_{way}", source=state.publisher(source), year=series.latest.year
        )
        for source, series in shown
        if series.latest and (way := _jump(series))
    ]


def _jump(series: Series) -> str:
    """Return which way the newest rate is far from the one before: `up` or `down`; else ""."""
    *_, before, last = [0, 0, *(point.value or 0 for point in series.of(Kind.FIGURE))]
    low, high = sorted((before, last))
    if not low or high <= _FAR * low:
        return ""
    return "up" if last == high else "down"


def of_counts(counts: Series, rates: Mapping[int, Rate]) -> Series:
    """Return the rate of each year; a suppressed count stays suppressed, and others are gaps."""
    return replace(counts, points=tuple(_rate(point, rates) for point in counts.points))


def _rate(point: Point, rates: Mapping[int, Rate]) -> Point:
    if point.kind is Kind.FIGURE and point.year in rates:
        return replace(point, value=rates[point.year].value)
    if point.kind is Kind.SUPPRESSED:
        return point
    return Point(point.year, is_break=point.is_break, break_reason=point.break_reason)


def headline(series: Series, total: Total, language: Language) -> str:
    """Return the first and last rate that compare and rest on a certain figure."""
    since = total.comparable[0].year
    known = [
        point
        for point in series.points
        if point.kind is Kind.FIGURE and phrases.is_certain(point) and point.year >= since
    ]
    if not known:
        return language.say("state_rates_none")
    first, last = known[0], known[-1]
    text = "state_rates_one" if first is last else "state_rates_two"
    return language.say(
        phrases.own_text(text, total, language),
        a=phrases.rate(first, language),
        b=phrases.rate(last, language),
        first=total.period(first.year),
        last=total.period(last.year),
    )


def _points(series: Series, limits: dict[int, tuple[float, float]]) -> dict[str, object]:
    return {"name": "", "points": spec.rate_points(series, limits)}


def _population(state: State, rates: Mapping[int, Rate]) -> str:
    source = state.site.population[next(iter(rates.values())).population]
    name = source["short_name"]
    return state.language.say("state_rates_population", publisher=name)


def _of_population(state: State, rates: Mapping[int, Rate]) -> list[about.Pair]:
    """Return the source line of each source of the population."""
    known = dict.fromkeys(rate.population for rate in rates.values())
    language = state.language
    lines = [
        f"{source['publisher']}, {source['title']}. "
        f"{sources.release_text(source, [source['release']], language)}."
        for source in (state.site.population[each] for each in known)
    ]
    term = language.say("state_rates_population", publisher="").strip()
    return [(term, " ".join(lines))]


def _table(caption: str, series: Series, rates: Mapping[int, Rate], language: Language) -> Table:
    columns = [language.say(f"state_rates_{each}") for each in ("rate", "interval")]
    return Table(
        caption=caption,
        row_heading=language.say("year"),
        columns=columns,
        rows=[(str(each.year), _cells(each, rates, language)) for each in series.points],
    )


def _cells(point: Point, rates: Mapping[int, Rate], language: Language) -> list[Cell]:
    none, own = cells.dash(language), cells.of_point(point, language)
    if point.kind is Kind.SUPPRESSED:
        return [Cell(language.say("state_rates_no_rate"), Kind.SUPPRESSED), none]
    if point.kind is not Kind.FIGURE:
        return [own, none]
    rate = rates[point.year]
    return [own, Cell(phrases.limits(rate.lower, rate.upper, language))]
