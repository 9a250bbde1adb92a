"""A yearly series of totals: one state, indicator, source and kind of year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from pipelines.published.series import Point, Series
from pipelines.published.site.facts.trends import Trend
from pipelines.words.years import printed_year

VICTIMS: Final = "VIC_DETECT"
"""The indicator of detected victims, with which pages begin."""

INCOMPARABLE: Final = "4"
"""Code of the list `comparability` for figures that may only be shown in tables."""

NATIONAL: Final = "3"
"""Code of the list `comparability` for figures that do not compare across states."""

_SUMS: Final = ("CUM", "OTHER")
"""Codes of the list `time_basis` for figures that are not of one year."""


class Later(NamedTuple):
    """The figure of a later release, and its day."""

    point: Point
    release: str


@dataclass(frozen=True)
class Total:
    """One yearly series of totals: one state, indicator, source and kind of year.

    Attributes:
        area: code of the state.
        indicator: code of the indicator.
        source: id of the source.
        basis: code of the list `time_basis`.
        series: its years, with a point for each from the first to the last.
        releases: days of the releases that its figures come from, in order.
        level: the worst code of the list `comparability` among its figures; figures that are of
            level 3 because they are doubtful do not count, unless all are.
        reason: why this is the series to cite, a code of the list `citation_reason`; "" for the
            others.
        trend: the verdict since its last break; None where none is calculated.
        notes: the source's own notes by year, in English.
        same_as: indicators for which the source prints the same numbers.
        unit: its counting unit, a code of the list `count_unit`.
        measure: its unit of measure, a code of the list `unit_measure`.
        own_releases: those of `releases` in which some figure is not merely repeated by others.
        later: by year the other figure of a later release, which only others repeat.
    """

    area: str
    indicator: str
    source: str
    basis: str
    series: Series
    releases: tuple[str, ...]
    level: str = ""
    reason: str = ""
    trend: Trend | None = None
    notes: tuple[tuple[int, str], ...] = ()
    same_as: tuple[str, ...] = ()
    unit: str = ""
    measure: str = ""
    own_releases: tuple[str, ...] = ()
    later: Mapping[int, Later] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what names the series: state, indicator, source and kind of year."""
        return self.area, self.indicator, self.source, self.basis

    def period(self, year: int) -> str:
        """Return a year as printed: `2022`, or `2021/22` where it begins in another month."""
        return printed_year(year, self.basis)

    @cached_property
    def known(self) -> list[Point]:
        """Return the years with a figure, suppressed ones included."""
        return self.series.known

    @cached_property
    def own(self) -> list[Point]:
        """Return the years with a figure that not only others repeat; all if these repeat all."""
        return [point for point in self.known if not point.is_repeated] or self.known

    @property
    def figures(self) -> set[tuple[int, float | None]]:
        """Return the figures with their years."""
        return {(point.year, point.value) for point in self.series.points}

    @property
    def last(self) -> Point:
        """Return the last year with a figure to cite, suppressed or not.

        It is neither doubtful nor only repeated by others, if there is such a one; else one that
        others repeat goes before a doubtful one.
        """
        certain = [point for point in self.known if not point.doubt]
        own = [point for point in certain if not point.is_repeated]
        return (own or certain or self.own)[-1]

    @property
    def is_repeated(self) -> bool:
        """Return whether only others repeat its figures."""
        return self.last.is_repeated

    @property
    def is_uncited_national(self) -> bool:
        """Return whether it is of an authority of the state, and known only as others repeat it."""
        return self.is_repeated and self.source.startswith(f"{self.area.lower()}_")

    @property
    def is_yearly(self) -> bool:
        """Return whether each figure is of one year."""
        return self.basis not in _SUMS

    @property
    def release(self) -> str:
        """Return the day of the newest release among its figures to cite."""
        return ((not self.is_repeated and self.own_releases) or self.releases)[-1]

    @property
    def breaks(self) -> list[Point]:
        """Return the years whose figures do not compare with those before."""
        return [point for point in self.series.points if point.is_break]

    @property
    def last_break(self) -> str:
        """Return the reason of the last break up to the figure to cite; "" without one.

        A series may begin with it.
        """
        points = (point for point in self.series.points if point.year <= self.last.year)
        reasons = [point.break_reason for point in points if point.is_break or point.break_reason]
        return reasons[-1] if reasons else ""
