"""Records of the charts of a page: specification, what is built from it, table, words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browser.visiting import Visit

WIDE, NARROW = 1034, 330
"""Widths of a chart on a laptop and on a phone, in pixels."""

READ = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass
class Record:
    """One chart.

    Attributes:
        page: the file of its page.
        anchor: its id on the page.
        language: code, decimal sign, edition and texts for scripts.
        chart: specification and the texts that leave the page with it.
        rows: the table beside it, with the text, remarks and kind of each cell.
        wide: data and layout on a laptop.
        narrow: the same on a phone.
        key: the marks with their meaning.
        calm: the line under the chart.
        about: the text of the fold, open.
        label: what a screen reader says of it.
    """

    page: Path
    anchor: str
    language: dict[str, Any]
    chart: dict[str, Any]
    rows: list[list[dict[str, Any]]]
    wide: dict[str, Any]
    narrow: dict[str, Any]
    key: list[str]
    calm: str
    about: str
    label: str

    def __str__(self) -> str:
        return f"{'/'.join(self.page.parts[-3:])}#{self.anchor}"

    @property
    def area(self) -> str:
        """The code of the state."""
        return self.page.stem.upper()

    @property
    def spec(self) -> dict[str, Any]:
        """The specification."""
        return self.chart["spec"]

    @property
    def builds(self) -> list[dict[str, Any]]:
        """What is drawn, wide and narrow."""
        return [self.wide, self.narrow]

    @property
    def points(self) -> list[list[Any]]:
        """All points of all panels, filled up to five items."""
        return [
            point
            for panel in self.spec["panels"]
            for each in panel["series"]
            for point in filled(each)
        ]


def filled(series: dict[str, Any]) -> list[list[Any]]:
    """Return the points of a series with all five items."""
    return [[*point, *[None] * (5 - len(point))] for point in series["points"]]


def read(tab: Visit, page: Path) -> list[Record]:
    """Return the charts of a page of a state."""
    tab.page.goto(page.as_uri())
    return [Record(page=page, **found) for found in tab.page.evaluate(READ, [WIDE, NARROW])]
