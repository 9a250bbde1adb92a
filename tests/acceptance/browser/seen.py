"""The marks that the browser drew of a figure."""

from pathlib import Path
from typing import Any

from browser.marks import Marks, Place

DRAWN = Path(__file__).with_name("drawn.js").read_text(encoding="utf-8")
CELLS = Path(__file__).with_name("cells.js").read_text(encoding="utf-8")


def panels(chart: Any) -> list[Marks]:
    """The panels of a chart by year; one without a mark is left out."""
    marks = [_by_year(panel) for panel in chart.evaluate(DRAWN, False)]
    return [each for each in marks if not each.is_empty]


def rows(chart: Any, headings: list[str]) -> Marks:
    """The rows of a chart whose figures run from left to right, by those of the headings."""
    (panel,) = chart.evaluate(DRAWN, True)
    names = _Names(panel["names"], headings)
    marks = _marks(panel, names.at)
    marks.texts = {names.at(row): text for row, text in panel["printed"]} or names.rest
    # Here a line does not join years: it is the way from the figure before to that after.
    for line in panel["lines"]:
        ends = sorted(figure for _, figure in line["points"])
        marks.reaches[names.at(line["points"][0][0])] = tuple(ends)
    return marks


def cells(chart: Any) -> dict[str, Any]:
    """The cells of a heat map, row by row, and the years in its head."""
    return chart.evaluate(CELLS)


class _Names:
    """The names that stand above the rows: of a long one the chart has the beginning."""

    def __init__(self, drawn: list[tuple[float, str]], headings: list[str]):
        self.rows: list[tuple[float, str]] = []
        self.rest: dict[Place, str] = {}
        for row, text in drawn:
            begun = [each for each in headings if _begins(text, each)]
            if begun:
                name = max(begun, key=len)
                self.rows.append((row, name))
                self.rest[name] = text.removeprefix(name).strip(" :\u202f\u00a0")

    def at(self, row: float) -> str:
        """The name of the row whose marks are there, below it."""
        distance, name = min((abs(place - row), name) for place, name in self.rows)
        assert distance < 0.5, f"a mark at {row} is in no row"
        return name


def _begins(text: str, heading: str) -> bool:
    """Return whether it is the heading, with more words or cut short."""
    return text.startswith(heading) or (text.endswith("…") and heading.startswith(text[:-1]))


def _by_year(panel: dict[str, Any]) -> Marks:
    marks = _marks(panel, _year)
    for line in panel["lines"]:
        years = [_year(x) for x, _ in line["points"]]
        if len(years) > 1:
            (marks.dashes if line["dash"] else marks.lines).add((years[0], years[-1]))
    marks.rules = {round(x + 0.5) for x in panel["rules"]}
    marks.shades = {_year(x) for x in panel["shades"]}
    return marks


def _marks(panel: dict[str, Any], place: Any) -> Marks:
    exact = 0.02 * panel["pixel"]
    assert [abs(zero) <= exact for zero in panel["zero"]] == [True], "no line at zero"
    marks = Marks(exact=exact)
    for at, figure, look in panel["markers"]:
        if look == "tick":
            marks.ticks[place(at)] = figure
            continue
        marks.figures[place(at)] = figure
        if look == "hollow":
            marks.hollow.add(place(at))
    for ends, found in ((panel["bars"], marks.bars), (panel["reaches"], marks.reaches)):
        for (start, low), (end, high) in ends:
            found[place((start + end) / 2)] = (low, high)
    return marks


def _year(x: float) -> int:
    assert abs(x - round(x)) < 0.05, f"{x} is between two years"
    return round(x)
