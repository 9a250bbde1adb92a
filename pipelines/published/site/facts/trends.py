"""Verdicts on the trends of series, as `published.trend` gives them."""

from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from pipelines.published.site import context
from pipelines.words.disclosure import number_in


class SharpChange(NamedTuple):
    """A year that the rule no_jump_without_a_break flags."""

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
        tau: how the figures are ordered in time, -1 to 1; None where there is no test.
        p_value: of Mann and Kendall's test of this series alone.
        q_value: of that test over all series.
        changes: its sharp changes.
        doubtful: the years within it that are left out, since their figure is doubtful.
        jump: the first year after the single jump that prevents a verdict, "" if there is none.
        turn: the year after which the direction changes, if that prevents a verdict, else "".
    """

    verdict: str
    points: int
    first: int
    last: int
    tau: float | None = None
    p_value: float | None = None
    q_value: float | None = None
    changes: tuple[SharpChange, ...] = ()
    doubtful: tuple[int, ...] = ()
    jump: str = ""
    turn: str = ""


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


@context.read_once
def read_trends(connection: duckdb.DuckDBPyConnection) -> Trends:
    """Return the trends of all states from sql/trend.sql."""
    known = {
        context.key(row): Trend(
            row["verdict"],
            row["points"],
            row["first"],
            row["last"],
            **{name: number_in(row[name]) for name in ("tau", "p_value", "q_value")},
            jump=row["jump"],
            turn=row["turn"],
            changes=tuple(map(SharpChange, row["jumps"], row["jump_ratios"])),
            doubtful=tuple(row["doubtful"]),
        )
        for row in context.query(connection, "trend").to_dict("records")
    }
    found = connection.execute(
        "select source from main.source where reprints <> '' order by all"
    ).fetchall()
    return Trends(known, tuple(source for (source,) in found))
