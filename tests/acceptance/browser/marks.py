"""Marks of a chart by place, as a table calls for them or the browser drew them.

A place is a year, or the heading of a row where the figures run from left to right.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Place = Any
Span = tuple[int, int]
ROUNDED = 0.005
"""The share by which a limit may be off that is printed in three digits."""
BOX = 5
"""Times less exact than a mark is the box of a line, which gives its ends."""


@dataclass
class Marks:
    """The marks of one panel.

    Attributes:
        figures: the exact figures by place.
        hollow: the places of which the figure is provisional or estimated.
        bars: from where to where the bar of a suppressed figure goes, by place.
        ticks: the figures of the release before, by place.
        reaches: from where to where a line goes at a place: the interval of a rate, the stem of a
            figure, the way from the figure before to that after.
        shades: the places that have no rate since the count is suppressed.
        lines: first and last year of each solid line.
        dashes: first and last year of each dashed line.
        rules: the years before which a dotted rule stands.
        texts: what is printed in a row, by row.
        exact: how far a drawn figure may be off, since positions in pixels have two decimals.
    """

    figures: dict[Place, float] = field(default_factory=dict)
    hollow: set[Place] = field(default_factory=set)
    bars: dict[Place, tuple[float, ...]] = field(default_factory=dict)
    ticks: dict[Place, float] = field(default_factory=dict)
    reaches: dict[Place, tuple[float, ...]] = field(default_factory=dict)
    shades: set[Place] = field(default_factory=set)
    lines: set[Span] = field(default_factory=set)
    dashes: set[Span] = field(default_factory=set)
    rules: set[int] = field(default_factory=set)
    texts: dict[Place, str] = field(default_factory=dict)
    exact: float = 0

    @property
    def is_empty(self) -> bool:
        """Return whether it has no figure, not even a suppressed one."""
        return not (self.figures or self.bars or self.ticks or self.shades)

    def agree(self, drawn: "Marks") -> bool:
        """Return True if exactly these are drawn; rules are compared elsewhere."""
        alike = ("hollow", "shades", "lines", "dashes", "texts")
        return (
            all(getattr(self, name) == getattr(drawn, name) for name in alike)
            and _close(_ends(self.figures), _ends(drawn.figures), drawn.exact)
            and _close(_ends(self.ticks), _ends(drawn.ticks), drawn.exact)
            and _close(self.bars, drawn.bars, drawn.exact)
            and _close(self.reaches, drawn.reaches, BOX * drawn.exact, ROUNDED)
        )

    def only(self, places: Collection[Place]) -> "Marks":
        """The marks at those places."""
        return replace(
            self,
            figures={at: each for at, each in self.figures.items() if at in places},
            bars={at: each for at, each in self.bars.items() if at in places},
            reaches={at: each for at, each in self.reaches.items() if at in places},
            texts={at: each for at, each in self.texts.items() if at in places},
        )


def _ends(figures: Mapping[Place, float]) -> dict[Place, tuple[float, ...]]:
    return {place: (figure,) for place, figure in figures.items()}


def _close(
    expected: Mapping[Place, tuple[float, ...]],
    drawn: Mapping[Place, tuple[float, ...]],
    exact: float,
    rounded: float = 0,
) -> bool:
    """Return whether the places are the same, and the ends at each of them about."""
    return expected.keys() == drawn.keys() and all(
        abs(a - b) <= exact + rounded * a
        for place in expected
        for a, b in zip(expected[place], drawn[place], strict=True)
    )
