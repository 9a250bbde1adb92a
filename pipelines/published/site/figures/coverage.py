"""Coverage of one indicator by state and year, as a `FigureView`: chart, sentence and table."""

from typing import Any

import pandas as pd

from pipelines.published.charts import coverage
from pipelines.published.charts.caption import Caption
from pipelines.published.i18n.language import Language, spans
from pipelines.published.site.figures.view import Cell, FigureView, Table
from pipelines.published.site.figures.wording import headlines


def coverage_figure(
    frame: pd.DataFrame, states: list[str], sources: dict[str, dict[Any, Any]], language: Language
) -> FigureView:
    """Return the figure of one indicator.

    Args:
        frame: the rows of sql/coverage.sql of the indicator.
        states: the states in the order of the figure.
        sources: the metadata of sources, as in `Site.sources`.
        language: the reader's language.
    """
    grid = coverage.read_grid(frame, states)
    (indicator,) = frame["indicator"].unique()
    name = language.name("indicator", indicator)
    caption = Caption(
        headline=_headline(grid, name, language),
        subtitle=language.say("gaps_subtitle", indicator=name, period=spans(grid.years)),
        caveat=language.say("gaps_caveat"),
        source=_source(frame, sources, language),
    )
    return FigureView(
        anchor=f"coverage-{indicator.lower()}",
        headline=caption.headline,
        publisher="tipstat",
        subtitle=caption.subtitle,
        figure=coverage.spec(grid, caption, language),
        in_words=_in_words(grid, language),
        key=[(f"cell {status}", language.name("coverage_status", status)) for status in grid.used],
        table=_table(grid, name, language),
        notes=[],
        origin=caption.source,
        source="",
        indicators=[indicator],
        frame=frame,
    )


def years_by_status(counts: dict[str, int], language: Language) -> str:
    """Return the number of years with each status, in the order of the key: `Reported: 12; ...`."""
    counted = [
        language.say(
            "gaps_count",
            status=language.name("coverage_status", status),
            count=language.number(counts[status]),
        )
        for status in coverage.SIGN
        if counts.get(status)
    ]
    return headlines.clauses(counted, language)


def _headline(grid: coverage.Grid, name: str, language: Language) -> str:
    known = {area for (area, _), status in grid.status.items() if status in coverage.HAS_FIGURE}
    return language.say(
        "gaps_headline",
        indicator=name,
        states=len(known),
        all_states=len(grid.states),
        totals=sum(grid.counts[status] for status in coverage.HAS_TOTAL),
        cells=language.number(len(grid.status)),
    )


def _in_words(grid: coverage.Grid, language: Language) -> str:
    opening = language.say("gaps_alt", states=len(grid.states), period=spans(grid.years))
    return f"{opening} {years_by_status(dict(grid.counts), language)}."


def _table(grid: coverage.Grid, name: str, language: Language) -> Table:
    words = language.names["coverage_status"]
    rows = [
        (
            language.name("area", state),
            [
                Cell(status, coverage.SIGN[status], [(words[status], None)])
                for status in grid.row(state)
            ],
        )
        for state in grid.states
    ]
    return Table(
        caption=language.say("gaps_table", indicator=name),
        row_heading=language.say("state"),
        columns=[str(year) for year in grid.years],
        rows=rows,
    )


def _source(frame: pd.DataFrame, sources: dict[str, dict[Any, Any]], language: Language) -> str:
    """Return the source line: all publishers with anything on the indicator."""
    ids = sorted({source for each in frame["sources"].unique() for source in each.split()})
    publishers = list(dict.fromkeys(sources[each]["publisher"] for each in ids))
    return language.say("gaps_source", sources=headlines.clauses(publishers, language))
