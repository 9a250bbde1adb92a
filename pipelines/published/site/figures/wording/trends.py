"""Trends in headlines: the one rule for mentioning them, and the words.

A headline calls a series rising or falling only if `published.trend` does. It says nothing of the
years before a break in the series, nor of sources that reprint the figures of another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import duckdb
import pandas as pd

from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Series
from pipelines.published.site.figures import context

_TOO_FEW: Final = "too_few_points"
_ACROSS_JUMP: Final = "no_verdict_across_jump"
_NOT_YEARLY: Final = {"PIT", "CUM", "OTHER", "UNK"}
"""Codes of the list `time_basis` whose figures are not a yearly series."""


@dataclass(frozen=True)
class Trend:
    """The verdict of `published.trend` on a series since its last break.

    Attributes:
        verdict: code of the list `trend_verdict`.
        points: number of years with a figure, suppressed ones included.
        first: the first year with a figure.
        last: the last year with a figure.
        jumps: the years with more than three times the figure of the year before, or less than a
            third of it.
        jump: the first year after the single jump that prevents a verdict, if there is one.
    """

    verdict: str
    points: int
    first: int
    last: int
    jumps: tuple[int, ...] = ()
    jump: int | None = None


@dataclass(frozen=True)
class Trends:
    """The trends of the states.

    Attributes:
        by_series: trends by indicator, of each source, state and kind of year.
        reprints: sources that reprint another's figures, for which no trend is calculated.
    """

    by_series: dict[tuple[str, str, str], dict[str, Trend]]
    reprints: frozenset[str]

    def of(self, source: str, area: str, basis: str) -> dict[str, Trend] | None:
        """Return the trends by indicator; None where no trend is calculated."""
        return None if source in self.reprints else self.by_series.get((source, area, basis), {})


def read_trends(connection: duckdb.DuckDBPyConnection) -> Trends:
    """Return the trends of all states."""
    known: dict[tuple[str, str, str], dict[str, Trend]] = {}
    for row in context.query(connection, "trend").to_dict("records"):
        own = known.setdefault((row["source"], row["ref_area"], row["time_basis"]), {})
        own[row["indicator"]] = Trend(
            row["verdict"],
            row["points"],
            row["first"],
            row["last"],
            tuple(row["jumps"]),
            None if pd.isna(row["jump"]) else int(row["jump"]),
        )
    found = connection.execute("select source from main.source where reprints <> ''").fetchall()
    return Trends(known, frozenset(source for (source,) in found))


def words(trend: Trend | None, shown: Series, language: Language) -> list[str]:
    """Return the clauses on the trend of a series."""
    known = _known(shown)
    if not known:
        return []
    if trend is None:
        return [language.say("trend_single" if len(known) == 1 else "trend_incomparable")]
    form = "_broken" if _is_cut(trend, shown) else ""
    if _is_hidden(trend, shown):
        return [language.say(f"trend_hidden{form}")]
    found = [_verdict(trend, form, language)]
    if trend.jumps:
        found.append(language.say("trend_jumps", jumps=_jumps(trend.jumps, shown, language)))
    return found


def brief(trend: Trend | None, shown: Series, language: Language) -> list[str]:
    """Return the same in few words, for a sentence on several series."""
    known = _known(shown)
    if not known:
        return []
    if trend is None and len(known) > 1:
        return [language.say("trend_brief_incomparable")]
    if trend is None:
        return [_named(_TOO_FEW, language)]
    verdict = _brief_verdict(trend, shown, language)
    if not trend.jumps:
        return [verdict]
    text = "trend_ask_one" if len(trend.jumps) == 1 else "trend_ask_many"
    return [verdict, language.say(text, years=_listed(trend.jumps, language))]


def _brief_verdict(trend: Trend, shown: Series, language: Language) -> str:
    verdict = _named(trend.verdict, language)
    if _is_hidden(trend, shown):
        verdict = language.say("trend_brief_hidden")
    elif trend.verdict == _ACROSS_JUMP:
        verdict = language.say("trend_brief_jump", jump=trend.jump)
    if _is_cut(trend, shown):
        return language.say("trend_brief_broken", verdict=verdict)
    if trend.verdict in (_TOO_FEW, _ACROSS_JUMP):
        return verdict
    return language.say("trend_brief", verdict=verdict, first=trend.first, last=trend.last)


def _named(verdict: str, language: Language) -> str:
    """Return the name of a verdict as it is written inside a sentence."""
    name = language.name("trend_verdict", verdict)
    return name[:1].lower() + name[1:]


def _known(shown: Series) -> list[int]:
    """Return the years with a figure; none unless the series is a yearly one."""
    if _NOT_YEARLY & {point.basis for point in shown.points}:
        return []
    return [point.year for point in shown.points if point.kind in (Kind.FIGURE, Kind.SUPPRESSED)]


def _jumps(years: Sequence[int], shown: Series, language: Language) -> str:
    """Return the phrase on years far above the year before, and on those far below it."""
    sizes = {
        point.year: point.top if point.value is None else point.value
        for point in shown.points
        if point.kind in (Kind.FIGURE, Kind.SUPPRESSED)
    }
    up = [year for year in years if sizes[year] > sizes[year - 1]]
    down = [year for year in years if year not in up]
    return ", ".join(
        language.say(text, years=_listed(own, language))
        for text, own in (("trend_jump_up", up), ("trend_jump_down", down))
        if own
    )


def _listed(years: Sequence[int], language: Language) -> str:
    """Return years as written inside a sentence: `2010, 2015 and 2021`."""
    *others, last = spans(years).split(", ")
    return language.say("years_and", first=", ".join(others), last=last) if others else last


def _is_cut(trend: Trend, shown: Series) -> bool:
    """Return whether a break separates earlier figures from those that the verdict is about."""
    first = _known(shown)[0]
    return any(first < point.year <= trend.first for point in shown.points if point.is_break)


def _is_hidden(trend: Trend, shown: Series) -> bool:
    """Return whether there are several figures and all of them are suppressed."""
    exact = [point.year for point in shown.of(Kind.FIGURE) if point.year >= trend.first]
    return trend.points > 1 and not exact


def _verdict(trend: Trend, form: str, language: Language) -> str:
    if trend.verdict == _TOO_FEW:
        text = "trend_single" if trend.points == 1 else "trend_few"
        return language.say(text + form, points=trend.points)
    return language.say(
        f"trend_{trend.verdict}{form}", first=trend.first, last=trend.last, jump=trend.jump
    )
