"""The tab that compares the sources of each core indicator, the one to cite first."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from pipelines.published.charts import spec
from pipelines.published.charts.table import Table
from pipelines.published.series import Point
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State, at
from pipelines.published.site.wording import notes, phrases
from pipelines.words.language import Language

_OTHER_COUNTS: Final = ("VIC_IDENT", "VIC_PRESUMED", "VIC_RECORDED", "VIC_REPORTED")
"""Other counts of victims: they are named, and never on the axis of detected victims."""


def figure(state: State) -> Figure | None:
    """Return the figure of an indicator that several sources have, and the tables of the others.

    Detected victims come first. None where no indicator has two sources.
    """
    several = [totals for code in _ordered(state) if (totals := compared(state, code))]
    if not several:
        return None
    totals, language, indicator = several[0], state.language, several[0][0].indicator
    measure = language.say("state_sources_measure", indicator=language.name("indicator", indicator))
    drawn = _drawn(totals)
    columns = [(_column(state, total, drawn), total.series) for total in totals]
    return common.figure(
        state,
        "sources",
        [(total.source, total.releases) for each in several for total in each],
        measure=measure,
        limit=_limit(totals[0], language),
        headline=headline(state, totals),
        spec=_chart(state, drawn),
        calm=_calm(state, totals, drawn),
        about=about.of_totals(state, totals),
        quoted=notes.quoted(totals),
        table=common.yearly(measure, columns, language),
        more=[_table(state, each) for each in several[1:]],
    )


def _limit(first: Total, language: Language) -> str:
    if first.indicator == VICTIMS:
        return phrases.limit(first, language)
    return language.say("state_sources_calm")


def _drawn(totals: Sequence[Total]) -> list[Total]:
    """Return the series that are drawn; none where a single one could be."""
    drawn = [total for total in totals if common.is_drawable(total)][: spec.MOST_LINES]
    return drawn if len(drawn) > 1 else []


def _chart(state: State, drawn: Sequence[Total]) -> spec.Chart | None:
    if not drawn:
        return None
    lines = [(series_name(state, total), total.series) for total in drawn]
    breaks = phrases.break_labels(drawn[0].series, state.language)
    return spec.chart([spec.panel(lines, breaks=breaks)])


def _calm(state: State, totals: Sequence[Total], drawn: Sequence[Total]) -> list[str]:
    """Return the notes under the chart; other counts are named beside detected victims alone."""
    return [
        *_not_drawn(state, totals, drawn),
        state.language.say("state_sources_calm"),
        *_counted(state, totals),
        *_otherwise(state, totals),
        *(_others(state) if totals[0].indicator == VICTIMS else ()),
    ]


def _ordered(state: State) -> list[str]:
    """Return the core indicators, detected victims first."""
    return sorted(state.facts.core, key=lambda code: code != VICTIMS)


def compared(state: State, indicator: str = VICTIMS) -> list[Total]:
    """Return the yearly series of an indicator, that to cite first; none if only one source has."""
    known = [each for each in state.facts.totals.of(state.area, indicator) if each.is_yearly]
    is_several = len({each.source for each in known}) > 1
    return known if is_several and state.cited(indicator) else []


def _table(state: State, totals: Sequence[Total]) -> Table:
    """Return the table of a further indicator under its headline."""
    name = phrases.capital(state.language.say(f"phrase_{totals[0].indicator.lower()}"))
    columns = [(series_name(state, total), total.series) for total in totals]
    caption = f"{name}{state.language.colon}{phrases.within(headline(state, totals))}"
    return common.yearly(caption, columns, state.language)


def headline(state: State, totals: Sequence[Total]) -> str:
    """Return two figures of the newest year that the cited source and another one have.

    A newer figure to cite comes before them.
    """
    language, first = state.language, totals[0]
    named: dict[str, object] = {"first": state.publisher(first.source), "count": len(totals)}
    pairs = list(_pairs(first, totals[1:], state.facts.reprints))
    if not pairs:
        return language.say("state_sources_apart", **named | {"first": series_name(state, first)})
    _, other, own, theirs = max(pairs, key=lambda pair: (pair[2].year, pair[0]))
    named |= {
        "year": first.period(own.year),
        "second": state.publisher(other.source),
        "a": phrases.printed(own, language),
        "b": phrases.printed(theirs, language),
    }
    if common.is_exact(first.last) and first.last.year > own.year:
        newest = phrases.printed(first.last, language)
        text = language.say(
            "state_sources_older", newest=newest, last=first.period(first.last.year), **named
        )
        if phrases.is_short(text):
            return text
    is_same = own.value == theirs.value
    return language.say("state_sources_same" if is_same else "state_sources_differ", **named)


def _pairs(
    first: Total, others: Sequence[Total], reprints: Collection[str]
) -> Iterator[tuple[bool, Total, Point, Point]]:
    """Yield the exact figures of one year, and whether the other is no reprint."""
    for other in others:
        for point in filter(common.is_exact, first.known):
            theirs = at(other.series, point.year)
            if common.is_exact(theirs) and other.source != first.source:
                yield other.source not in reprints, other, point, theirs


def series_name(state: State, total: Total) -> str:
    """Return the publisher; with the kind of year if it is no calendar year."""
    language, basis = state.language, phrases.year_basis(total, state.language)
    if f"state_basis_{total.basis}" not in language.words:  # those begin with a month
        basis = [phrases.within(each) for each in basis]
    return ", ".join([state.publisher(total.source), *basis])


def _column(state: State, total: Total, drawn: Sequence[Total]) -> str:
    name = series_name(state, total)
    if total in drawn or not drawn:
        return name
    return f"{name} ({state.language.say('state_sources_table_only')})"


def _counted(state: State, totals: Sequence[Total]) -> list[str]:
    """Return what each series counts, where that is not detected victims."""
    counted = [(total, phrases.counts_instead(total, state.language)) for total in totals]
    return [
        f"{state.publisher(total.source)}{state.language.colon}{text}."
        for total, text in counted
        if text
    ]


def _otherwise(state: State, totals: Sequence[Total]) -> list[str]:
    """Return the sentence on the figures in which a reprint differs from the source to cite."""
    language, first = state.language, totals[0]
    found = []
    for other in totals[1:]:
        if other.source not in state.facts.reprints:
            continue
        pairs = [(own, theirs) for _, _, own, theirs in _pairs(first, [other], frozenset())]
        differing = [theirs for own, theirs in pairs if own.value != theirs.value]
        if 2 * len(differing) < len(pairs) and differing:
            figures = ", ".join(
                f"{phrases.printed(point, language)} {language.say('in_year', year=point.year)}"
                for point in differing
            )
            found.append(
                language.say(
                    "state_sources_reprint",
                    of_first=state.site.sources[first.source]["of_publisher"],
                    second=phrases.capital(state.site.sources[other.source]["in_sentence"]),
                    figures=figures,
                )
            )
    return found


def _not_drawn(state: State, totals: Sequence[Total], drawn: Sequence[Total]) -> list[str]:
    """Return the sentence on the series that stand in the table alone."""
    names = [series_name(state, total) for total in totals if total not in drawn]
    if not names or not drawn:  # without a chart all are in the table
        return []
    return [state.language.say("state_sources_without_chart", names=", ".join(names))]


def _others(state: State) -> list[str]:
    """Return the sentences on other counts of victims, each with its newest figure."""
    language = state.language
    apart, alike = [], []
    for code in _OTHER_COUNTS:
        if newest := common.newest(state, code):
            named = {"indicator": language.name("indicator", code), **newest._asdict()}
            count = common.years_alike(state, code)
            if count:
                alike.append(language.say("state_alike", count=count, **named))
            else:
                apart.append(language.say("state_sources_other", **named))
    if apart:
        counts = language.semicolon.join(apart)
        alike.append(language.say("state_sources_others", counts=counts))
    return alike or [language.say("footer")]
