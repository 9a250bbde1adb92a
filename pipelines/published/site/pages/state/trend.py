"""The tab on the trend: detected victims by year, from the source to cite.

Where the state's own authority took the place of another source, the years before are of that one.
"""

from dataclasses import replace

from pipelines.published.charts import spec
from pipelines.published.site.facts.total import Total
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import notes, phrases
from pipelines.published.site.wording import state as wording
from pipelines.words.language import spans


def figure(state: State) -> Figure | None:
    """Return the figure of the series to cite; None without one."""
    total, language = state.cited(), state.language
    if total is None:
        return None
    known = state.facts.totals.of(state.area, total.indicator)
    former = _former(total, state)
    totals = [total, former] if former else [total]
    name = language.name("indicator", total.indicator)
    columns = [(state.publisher(each.source) if former else name, each.series) for each in totals]
    return common.figure(
        state,
        "trend",
        [(each.source, each.releases) for each in totals],
        measure=" · ".join([name, *phrases.year_basis(total, language)]),
        limit=phrases.limit(total, language),
        doubt=_doubtful(total, state),
        headline=wording.trend_headline(total.area, total, language, is_alone=len(known) == 1),
        spec=_chart(total, former, state) if common.is_drawable(total) else None,
        calm=[
            phrases.limit(total, language),
            *_replaced(total, former, state),
            *_cautions(total, state),
        ],
        about=about.of_totals(state, totals),
        quoted=notes.quoted(totals),
        table=common.yearly(name, columns, language),
    )


def _doubtful(total: Total, state: State) -> str:
    """Return the doubtful years, which a copied headline takes along."""
    years = spans(
        point.year
        for point in total.known
        if point.year <= total.last.year
        if point.doubt or point.is_uncertain
    )
    doubtful = state.language.say("state_doubtful", years=years)
    return f"{phrases.capital(doubtful)}." if years else ""


def _former(total: Total, state: State) -> Total | None:
    """Return the years before a series, from the source that it took the place of, if it did."""
    former = state.facts.totals.former(total, state.facts.reprints)
    if former is None or not common.is_drawable(former):
        return None
    earlier = tuple(each for each in former.series.points if each.year < total.known[0].year)
    return replace(former, series=replace(former.series, points=earlier))


def _chart(total: Total, former: Total | None, state: State) -> spec.Chart:
    """Return the chart of a series; the years of the former source stand before a break."""
    language = state.language
    breaks = phrases.break_labels(total.series, language)
    if former is None:
        return spec.chart([spec.panel([("", total.series)], breaks=breaks)])
    breaks = [
        *phrases.break_labels(former.series, language),
        (total.known[0].year, language.say("state_trend_source")),
        *breaks,
    ]
    lines = [(state.publisher(each.source), each.series) for each in (total, former)]
    return spec.chart([spec.panel(lines, breaks=breaks)])


def _replaced(total: Total, former: Total | None, state: State) -> list[str]:
    """Return the sentence that names the source of the years before."""
    if former is None:
        return []
    year, publisher = total.known[0].year, state.publisher(former.source)
    return [state.language.say("state_trend_former", year=year, publisher=publisher)]


def _cautions(total: Total, state: State) -> list[str]:
    """Return what breaks the series, and what bears on its figures: first on that to cite."""
    language = state.language
    return [
        *(notes.broken(point, language) for point in total.breaks[-1:]),
        *notes.of_last(total, language),
        *_exceeding_form(total, state),
        *wording.doubtful(total, language),
        *wording.left_out(total, language),
        *notes.jumps(total, language),
        *notes.same_as(total, language),
    ]


def _exceeding_form(total: Total, state: State) -> list[str]:
    """Return the sentence on the form that alone exceeds the total to cite, if one does."""
    found, language = common.exceeding_form(state, total), state.language
    if not found:
        return []
    form, figure = found
    limit = phrases.amount(total.last, language)
    text = language.say(
        "state_forms_exceeds",
        year=total.period(total.last.year),
        form=form,
        figure=figure,
        total=limit,
    )
    return [f"{text}."]
