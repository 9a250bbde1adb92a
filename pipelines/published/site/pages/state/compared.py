"""The tab that compares the sources of detected victims, the one to cite first."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from pipelines.published.charts import spec
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State, at
from pipelines.published.site.wording import notes, phrases

_OTHER_COUNTS: Final = ("VIC_IDENT", "VIC_PRESUMED", "VIC_RECORDED", "VIC_REPORTED")
"""Other counts of victims: they are named, and never on the axis of detected victims."""


def figure(state: State) -> Figure | None:
    """Return the figure of all series of detected victims; None if there is one only."""
    totals, language = compared(state), state.language
    if len(totals) < 2:  # two to compare
        return None
    drawn = [total for total in totals if common.is_drawable(total)][: spec.MOST_LINES]
    lines = [(series_name(state, total), total.series) for total in drawn]
    breaks = phrases.break_labels(totals[0].series, language)
    measure = language.say("state_sources_measure")
    columns = [(_column(state, total, drawn), total.series) for total in totals]
    return common.figure(
        state,
        "sources",
        [(total.source, total.releases) for total in totals],
        measure=measure,
        headline=headline(state, totals),
        spec=spec.chart([spec.panel(lines, breaks=breaks)]) if len(lines) > 1 else None,
        calm=[
            language.say("state_sources_calm"),
            *_counted(state, totals),
            *_otherwise(state, totals),
            *_not_drawn(state, totals, drawn),
            *_others(state),
        ],
        about=about.of_totals(state, totals),
        quoted=notes.quoted(totals),
        table=common.yearly(measure, columns, language),
    )


def compared(state: State) -> list[Total]:
    """Return the series of detected victims if one of them is to cite, that one first."""
    return state.facts.totals.of(state.area, VICTIMS) if state.cited() else []


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
        "year": own.year,
        "second": state.publisher(other.source),
        "a": phrases.printed(own, language),
        "b": phrases.printed(theirs, language),
    }
    if _is_exact(first.last) and first.last.year > own.year:
        newest = phrases.printed(first.last, language)
        text = language.say("state_sources_older", newest=newest, last=first.last.year, **named)
        if phrases.is_short(text):
            return text
    is_same = own.value == theirs.value
    return language.say("state_sources_same" if is_same else "state_sources_differ", **named)


def _pairs(
    first: Total, others: Sequence[Total], reprints: Collection[str]
) -> Iterator[tuple[bool, Total, Point, Point]]:
    """Yield the exact figures of one year, and whether the other is no reprint."""
    for other in others:
        for point in filter(_is_exact, first.known):
            theirs = at(other.series, point.year)
            if _is_exact(theirs) and other.source != first.source:
                yield other.source not in reprints, other, point, theirs


def _is_exact(point: Point) -> bool:
    """Return whether a figure is exact and one to cite; its year may be inferred."""
    return point.kind is Kind.FIGURE and not (point.doubt or point.is_repeated)


def series_name(state: State, total: Total) -> str:
    """Return the publisher; with the kind of year if it is no calendar year."""
    basis = phrases.year_basis(total, state.language)
    return ", ".join([state.publisher(total.source), *basis])


def _column(state: State, total: Total, drawn: Sequence[Total]) -> str:
    name = series_name(state, total)
    if total in drawn:
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
    if not names or len(drawn) < 2:  # without a chart all are in the table
        return []
    return [state.language.say("state_sources_without_chart", names=", ".join(names))]


def _others(state: State) -> list[str]:
    """Return the sentence on other counts of victims, each with its newest figure."""
    language = state.language
    found = [
        language.say(
            "state_sources_other", indicator=language.name("indicator", code), **newest._asdict()
        )
        for code in _OTHER_COUNTS
        if (newest := common.newest(state, code))
    ]
    if not found:
        return [language.say("footer")]
    return [language.say("state_sources_others", counts=language.semicolon.join(found))]
