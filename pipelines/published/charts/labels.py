"""Where the numbers of a chart over the years stand: beside their mark, and on no line.

A place is looked for on a phone and on the narrowest screen, where all is closest: what is free on
both is free elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from pipelines.published.charts.drawing import Sheet

PHONE: Final = 348
"""Pixels of a chart on a phone."""
NARROWEST: Final = 288
"""Pixels of a chart on the narrowest screen that pages are made for, 320 px."""
LETTER: Final = 6.5
"""Pixels of a letter of a text in a chart."""
DIGIT: Final = 7.5
"""Pixels of a digit, which may be bold."""
_HEIGHT: Final = 15
"""Pixels of a line of text."""
_MARK: Final = 6
"""Pixels from the middle of a mark to its edge, and to the text beside it."""

ABOVE: Final = ("center", "bottom")
RIGHT: Final = ("left", "middle")
_PLACES: Final = (
    ABOVE, RIGHT, ("right", "middle"), ("left", "bottom"), ("right", "bottom"), ("center", "top"),
    ("left", "top"), ("right", "top"),
)  # fmt: skip
"""Sides of a text, across and upright, that its mark is at; the first free one is taken."""


class Label(NamedTuple):
    """A number at a mark, and the place that it has if that is free."""

    year: int
    value: float
    text: str
    colour: str
    place: tuple[str, str]
    is_bold: bool = True


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class Frame(NamedTuple):
    """Axes of a chart: their ends in years and figures; height, margins and width in pixels."""

    first: float
    last: float
    top: float
    height: float
    left: float
    right: float
    whole: float = PHONE

    def at(self, year: float, value: float) -> tuple[float, float]:
        """Return the pixels of a point, from the upper left corner of the axes."""
        width = self.whole - self.left - self.right
        across = (year - self.first) / (self.last - self.first) * width
        return across, (1 - value / self.top) * self.height


def put(sheet: Sheet, labels: Iterable[Label], frame: Frame) -> None:
    """Write each label at the first place where it covers no line, mark or other label.

    Where no place is free, it stands where it covers least.
    """
    screens = [_Screen(sheet, each) for each in (frame, frame._replace(whole=NARROWEST))]
    for label in labels:
        place = min(
            sorted(_PLACES, key=lambda each: each != label.place),
            key=lambda each: sum(screen.covered(label, each) for screen in screens),
        )
        for screen in screens:
            screen.taken.append(screen.box(label, place))
        across, upright = place
        sheet.text(
            label.year,
            label.value,
            f"<b>{label.text}</b>" if label.is_bold else label.text,
            label.colour,
            xanchor=across,
            yanchor=upright,
            xshift=_away(across, "left", "right"),
            yshift=_away(upright, "bottom", "top"),
        )


def _away(side: str, ahead: str, behind: str) -> int:
    """Return the pixels by which a text is off its mark: on, to the right or up; or back."""
    return {ahead: _MARK + 1, behind: -_MARK - 1}.get(side, 0)


class _Screen:
    """A chart as wide as on one screen, and what a label may cover there."""

    def __init__(self, sheet: Sheet, frame: Frame) -> None:
        self._frame = frame
        self._segments = [*_segments(sheet, frame)]
        self.taken = [*_marks(sheet, frame)]

    def box(self, label: Label, place: tuple[str, str]) -> _Box:
        """Return the place of a label in pixels."""
        across, upright = place
        x, y = self._frame.at(label.year, label.value)
        x += _away(across, "left", "right")
        y -= _away(upright, "bottom", "top")
        width = DIGIT * len(label.text)
        left = {"left": x, "center": x - width / 2, "right": x - width}[across]
        top = {"top": y, "middle": y - _HEIGHT / 2, "bottom": y - _HEIGHT}[upright]
        return _Box(left, top, left + width, top + _HEIGHT)

    def covered(self, label: Label, place: tuple[str, str]) -> int:
        """Return how many lines, marks and texts it covers; to be out of the chart counts most."""
        box, frame = self.box(label, place), self._frame
        is_outside = (
            box.left < -2 * _MARK
            or box.right > frame.whole - frame.left
            or box.bottom > frame.height
        )
        return (
            10 * is_outside
            + sum(_crosses(segment, box) for segment in self._segments)
            + sum(
                box.left < each.right
                and each.left < box.right
                and box.top < each.bottom
                and each.top < box.bottom
                for each in self.taken
            )
        )


def _segments(sheet: Sheet, frame: Frame) -> Iterator[tuple[float, float, float, float]]:
    for trace in _traces(sheet, "lines"):
        for before, after in pairwise(zip(trace["x"], trace["y"], strict=True)):
            yield (*frame.at(*before), *frame.at(*after))
    for line in sheet.shapes:
        yield (*frame.at(line["x0"], 0), *frame.at(line["x1"], frame.top))


def _marks(sheet: Sheet, frame: Frame) -> Iterator[_Box]:
    for trace in _traces(sheet, "markers"):
        for x, y in (frame.at(*each) for each in zip(trace["x"], trace["y"], strict=True)):
            yield _Box(x - _MARK, y - _MARK, x + _MARK, y + _MARK)
    for bar in (trace for trace in sheet.data if trace["type"] == "bar"):
        for year, base, high in zip(bar["x"], bar["base"], bar["y"], strict=True):
            half = bar["width"] / 2
            left, top = frame.at(year - half, base + high)
            yield _Box(left, top, *frame.at(year + half, base))


def _traces(sheet: Sheet, mode: str) -> Iterator[Mapping[str, Any]]:
    return (trace for trace in sheet.data if trace.get("mode") == mode)


def _crosses(segment: Sequence[float], box: _Box) -> bool:
    """Return whether a line runs through a box (Liang and Barsky)."""
    x, y, x_end, y_end = segment
    begin, end = 0.0, 1.0
    for step, room in (
        (x - x_end, x - box.left),
        (x_end - x, box.right - x),
        (y - y_end, y - box.top),
        (y_end - y, box.bottom - y),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            begin = max(begin, room / step)
        else:
            end = min(end, room / step)
    return begin <= end
