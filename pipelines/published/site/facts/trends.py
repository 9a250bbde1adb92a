"""Verdicts on the trends of series, as `published.trend` gives them."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import duckdb
import pandas as pd

from pipelines.published.site import context

VERDICTS: Final = ("rising", "falling", "no_clear_change", "too_few_points", "no_total")
"""The verdicts of pages, in their order. A verdict across a jump counts as no clear change."""

ACROSS_JUMP: Final = "no_verdict_across_jump"


class SharpChange(NamedTuple):
    """A year with more than three times the figure of the year before, or less than a third."""

    year: int
    ratio: float


@dataclass(frozen=True)
class Trend:
    """The verdict of `published.trend` on a series since its last break.

    Attributes:
        verdict: code of the list `trend_verdict`.
        points: number of years with a figure, suppressed ones included.
        first: the first year with a figure.
        last: the last year with a figure.
        q_value: of Mann and Kendall's test over all series; None where it was not made.
        changes: its sharp changes.
        doubtful: the years within it that are left out, since their figure is doubtful.
        jump: the first year after the single jump that prevents a verdict, if there is one.
    """

    verdict: str
    points: int
    first: int
    last: int
    q_value: float | None = None
    changes: tuple[SharpChange, ...] = ()
    doubtful: tuple[int, ...] = ()
    jump: int | None = None


@dataclass(frozen=True)
class Trends:
    """The trends of the states.

    Attributes:
        by_series: trends by what names their series.
        reprints: sources that reprint another's figures, for which no trend is calculated.
    """

    by_series: dict[context.Key, Trend]
    reprints: tuple[str, ...]

    def of(self, key: context.Key) -> Trend | None:
        """Return the trend of a series; None where no trend is calculated."""
        _, _, source, _ = key
        return None if source in self.reprints else self.by_series.get(key)


def page_verdict(trend: Trend | None) -> str:
    """Return one of `VERDICTS` for a series with a figure."""
    if trend is None:
        return "too_few_points"
    return "no_clear_change" if trend.verdict == ACROSS_JUMP else trend.verdict


def read_trends(connection: duckdb.DuckDBPyConnection) -> Trends:
    """Return the trends of all states from sql/trend.sql."""
    known = {
        context.key(row): Trend(
            row["verdict"],
            row["points"],
            row["first"],
            row["last"],
            None if pd.isna(row["q_value"]) else row["q_value"],
            tuple(map(SharpChange, row["jumps"], row["jump_ratios"])),
            tuple(row["doubtful"]),
            None if pd.isna(row["jump"]) else int(row["jump"]),
        )
        for row in context.query(connection, "trend").to_dict("records")
    }
    found = connection.execute(
        "select source from main.source where reprints <> '' order by all"
    ).fetchall()
    return Trends(known, tuple(source for (source,) in found))
