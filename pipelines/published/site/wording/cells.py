"""Cells of tables: a figure with its remarks, or a dash."""

from collections.abc import Iterable

from pipelines.published.charts.table import Cell
from pipelines.published.series import Point, Series
from pipelines.published.site.wording import phrases
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language


def dash(language: Language) -> Cell:
    """Return the cell of what is not known."""
    return Cell(language.say("no_figure"), Kind.MISSING)


def of_point(point: Point, language: Language, measure: str = "") -> Cell:
    """Return the cell of a year; the unit of measure is needed where it may be no number."""
    text = phrases.printed(point, language, measure)
    return Cell(text, point.kind, phrases.status_remarks(point, language), point.value)


def of_years(
    series: Series, years: Iterable[int], language: Language, measure: str = ""
) -> list[Cell]:
    """Return a cell per year, with a dash for years that a series does not have."""
    points = {point.year: point for point in series.points}
    return [of_point(points.get(year, Point(year)), language, measure) for year in years]
