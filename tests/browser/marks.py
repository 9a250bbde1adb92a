"""Marks of a chart by year: those that a table calls for, and those that the browser drew."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipelines.charts.language import LOCALE, NARROW_SPACE
from schemas import codelists

DRAWN = Path(__file__).with_name("drawn.js").read_text(encoding="utf-8")
TABLE = Path(__file__).with_name("tables.js").read_text(encoding="utf-8")
Span = tuple[int, int]


@dataclass
class Marks:
    """What stands in one panel.

    Attributes:
        figures: the exact figures by year.
        hollow: the years of which the figure is provisional or estimated.
        bars: from where to where the bar of a suppressed figure goes, by year.
        lines: first and last year of each solid line.
        dashes: first and last year of each dashed line.
        rules: the years before which a dotted rule stands.
        exact: how far a drawn figure may be off, since positions in pixels have two decimals.
    """

    figures: dict[int, float] = field(default_factory=dict)
    hollow: set[int] = field(default_factory=set)
    bars: dict[int, tuple[float, float]] = field(default_factory=dict)
    lines: set[Span] = field(default_factory=set)
    dashes: set[Span] = field(default_factory=set)
    rules: set[int] = field(default_factory=set)
    exact: float = 0

    def agree(self, drawn: "Marks") -> bool:
        """Whether these are drawn, no mark more and none less; rules are compared elsewhere."""
        figures = {year: (0, figure) for year, figure in self.figures.items()}
        drawn_figures = {year: (0, figure) for year, figure in drawn.figures.items()}
        return (
            _close(figures, drawn_figures, drawn.exact)
            and _close(self.bars, drawn.bars, drawn.exact)
            and (self.hollow, self.lines, self.dashes) == (drawn.hollow, drawn.lines, drawn.dashes)
        )


def _close(said: dict[int, Any], drawn: dict[int, Any], exact: float) -> bool:
    """Whether the years are the same, and each pair of ends about."""
    return said.keys() == drawn.keys() and all(
        abs(a - b) <= exact for year in said for a, b in zip(said[year], drawn[year], strict=True)
    )


def drawn(chart: Any) -> list[Marks]:
    """What the browser drew, panel by panel; a panel without a mark is left out."""
    panels = [_panel(panel) for panel in chart.evaluate(DRAWN)]
    return [panel for panel in panels if panel.figures or panel.bars]


def called_for(figure: Any, language: str) -> list[Marks]:
    """What the table calls for, column by column; a column without a figure is left out.

    Beside a column of rates stand their ranges, counts and populations, and beside the sources of
    an indicator how often one has the other, which is not drawn.
    """
    rows = figure.evaluate(TABLE)
    years = [int(row["heading"]) for row in rows]
    columns = [
        dict(zip(years, cells, strict=True))
        for cells in zip(*(row["cells"] for row in rows), strict=True)
    ]
    columns = [column for column in columns if not _holds(column, "÷")]
    if any(_holds(column, " ") for column in columns):
        columns = columns[:1]
    marks = [_column(column, language) for column in columns]
    return [column for column in marks if column.figures or column.bars]


def _holds(column: dict[int, dict[str, Any]], sign: str) -> bool:
    return any(sign in cell["figure"] for cell in column.values() if cell["kind"] == "figure")


def number(printed: str, language: str) -> float:
    """A printed figure, read as its language prints it."""
    sign = "." if LOCALE[language].startswith("en") or language == "es" else ","
    return float(printed.replace(NARROW_SPACE, "").replace(sign, "."))


def _panel(panel: dict[str, Any]) -> Marks:
    exact = 0.02 * panel["pixel"]
    assert [abs(y) <= exact for y in panel["zero"]] == [True], "no line at zero"
    marks = Marks(rules={round(x + 0.5) for x in panel["rules"]}, exact=exact)
    for x, y, fill in panel["markers"]:
        marks.figures[_year(x)] = y
        marks.hollow |= {_year(x)} if fill == "hollow" else set()
    for bar in panel["bars"]:
        marks.bars[_year(sum(bar["x"]) / 2)] = (bar["y"][0], bar["y"][1])
    for line in panel["lines"]:
        years = [_year(x) for x, _ in line["points"]]
        if len(years) > 1:
            (marks.dashes if line["dash"] else marks.lines).add((years[0], years[-1]))
    return marks


def _year(x: float) -> int:
    assert abs(x - round(x)) < 0.05, f"{x} is between two years"
    return round(x)


def _column(cells: dict[int, dict[str, Any]], language: str) -> Marks:
    said = codelists.labels("site_text", language)
    uncertain = {said["provisional"], said["estimated"]}
    broken = codelists.labels("obs_status", language)["B"]
    marks = Marks()
    for year, cell in cells.items():
        if cell["kind"] == "figure":
            marks.figures[year] = number(cell["figure"], language)
            marks.hollow |= {year} if uncertain & {*cell["remarks"]} else set()
        elif cell["kind"] == "suppressed":
            marks.bars[year] = (0, float(cell["figure"].removeprefix("<")) - 1)
        if broken in cell["remarks"]:
            marks.rules.add(year)
    certain = marks.figures.keys() - marks.hollow
    marks.lines = {span for span in _runs(certain, marks.rules) if span[0] < span[1]}
    marks.dashes = set(_dashes(marks))
    return marks


def _dashes(marks: Marks) -> Iterable[Span]:
    """A dashed line joins uncertain figures and what stands beside them."""
    for first, last in _runs(marks.hollow, marks.rules):
        before = first - 1 if first - 1 in marks.figures and first not in marks.rules else first
        after = last + 1 if last + 1 in marks.figures and last + 1 not in marks.rules else last
        if before < after:
            yield before, after


def _runs(years: Iterable[int], cuts: set[int]) -> list[Span]:
    """Runs of years, one after the other, parted before each cut."""
    ordered = sorted(years)
    starts: Callable[[int, int], bool] = lambda a, b: b - a > 1 or b in cuts  # noqa: E731
    begins = ordered[:1] + [b for a, b in pairwise(ordered) if starts(a, b)]
    ends = [a for a, b in pairwise(ordered) if starts(a, b)] + ordered[-1:]
    return list(zip(begins, ends, strict=True))
