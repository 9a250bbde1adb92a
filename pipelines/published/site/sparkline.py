"""Sparklines: the shape of one series on a few square centimetres, drawn without a script.

Positions are in the units of the drawing; templates/sparkline.html.j2 writes it. Each sparkline has
its own scale, from 0 to at least `LEAST_TOP`, and the years that all of a page share.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipelines.published.series import Point, Series
from pipelines.words.disclosure import Kind

WIDTH: Final = 150
BASE: Final = 40
"""Where zero is, counted from the top."""
LEAST_TOP: Final = 20
"""Least end of the scale: four suppressed figures alone must not fill it."""

_MARGIN: Final = 4
_RISE: Final = 34
_BAR: Final = 5.2


class Line(NamedTuple):
    """A line through neighbouring years, as the data of an SVG path."""

    path: str
    is_earlier: bool


class Dot(NamedTuple):
    """A year by itself, or the last one: `single`, `uncertain` or `last`."""

    x: float
    y: float
    look: str
    is_earlier: bool


class Bar(NamedTuple):
    """A suppressed year: the interval in which its figure lies, as drawn and in figures."""

    x: float
    y: float
    width: float
    height: float
    interval: tuple[int, float]


@dataclass(frozen=True)
class Spark:
    """A sparkline.

    Attributes:
        years: the first and the last year of the axis.
        lines: one per run of exact figures; none crosses a gap, a suppressed year or a break.
        dots: years without a neighbour, doubtful years, and the last year.
        bars: suppressed years.
        rules: places of breaks, each halfway between two years.
    """

    years: tuple[int, int]
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]
    rules: tuple[float, ...]


def spark(series: Series, years: range) -> Spark:
    """Return the sparkline of a series on an axis of the given years."""
    scale = _Scale(years, max(series.highest, LEAST_TOP))
    points = [point for point in series.points if point.year in years]
    breaks = [point.year for point in points if point.is_break]
    last_break = max(breaks, default=years.start)
    return Spark(
        (years[0], years[-1]),
        tuple(
            Line(scale.path(run), run[0].year < last_break) for run in _runs(points) if len(run) > 1
        ),
        tuple(_dots(points, scale, last_break, series.latest)),
        tuple(scale.bar(point) for point in points if point.kind is Kind.SUPPRESSED),
        tuple(scale.x(year - 0.5) for year in breaks),
    )


@dataclass(frozen=True)
class _Scale:
    """Positions of years and figures."""

    years: range
    top: float

    def x(self, year: float) -> float:
        span = max(len(self.years) - 1, 1)
        return round(_MARGIN + (year - self.years[0]) / span * (WIDTH - 2 * _MARGIN), 1)

    def y(self, value: float) -> float:
        return round(BASE - value / self.top * _RISE, 1)

    def path(self, run: Sequence[Point]) -> str:
        return "M" + "L".join(f"{self.x(point.year)} {self.y(point.most)}" for point in run)

    def bar(self, point: Point) -> Bar:
        highest = self.y(min(point.top, self.top))
        height = max(1.0, round(self.y(point.bottom) - highest, 1))  # seen even where it is open
        left = round(self.x(point.year) - _BAR / 2, 1)
        return Bar(left, highest, _BAR, height, (point.bottom, point.top))


def _is_joined(point: Point) -> bool:
    return point.kind is Kind.FIGURE and not point.is_uncertain


def _runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield the figures of neighbouring years, cut at gaps, suppressed years and breaks."""
    run: list[Point] = []
    for point in points:
        if point.is_break or not _is_joined(point):
            if run:
                yield run
            run = []
        if _is_joined(point):
            run.append(point)
    if run:
        yield run


def _dots(
    points: Sequence[Point], scale: _Scale, last_break: int, latest: Point | None
) -> Iterator[Dot]:
    """Yield a dot for each year that no line joins, and for the last year with an exact figure."""
    joined = {point.year for run in _runs(points) if len(run) > 1 for point in run}
    for point in points:
        is_last = point == latest
        if point.kind is not Kind.FIGURE or (point.year in joined and not is_last):
            continue
        look = "uncertain" if point.is_uncertain else "last" if is_last else "single"
        yield Dot(scale.x(point.year), scale.y(point.most), look, point.year < last_break)
