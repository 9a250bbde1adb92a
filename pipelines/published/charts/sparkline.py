"""Sparklines: the shape of one series on 172 by 50 pixels, as an SVG without a script.

A chart so small has no axis to label and nothing to point at, so it needs no library. Its colours
are those of the text around it and of the style sheet. Each has a scale of its own, from 0 to at
least `LEAST_TOP`, and the years that all of a page share.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from pipelines.published.series import Point, Series
from pipelines.words.disclosure import Kind

LEAST_TOP: Final = 20
"""Least end of the scale: four suppressed figures alone must not fill it."""
WIDTH: Final = 172
BASE: Final = 46
"""Where zero is, counted from the top."""
RISE: Final = 40
"""From zero to the end of the scale."""
MARGIN: Final = 4
"""Beside the first and the last year."""
_BAR: Final = 5


@dataclass(frozen=True)
class Spark:
    """A sparkline, and which marks it has.

    Attributes:
        svg: the drawing: a line through each run of exact figures, which crosses no gap, suppressed
            year or break; dots for years by themselves, hollow if doubtful, and for the last;
            an outlined bar over all that a suppressed figure may be; a dotted line at a break.
        intervals: the intervals of its suppressed figures.
        has_break: whether it has a break.
        has_uncertain: whether it has a doubtful figure.
    """

    svg: Markup
    intervals: frozenset[tuple[float, float]]
    has_break: bool
    has_uncertain: bool


def spark(series: Series, years: range) -> Spark:
    """Return the sparkline of a series on an axis of the given years."""
    points = [point for point in series.points if point.year in years and point.is_known]
    hidden = [point for point in points if point.kind is Kind.SUPPRESSED]
    breaks = [point.year for point in series.points if point.year in years and point.is_break]
    drawing = _Drawing(years, max(series.highest, LEAST_TOP), max(breaks, default=years.start))
    marks = [
        f'<path class="axis" d="M0 {BASE}H{WIDTH}"/>',
        *map(drawing.bar, hidden),
        *(f'<path class="rule" d="M{drawing.x(year - 0.5)} 2V{BASE}"/>' for year in breaks),
        *drawing.line_and_dots(points, breaks),
    ]
    return Spark(
        Markup(  # noqa: S704  # numbers alone
            f'<svg class="spark" viewBox="0 0 {WIDTH} 50" aria-hidden="true" focusable="false">'
            f"{''.join(marks)}</svg>"
        ),
        frozenset((point.bottom, point.top) for point in hidden),
        bool(breaks),
        any(point.is_uncertain for point in points),
    )


@dataclass(frozen=True)
class _Drawing:
    """Marks at their places.

    Attributes:
        years: the years of the axis.
        top: end of the scale.
        since: the year of the last break, before which all is paler.
    """

    years: range
    top: float
    since: int

    def x(self, year: float) -> float:
        span = max(len(self.years) - 1, 1)
        return round(MARGIN + (year - self.years[0]) / span * (WIDTH - 2 * MARGIN), 1)

    def y(self, value: float) -> float:
        return round(BASE - value / self.top * RISE, 1)

    def bar(self, point: Point) -> str:
        """Draw a suppressed year; an open interval ends with the scale, and is seen even there."""
        highest = self.y(min(point.top, self.top))
        height = max(1.0, round(self.y(point.bottom) - highest, 1))
        left = round(self.x(point.year) - _BAR / 2, 1)
        return (
            f'<rect class="hidden-figure" x="{left}" y="{highest}" width="{_BAR}" '
            f'height="{height}"/>'
        )

    def line_and_dots(self, points: Sequence[Point], breaks: Sequence[int]) -> Iterator[str]:
        """Draw a line through each run of figures, and a dot where there is none, or at the end."""
        for run in _runs(points, breaks):
            earlier = " earlier" if run[0].year < self.since else ""
            if len(run) > 1:
                path = "L".join(f"{self.x(each.year)} {self.y(each.most)}" for each in run)
                yield f'<path class="line{earlier}" d="M{path}"/>'
            is_last = run[-1] is points[-1]
            if len(run) > 1 and not is_last:
                continue
            look = "uncertain" if run[-1].is_uncertain else "last" if is_last else "single"
            yield (
                f'<circle class="{look}{earlier}" cx="{self.x(run[-1].year)}" '
                f'cy="{self.y(run[-1].most)}" r="{3 if is_last else 2}"/>'
            )


def _runs(points: Sequence[Point], breaks: Sequence[int]) -> Iterator[list[Point]]:
    """Yield the figures of consecutive years, cut at breaks; a doubtful one is alone."""
    run: list[Point] = []
    for point in points:
        is_next = run and point.year == run[-1].year + 1 and point.year not in breaks
        if run and not (is_next and not point.is_uncertain and not run[-1].is_uncertain):
            yield run
            run = []
        if point.kind is Kind.FIGURE:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run
