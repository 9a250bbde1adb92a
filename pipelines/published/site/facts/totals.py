"""Totals of whole states: every yearly series of a state and indicator, the one to cite first."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import duckdb
import pandas as pd

from pipelines.published.series import read_series
from pipelines.published.site import context
from pipelines.published.site.facts.total import NATIONAL, Later, Total
from pipelines.published.site.facts.trends import Trends, read_trends
from pipelines.words.disclosure import Row, number_in, text_in


@dataclass(frozen=True)
class Totals:
    """The totals of all states.

    Attributes:
        by_indicator: the series of each (state, indicator), the one to cite first.
    """

    by_indicator: Mapping[tuple[str, str], list[Total]]

    def of(self, area: str, indicator: str) -> list[Total]:
        """Return the series of a state and indicator, the one to cite first."""
        return self.by_indicator.get((area, indicator), [])

    def cited(self, area: str, indicator: str) -> Total | None:
        """Return the series to cite; None if no source has a yearly total of the whole state."""
        first = next(iter(self.of(area, indicator)), None)
        return first if first and first.reason else None

    def newer(self, total: Total) -> int:
        """Return the newest year of another source if it is after a series; 0 if none is.

        A source that only others repeat has none.
        """
        every = self.of(total.area, total.indicator)
        known = [each for each in every if each.is_yearly and not each.is_repeated]
        newest = max((each.last.year for each in known), default=0)
        return newest if newest > total.last.year else 0

    def of_indicator(self, code: str) -> "Totals":
        """Return the totals of one indicator alone."""
        return Totals({key: own for key, own in self.by_indicator.items() if key[1] == code})

    def of_state(self, area: str) -> Iterator[Total]:
        """Yield every series of a state."""
        for (state, _), series in self.by_indicator.items():
            if state == area:
                yield from series


def own_authority(totals: Iterable[Total]) -> Total | None:
    """Return the series of the state's own authority that others repeat, if there is one."""
    return next((total for total in totals if total.is_uncited_national), None)


def newest_repeated(cited: Collection[Total], others: Iterable[Iterable[Total]]) -> int:
    """Return the newest year that only others repeat, if it is after all to cite; else 0."""
    every = [*cited, *chain.from_iterable(others)]
    years = [point.year for total in every for point in total.known if point.is_repeated]
    newest = max((total.last.year for total in cited), default=max(years, default=0))
    return max((year for year in years if year > newest), default=0)


@context.read_once
def read_totals(connection: duckdb.DuckDBPyConnection) -> Totals:
    """Return the totals of all states: headline figures and victims repatriated."""
    of_each = [context.query(connection, name) for name in ("figure", "repatriated")]
    rows = pd.concat(of_each, ignore_index=True)
    cited = {
        context.key(row): row["citation_reason"]
        for row in context.query(connection, "cited").to_dict("records")
    }
    trends, later = read_trends(connection), _later(context.query(connection, "restated"))
    found = context.grouped(
        _totals(rows, cited, trends, later), lambda total: (total.area, total.indicator)
    )
    for series in found.values():
        series.sort(key=lambda each: (not each.reason, each.source, each.basis))
    return Totals(found)


def _later(rows: pd.DataFrame) -> dict[context.Key, dict[int, Later]]:
    """Return the figures of sql/restated.sql by series, then by year."""
    found: dict[context.Key, dict[int, Later]] = {}
    for row in rows.dropna(subset=["time_basis"]).to_dict("records"):
        year = int(row["year"])
        [series] = read_series([row], [row["indicator"]], range(year, year + 1))
        found.setdefault(context.key(row), {})[year] = Later(series.points[0], row["release"])
    return found


def _totals(
    every: pd.DataFrame,
    cited: Mapping[Any, str],
    trends: Trends,
    later: Mapping[Any, Mapping[int, Later]],
) -> Iterator[Total]:
    """Yield the series with a figure; withheld and withdrawn years belong to each kind of year."""
    by_series = context.rows_by(every, ["source", "ref_area", "indicator"])
    for (source, area, indicator), own in by_series.items():
        for basis in dict.fromkeys(filter(None, (text_in(row["time_basis"]) for row in own))):
            rows = [row for row in own if text_in(row["time_basis"]) in ("", basis)]
            breaks = [number_in(row["break_year"]) for row in rows]
            years = [row["year"] for row in rows] + [int(year) for year in breaks if year]
            [series] = read_series(rows, [indicator], range(min(years), max(years) + 1))
            if not series.latest:
                continue
            key = (area, indicator, source, basis)
            notes = ((row["year"], text_in(row["source_note"])) for row in rows)
            same_as = {code for row in rows for code in text_in(row["same_as"]).split()}
            yield Total(
                *key,
                series=series,
                releases=_releases(rows),
                own_releases=_releases([each for each in rows if each["is_repeated"] is not True]),
                level=_level(rows),
                reason=cited.get(key, ""),
                trend=trends.of(key),
                notes=tuple((year, note) for year, note in notes if note),
                same_as=tuple(sorted(same_as)),
                unit=rows[0]["count_unit"],
                measure=rows[0]["unit_measure"],
                later=later.get(key, {}),
            )


def _level(rows: Sequence[Row]) -> str:
    """Return the worst level; a figure of level 3 that is itself in question does not count.

    Unless all are.
    """
    certain = [
        row
        for row in rows
        if not (row["comparability"] == NATIONAL and row["is_questioned"] is True)
    ]
    return max(text_in(row["comparability"]) for row in certain or rows)


def _releases(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the days of the releases of the figures, in order."""
    return tuple(sorted({row["release"] for row in rows if not text_in(row["rule"])}))
