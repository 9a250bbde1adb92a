"""Series of one indicator, state and source, year by year, and their footnotes.

Only here does a row become a mark or a gap. Chart, table and text alternative are made from these
points, so they cannot disagree.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

from pipelines.words.disclosure import (
    SUPPRESSED_TOP,
    Kind,
    Row,
    disclose,
    interval_text,
    number_in,
    text_in,
)

RESERVATIONS: Final = {
    "P": "provisional",
    "E": "estimated",
    "D": "doubtful",
    "Y": "year_inferred",
    "R": "only_repeated",
}
"""Reasons why a figure is uncertain, by their letter in charts: codes of texts."""

_STATUS: Final = {"P": "P", "E": "E", "U": "D"}
"""Letters of those that are codes of the list `obs_status`, by code."""


class NoteKind(StrEnum):
    """Subject of a footnote."""

    BREAK = "break"
    REVISED = "revised"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Point:
    """One year of a series."""

    year: int  # the year of the period's label
    kind: Kind = Kind.MISSING  # how much of its figure may be shown
    # the figure, in the unit of the indicator; None unless kind is FIGURE
    value: float | None = None
    # of a suppressed figure, the least number that it may be: 1 where its release prints zeros,
    # more where it is hidden for the sake of another, or only some rows of a sum are suppressed
    bottom: float = 0
    # of a suppressed figure, the greatest number that it may be; infinity if it is open
    top: float = SUPPRESSED_TOP
    status: tuple[str, ...] = ()  # codes of the list `obs_status`
    basis: str = ""  # code of the list `time_basis`, "" where there is no row
    is_break: bool = False  # whether earlier figures do not compare with this one
    break_reason: str = ""  # code of the list `break_reason`, "" if the source does not say
    previous_release: str = ""  # the release before, "" unless it had another figure
    # the figure of that release, or its printed text; None where it must not be shown
    previous: float | str | None = None
    rule: str = ""  # the check that a withheld figure failed
    is_year_inferred: bool = False  # whether the source names no year
    doubt: str = ""  # why the figure is doubtful, code of the list `remark`
    is_repeated: bool = False  # whether only others repeat it

    @property
    def is_known(self) -> bool:
        """Return whether there is a figure, suppressed or not."""
        return self.kind in (Kind.FIGURE, Kind.SUPPRESSED)

    @property
    def most(self) -> float:
        """Return the greatest number that the figure may be."""
        return self.top if self.value is None else self.value

    @cached_property
    def is_uncertain(self) -> bool:
        """Return whether there is a reservation on the figure."""
        return self.kind is Kind.FIGURE and bool(self.letters)

    @property
    def bounds(self) -> str:
        """Print a suppressed figure: `<5`, `166–174` where its lower bound is known, or `≥10`."""
        return interval_text(self.bottom, self.top)

    @cached_property
    def letters(self) -> str:
        """Return the reservations on the figure, as letters of `RESERVATIONS`."""
        status = "".join(_STATUS.get(code, "") for code in self.status)
        return status + "Y" * self.is_year_inferred + "R" * self.is_repeated

    @property
    def reservations(self) -> list[str]:
        """Return the reservations on the figure, as codes of interface texts."""
        return [RESERVATIONS[letter] for letter in self.letters]


@dataclass(frozen=True)
class Series:
    """One indicator of one state from one source, every year of a period in order."""

    indicator: str
    points: tuple[Point, ...] = field(default=())

    def of(self, kind: Kind) -> list[Point]:
        """Return the points of one kind."""
        return [point for point in self.points if point.kind is kind]

    @cached_property
    def known(self) -> list[Point]:
        """Return the points with a figure, suppressed or not."""
        return [point for point in self.points if point.is_known]

    @property
    def latest(self) -> Point | None:
        """Return the last year with a figure, suppressed or not."""
        return self.known[-1] if self.known else None

    @cached_property
    def highest(self) -> float:
        """Return the top of the highest mark; 0 without a figure. An open interval has none."""
        return max(
            (each.bottom if each.most == math.inf else each.most for each in self.known), default=0
        )

    def years_above(self, whole: "Series") -> list[int]:
        """Return the years in which the printed figure exceeds that of a whole.

        A suppressed figure of the whole counts as the greatest number that it may be.
        """
        most = {point.year: point.most for point in whole.known}
        return [
            point.year
            for point in self.of(Kind.FIGURE)
            if (point.value or 0) > most.get(point.year, math.inf)
        ]


@dataclass(frozen=True)
class Note:
    """A footnote to one year of one series of a figure."""

    number: int
    kind: NoteKind
    indicator: str
    point: Point


def read_series(rows: Iterable[Row], indicators: Iterable[str], years: range) -> list[Series]:
    """Return one series per indicator, in that order.

    Args:
        rows: rows of one state and one source: the columns of `published.headline`, and `rule`
            where figures are withheld: the check that they failed.
        indicators: codes of the indicators.
        years: the years of the series; a year without a row is a missing point.
    """
    # The later row wins: a published figure over a withheld one.
    rows = sorted(rows, key=lambda row: not text_in(row.get("rule")))
    known = {(row["indicator"], int(row["year"])): _point(row) for row in rows}
    for row in rows:
        _put_break_in_its_year(row, known)
    return [
        Series(
            each,
            tuple(_without_first_breaks([known.get((each, year), Point(year)) for year in years])),
        )
        for each in indicators
    ]


def _put_break_in_its_year(row: Row, known: dict[tuple[str, int], Point]) -> None:
    """Move a break from the first figure since to its own year, which has no figure."""
    broken = number_in(row.get("break_year"))
    if broken is None or broken == row["year"]:
        return
    here, there = (row["indicator"], int(row["year"])), (row["indicator"], int(broken))
    point = known[here]
    is_marked = "B" in point.status
    known[here] = replace(point, is_break=is_marked, break_reason="")
    known[there] = replace(
        known.get(there, Point(int(broken))), is_break=True, break_reason=point.break_reason
    )


def _without_first_breaks(points: Sequence[Point]) -> Iterable[Point]:
    """Yield the points without breaks before the first figure: there is nothing to break.

    The reason stays, since it says what the figures count.
    """
    is_begun = False
    for point in points:
        is_kept = is_begun or not point.is_break
        yield point if is_kept else replace(point, is_break=False)
        is_begun = is_begun or point.is_known


def notes(series: Sequence[Series]) -> list[Note]:
    """Return the footnotes of a figure, numbered from 1 in the order of its series and years."""
    found: list[Note] = []
    for one, point in ((each, point) for each in series for point in each.points):
        is_missing = point.kind is Kind.MISSING
        subjects = {
            NoteKind.BREAK: point.is_break,
            NoteKind.REVISED: point.previous_release and not is_missing,
            NoteKind.WITHDRAWN: point.previous_release and is_missing,
            NoteKind.WITHHELD: point.kind is Kind.WITHHELD,
        }
        kinds = [kind for kind, is_subject in subjects.items() if is_subject]
        found += [
            Note(len(found) + at, kind, one.indicator, point) for at, kind in enumerate(kinds, 1)
        ]
    return found


def _point(row: Row) -> Point:
    """Return the year of a row; of a withheld or withdrawn one only what may be shown of it."""
    year, status, shown = int(row["year"]), text_in(row.get("obs_status")), disclose(row)
    if shown.kind is Kind.WITHHELD or not status:
        return Point(year, rule=text_in(row.get("rule")), **shown._asdict())
    codes, reason = tuple(status.split(";")), text_in(row["break_reason"])
    return Point(
        year,
        status=codes,
        basis=text_in(row["time_basis"]),
        is_break="B" in codes or bool(reason),
        break_reason=reason,
        is_year_inferred=row.get("is_year_inferred") is True,
        doubt=text_in(row.get("doubt")),
        is_repeated=row.get("is_repeated") is True,
        **shown._asdict(),
    )
