"""The marks that the table of a figure calls for, chart by chart."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from browser.marks import Marks, Place, Span
from pipelines.published.i18n import interface_text
from pipelines.published.i18n.language import NARROW_SPACE
from schemas import codelists

TABLE = Path(__file__).with_name("tables.js").read_text(encoding="utf-8")
FLAGS = {"provisional": "p", "estimated": "e", "doubtful": "u", "year_inferred": "i"}
"""The letters behind the figures of a table of states."""
BROKEN, NO_RATE = "b", "s"
Cell = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """A reader of cells as their language prints them."""

    language: str

    def say(self, text: str) -> str:
        """A text of the pages."""
        return interface_text.labels("site_text", self.language)[text]

    def numbers(self, printed: str) -> list[float]:
        """The numbers in a text: one, or a rate and its limits.

        Thousands are parted by a space, so that a point or a comma is the decimal sign.
        """
        found = re.findall(rf"\d[\d{NARROW_SPACE}]*(?:[.,]\d+)?", printed)
        return [float(each.replace(NARROW_SPACE, "").replace(",", ".")) for each in found]

    def is_uncertain(self, cell: Cell) -> bool:
        """Return whether the figure is provisional or estimated, or its year inferred."""
        words = {*map(self.say, FLAGS), *FLAGS.values()}
        return not words.isdisjoint(cell["remarks"])

    def is_broken(self, cell: Cell) -> bool:
        """Return whether the series breaks there."""
        words = {codelists.labels("obs_status", self.language)["B"], BROKEN}
        return not words.isdisjoint(cell["remarks"])

    def put(self, marks: Marks, place: Place, cell: Cell) -> None:
        """Add the mark of a figure, the bar of a suppressed one, the rule of a break."""
        if cell["kind"] == "figure":
            marks.figures[place], *limits = self.numbers(cell["figure"])
            if limits:
                marks.reaches[place] = tuple(limits)
            if self.is_uncertain(cell):
                marks.hollow.add(place)
        elif cell["figure"] == NO_RATE:
            marks.shades.add(place)
        elif cell["kind"] == "suppressed":
            marks.bars[place] = _bar(cell["figure"])
        if self.is_broken(cell):
            marks.rules.add(place)

    def by_year(self, cells: Iterable[tuple[int, Cell]]) -> Marks:
        """The marks of a series over years, joined by lines."""
        marks = Marks()
        for year, cell in cells:
            self.put(marks, year, cell)
        certain = marks.figures.keys() - marks.hollow
        marks.lines = {span for span in _runs(certain, marks.rules) if span[0] < span[1]}
        marks.dashes = set(_dashes(marks))
        return marks


def of_years(figure: Any, language: str) -> list[Marks]:
    """Column by column of a table with a row a year; a column without a figure is left out.

    Beside a column of rates stand their ranges, which the chart has too, and counts and
    populations, which it has not; beside the sources of an indicator, how often one has the other.
    """
    table = figure.evaluate(TABLE)
    reader = Reader(language)
    years = [int(row["heading"]) for row in table["rows"]]
    columns = [[row["cells"][at] for row in table["rows"]] for at in range(len(table["columns"]))]
    columns = [column for column in columns if not _holds(column, "÷")]
    if figure.get_attribute("id").startswith("rate-") and len(columns) > 1:
        return [_of_rates(reader, years, columns)]
    marks = [reader.by_year(zip(years, column, strict=True)) for column in columns]
    return [each for each in marks if not each.is_empty]


def _of_rates(reader: Reader, years: list[int], columns: list[list[Cell]]) -> Marks:
    rates, limits, *_ = columns
    marks = reader.by_year(zip(years, rates, strict=True))
    for year, cell in zip(years, limits, strict=True):
        if year in marks.figures and (found := reader.numbers(cell["figure"])):
            marks.reaches[year] = tuple(found)
    return marks


def of_states(figure: Any, language: str) -> dict[str, Marks]:
    """Row by row of a table with a column a year, by state."""
    table = figure.evaluate(TABLE)
    years = [*map(int, table["columns"])]
    return {
        row["state"]: Reader(language).by_year(zip(years, row["cells"], strict=True))
        for row in table["rows"]
    }


def of_rows(figure: Any, language: str) -> Marks:
    """The newest column with a figure, by heading of the row: each on a stem from zero."""
    rows = figure.evaluate(TABLE)["rows"]
    marks, reader = Marks(), Reader(language)
    newest = max(at for row in rows for at, cell in enumerate(row["cells"]) if _is_known(cell))
    for row in rows:
        cell = row["cells"][newest]
        if _is_known(cell):
            reader.put(marks, row["heading"], cell)
            marks.texts[row["heading"]] = cell["figure"]
    marks.reaches = {place: (0, figure) for place, figure in marks.figures.items()}
    return marks


def of_changes(figure: Any, language: str) -> Marks:
    """Each figure before and after, by heading of the row, and the way from one to the other."""
    marks, reader = Marks(), Reader(language)
    for row in figure.evaluate(TABLE)["rows"]:
        place = row["heading"]
        before, after = row["cells"]
        reader.put(marks, place, after)
        if before["figure"].startswith("<"):
            marks.bars[place] = _bar(before["figure"])
        elif before["figure"] != reader.say("revisions_hidden"):
            (marks.ticks[place],) = reader.numbers(before["figure"])
        pattern = reader.say("revisions_from_to")
        marks.texts[place] = pattern.format(before=before["figure"], after=after["figure"])
    for place in marks.ticks.keys() & marks.figures.keys():
        low, high = sorted((marks.ticks[place], marks.figures[place]))
        marks.reaches[place] = (low, high)
    return marks


def _bar(printed: str) -> tuple[float, float]:
    """From where to where the bar of a figure goes that is printed so."""
    if printed.startswith("<"):
        return 0, float(printed.removeprefix("<")) - 1
    lower, upper = printed.split("–")
    return float(lower), float(upper)


def _is_known(cell: Cell) -> bool:
    """Return True if the cell has a figure, suppressed or not; a sparse table leaves some empty."""
    return bool(cell["figure"]) and cell["kind"] in ("figure", "suppressed")


def _holds(column: list[Cell], sign: str) -> bool:
    return any(sign in cell["figure"] for cell in column if cell["kind"] == "figure")


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
