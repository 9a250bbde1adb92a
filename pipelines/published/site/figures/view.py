"""A figure ready for the template: chart, the same in words, the same as a table, notes, source."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what is printed, and remarks, each with the number of its footnote.

    `kind` says what is known of it, in the words of `pipelines.published.series.disclosure.Kind`.
    """

    kind: str
    text: str
    remarks: Sequence[tuple[str, int | None]] = ()


@dataclass(frozen=True)
class Table:
    """The table beside a chart, equal to it: a caption, a heading per column, a heading per row."""

    caption: str
    row_heading: str
    columns: list[str]
    rows: list[tuple[str, list[Cell]]]


@dataclass(frozen=True)
class FigureView:
    """A figure of a page in one language.

    Attributes:
        anchor: names it in links, the same in each language.
        headline: one true sentence.
        publisher: whose figures they are.
        subtitle: measure, unit of count, kind of year, place and period.
        figure: the Plotly figure with its titles; None if there is nothing to draw.
        in_words: the text alternative.
        key: the marks that the chart uses, each with what it means.
        table: the same figures as a table.
        notes: the footnotes by number.
        origin: publisher, publication, releases of the figures, licence.
        source: id of the source, "" if there are several.
        indicators: those of which it shows a figure, suppressed ones included.
        frame: the published rows that it was made from, in codes.
        cite: of which indicators its figures are to be cited, and why; "" if of none.
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
        """The ids of the sources whose figures it shows."""
        columns = {"source", "other_source"} & set(self.frame.columns)
        named = {each for column in columns for each in self.frame[column].tolist()}
        return sorted({each for each in {self.source, *named} if isinstance(each, str) and each})

    def quoted(self, language: str) -> list[str]:
        """What its notes repeat as it was noted, in English, on a page in another language."""
        if language == "en" or "said" not in self.frame:
            return []
        return sorted({each for each in self.frame["said"].tolist() if isinstance(each, str)})


def releases(frame: pd.DataFrame, source: str | None = None) -> list[str]:
    """The days on which the figures of a frame were released, in order; or those of one source.

    Those of withheld figures count only where there are no others.
    """
    # As lists: many times as fast as by pandas' selections, and done some thousand times.
    none = [None] * len(frame)
    columns = [
        frame[name].tolist() if name in frame else none for name in ("source", "release", "rule")
    ]
    rows = zip(*columns, strict=True)
    own = [(day, rule) for of, day, rule in rows if source in (None, of)]
    shown = {day for day, rule in own if not isinstance(rule, str)}
    return sorted(shown or {day for day, _ in own})


def stem(page: str, anchor: str) -> str:
    """Where the files of a figure lie below the site's folder, up to what tells them apart.

    `page` is the path of its page below the language's folder.
    """
    return f"data/{page.removesuffix('.html')}-{anchor}"
