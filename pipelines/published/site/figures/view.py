"""A figure ready for the template: chart, text alternative, table, notes and source."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        kind: a value of `Kind`, such as a figure or a suppressed one.
        text: the text that the cell prints.
        remarks: remarks on the text, each with the number of its footnote, if it has one.
    """

    kind: str
    text: str
    remarks: Sequence[tuple[str, int | None]] = ()


@dataclass(frozen=True)
class Table:
    """The table beside a chart, with the same figures: caption, column headings and rows."""

    caption: str
    row_heading: str
    columns: list[str]
    rows: list[tuple[str, list[Cell]]]


@dataclass(frozen=True)
class FigureView:
    """A figure of a page in one language.

    Attributes:
        anchor: its id in links, the same in each language.
        headline: a sentence with the main finding.
        publisher: publisher of the figures.
        subtitle: measure, unit of count, kind of year, place and period.
        figure: the Plotly figure with its titles; None if there is nothing to draw.
        in_words: the text alternative.
        key: the marks that the chart uses, each with its meaning.
        table: the same figures as a table.
        notes: the footnotes by number.
        origin: publisher, publication, releases of the figures, licence.
        source: id of the source, "" if there are several.
        indicators: the indicators with a figure in it, suppressed ones included.
        frame: the published rows that it was made from, in codes.
        cite: the indicators for which to cite this source, and why; "" if there is none.
    """

    anchor: str
    headline: str
    publisher: str
    subtitle: str
    figure: dict[str, Any] | None
    in_words: str
    key: list[tuple[str, str]]
    table: Table
    notes: list[tuple[int, str]]
    origin: str
    source: str
    indicators: list[str]
    frame: pd.DataFrame
    cite: str = ""

    @cached_property
    def sources(self) -> list[str]:
        """The ids of the sources of its figures."""
        columns = {"source", "other_source"} & set(self.frame.columns)
        named = {each for column in columns for each in self.frame[column].tolist()}
        return sorted({each for each in {self.source, *named} if isinstance(each, str) and each})

    def quoted(self, language: str) -> list[str]:
        """Return the English texts that its notes quote on a page in another language."""
        if language == "en" or "source_note" not in self.frame:
            return []
        notes = self.frame["source_note"].tolist()
        return sorted({each for each in notes if isinstance(each, str)})


def releases(frame: pd.DataFrame, source: str | None = None) -> list[str]:
    """Return the release days of a frame's figures in order, or only those of one source.

    Withheld figures count only if there are no others.
    """
    # Plain lists, since this runs thousands of times and pandas' selections are far slower.
    none = [None] * len(frame)
    columns = [
        frame[name].tolist() if name in frame else none for name in ("source", "release", "rule")
    ]
    rows = zip(*columns, strict=True)
    own = [(day, rule) for of, day, rule in rows if source in (None, of)]
    shown = {day for day, rule in own if not isinstance(rule, str)}
    return sorted(shown or {day for day, _ in own})


def stem(page: str, anchor: str) -> str:
    """Return the common beginning of the paths of a figure's files, below the site's folder.

    `page` is the path of its page below the language's folder.
    """
    return f"data/{page.removesuffix('.html')}-{anchor}"
