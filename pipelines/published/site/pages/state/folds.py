"""The folds of a state's page: what is missing, treaties, every figure by source, compare."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context
from pipelines.published.site.facts.sums import Sum
from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.totals import national_first, own_authority
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import kept_out, phrases, sources, treaties
from pipelines.published.site.wording import needs as wording
from pipelines.published.site.wording.counts import counted
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans


@dataclass(frozen=True)
class Folds:
    """The folds of one state in one language.

    Attributes:
        needs: what is missing, in order of priority: each step, and what it asks for.
        missing: what the fold on it has.
        sum: how the core indicators without a figure add up.
        kept_out: what faults of a publisher's file keep out, a sentence per publisher.
        treaties: the table of treaties; None without a source on them.
        joined: to how many of them the state is a party.
        series: every series of totals with its last figure; None without any.
        known: what the fold on them has.
    """

    needs: Sequence[tuple[str, str]]
    missing: str
    sum: str
    kept_out: Sequence[str]
    treaties: Table | None
    joined: str
    series: Table | None
    known: str


def of(state: State) -> Folds:
    """Return the folds of one state."""
    site, language = state.site, state.language
    found = state.facts.needs.of(state.area)
    needs = [
        (
            language.name("need_step", step),
            wording.briefly(found, step, language),
        )
        for step in dict.fromkeys(need.step for need in found)
    ]
    joined = state.facts.treaties.get(state.area, [])
    totals = national_first(state.facts.totals.of_state(state.area))
    sums = [each for each in state.facts.sums if each.area == state.area]
    return Folds(
        needs=needs,
        missing=counted("step", len(needs), language),
        sum=wording.how_they_add_up(
            found, state.facts.known.get(state.area, 0), state.facts.unknown, language
        ),
        kept_out=kept_out.by_publisher(state.facts.kept_out.get(state.area, []), site, language),
        treaties=treaties.table(joined, language) if joined else None,
        joined=treaties.summary(joined, language) if joined else "",
        series=_series(totals, sums, site, language) if totals or sums else None,
        known=_known([each for each in totals if each.measure != "BOOL"], language),
    )


def _series(
    totals: Sequence[Total], sums: Sequence[Sum], site: context.Site, language: Language
) -> Table:
    """Return the table of series: indicator, source, years, last figure; the one to cite first."""
    order = list(language.names["indicator"])
    rows = [
        (each.indicator, _cells(each, _rivals(each, totals), site, language)) for each in totals
    ]
    rows += [(each.indicator, _sum_cells(each, site, language)) for each in sums]
    return Table(
        caption=language.say("state_fold_series_caption"),
        row_heading=language.say("indicator"),
        columns=[language.say(f"state_fold_{column}") for column in ("source", "years", "last")],
        rows=[
            (language.name("indicator", code), cells)
            for code, cells in sorted(rows, key=lambda row: order.index(row[0]))
        ],
    )


def _sum_cells(own: Sum, site: context.Site, language: Language) -> list[Cell]:
    remark = language.say("state_fold_sum")
    return [
        Cell(site.short_name(own.source), remarks=[remark]),
        Cell(spans(own.years)),
        Cell(language.number(own.last), remarks=[language.say("in_year", year=own.years[-1])]),
    ]


def _rivals(total: Total, totals: Sequence[Total]) -> list[Total]:
    """Return the other series of the indicator."""
    return [each for each in totals if each.indicator == total.indicator and each is not total]


def _cells(
    total: Total, rivals: Sequence[Total], site: context.Site, language: Language
) -> list[Cell]:
    year = language.say("in_year", year=total.period(total.last.year))
    source, others = site.sources[total.source], [site.sources[each.source] for each in rivals]
    return [
        Cell(
            _publisher(total, rivals, site, language),
            remarks=[
                *phrases.year_basis(total, language),
                *_to_cite(total, rivals, language),
                *sources.counted_apart(source, others),
            ],
        ),
        Cell(spans(point.year for point in total.known)),
        Cell(
            phrases.printed(total.last, language, total.measure),
            total.last.kind,
            [
                *_unit(total, language),
                year,
                *(language.say(code) for code in total.last.reservations),
                *_cited_has(total, rivals, language),
                *_newer(total, rivals, site, language),
            ],
        ),
    ]


def _publisher(
    total: Total, rivals: Sequence[Total], site: context.Site, language: Language
) -> str:
    """Return the publisher, and the authority whose figures it prints."""
    own = own_authority(rivals)
    authority = site.short_name(own.source) if own else ""
    return sources.authored(site.sources[total.source], total.area, authority, language)


def _newer(
    total: Total, rivals: Sequence[Total], site: context.Site, language: Language
) -> list[str]:
    """Return the newer figure of the state's own authority, which only others repeat."""
    own = own_authority(rivals)
    if not (own and total.reason and own.last.year > total.last.year):
        return []
    source = site.short_name(own.source)
    figure = phrases.printed(own.last, language)
    return [
        language.say("state_fold_newer_repeated", figure=figure, year=own.last.year, source=source)
    ]


def _to_cite(total: Total, rivals: Sequence[Total], language: Language) -> list[str]:
    """Return that the series is the one to cite, and why if there are others."""
    if not total.reason:
        return []
    text = language.say("state_fold_to_cite")
    reason = phrases.within(language.name("citation_reason", total.reason))
    is_chosen = any(each.source != total.source for each in rivals)
    return [f"{text}{language.colon}{reason}" if is_chosen else text]


def _cited_has(total: Total, rivals: Sequence[Total], language: Language) -> list[str]:
    """Return the figure to cite of the same year, if it is another one."""
    last = total.last
    return [
        language.say(
            f"state_fold_cited_{'hides' if point.kind is Kind.SUPPRESSED else 'has'}",
            figure=phrases.printed(point, language),
        )
        for each in rivals
        if each.reason
        for point in each.known
        if point.year == last.year and (point.value, point.top) != (last.value, last.top)
    ]


def _unit(total: Total, language: Language) -> list[str]:
    """Return the unit of measure unless the figure is a number, or a word."""
    if total.measure in ("NUMBER", "BOOL"):
        return []
    return [phrases.within(language.name("unit_measure", total.measure))]


def _known(totals: Sequence[Total], language: Language) -> str:
    """Return the numbers of yearly totals and of sources."""
    publishers = counted("source", len({total.source for total in totals}), language)
    count = sum(len(total.known) for total in totals if total.is_yearly)
    known = counted("total", count, language) if count else language.say("state_fold_none")
    return f"{known} · {publishers}" if totals else known
