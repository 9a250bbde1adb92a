"""Reshape the rows of a file: hide and withhold, melt, sum, replace."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.reader.corrected_table import CorrectedTable
from pipelines.reader.files import File, Flatten, read_table
from pipelines.reader.reshape import COLUMN, WITHHELD, hidden_below, long_form, summed
from pipelines.reader.text_tables import ROW
from schemas.source import Source


class ReshapedRows:
    """The rows of one file, and the methods that reshape them.

    Attributes:
        source: the source of the file.
        layout: the layout of the file, one of its source's.
        raw: the rows, as `Tidy.raw`.
    """

    def __init__(self, file: File, source: Source, flatten: Flatten | None = None) -> None:
        """Read the file; `flatten` turns a JSON document into records by column name.

        Raises:
            FileRefusedError: the file is not in the source's format.
            CorrectionError: a correction does not fit the file.
        """
        table = read_table(file.path, source, flatten)
        self.source = source
        self.layout = table.layout
        self._file = file
        self._unread, self._added, self._cut = table.unread, table.added, table.cut
        self._read_as = table.read_as
        self._corrected = CorrectedTable(table.frame, source.layouts, file.corrections)
        self._start(self._corrected.frame)

    @property
    def path(self) -> Path:
        """The path of the file, for messages."""
        return self._file.path

    def _start(self, raw: pd.DataFrame) -> None:
        """Start from a frame of rows, none of them set aside, rejected or marked."""
        self.raw = raw.reset_index(drop=True)
        self._table = self.raw
        self._problems: list[pd.DataFrame] = []
        self._marks: list[tuple[np.ndarray, str]] = []
        self._flags: list[tuple[np.ndarray, str]] = []
        self._comments: list[tuple[np.ndarray, str]] = []
        self._set_aside = pd.Series("", index=self.raw.index, dtype="category")
        self._last_row = self.raw[ROW]
        self._figure = ""
        self._least = 0

    def hide_below(self, limit: int, columns: Sequence[str]) -> None:
        """Hide counts under a limit, zero included: `<limit` takes the place of their text.

        A text that cannot be read may be such a count: it is hidden too, and
        quarantined under `figure_has_one_reading`.

        Use it for a file that prints counts which its publisher, or the publisher's own source,
        hides elsewhere: a small count can identify a person, and printing it undoes the
        protection. Call it before all else: the printed text must reach neither a figure table nor
        the quarantine.
        """
        locale = self.source.number_locale
        hidden = {name: hidden_below(limit, self.raw[name], locale) for name in columns}
        self._start(self.raw.assign(**hidden))

    def withhold(self, cells: Mapping[str, np.ndarray]) -> None:
        """Put `WITHHELD` in place of printed texts from which hidden figures could be worked out.

        `cells` has a mask of rows for each column; a blank cell stays blank. Call it as early as
        `hide_below`, for the same reason.
        """
        left = {
            name: pd.Categorical(
                self.raw[name].astype(str).where(~here | (self.raw[name] == ""), WITHHELD)
            )
            for name, here in cells.items()
        }
        self._start(self.raw.assign(**left))

    def melt(self, columns: Mapping[str, str], into: str, figure: str) -> None:
        """Give each figure of a wide row a row of its own.

        `columns` maps the publisher's columns of figures to their meanings, which go into the new
        column `into`; the printed texts go into the new column `figure`.
        """
        wide = self._table
        self._start(long_form(self.raw, columns, into, figure))
        self._table = wide

    def unpivot(self, figure: str) -> None:
        """Give each figure in a `wide` column of the layout a row of its own, as `melt` does.

        The named groups of the pattern become columns; the printed texts go into the new column
        `figure`.
        """
        pattern = re.compile(self.layout.wide)
        found = {name: pattern.fullmatch(name) for name in self.layout.header}
        texts = {name: match.groupdict("") for name, match in found.items() if match}
        self.melt({name: name for name in texts}, into=COLUMN, figure=figure)
        column = self.raw[COLUMN].array
        for group in pattern.groupindex:
            meaning = [texts[name][group] for name in column.categories]
            distinct = pd.Index(dict.fromkeys(meaning))
            codes = distinct.get_indexer(meaning)[column.codes]
            self.raw = self.raw.assign(**{group: pd.Categorical.from_codes(codes, distinct)})

    def sum(self, figures: Sequence[str], by: Sequence[str]) -> None:
        """Sum columns of counts over the rows that agree in the columns `by`.

        The new rows have those columns, the sums, `row` (the first of the rows summed) and `rows`
        (their number). A sum with an unreadable count is unreadable.
        """
        self._start(summed(self.raw, figures, by))

    def replace(self, frame: pd.DataFrame) -> None:
        """Replace the rows by a table that the source made of them.

        `frame` has text columns, those of `layout.figure_columns`, and `row`.
        """
        text = {name: pd.Categorical(frame[name]) for name in self.layout.figure_columns}
        self._start(pd.DataFrame({**text, ROW: frame[ROW]}))

    def replace_by_counts(self, lines: Iterable[Sequence[str]]) -> None:
        """Replace the rows by lines that the source counted: cells of `layout.shipped`."""
        frame = pd.DataFrame(list(lines), columns=list(self.layout.shipped), dtype=str)
        self.replace(frame.assign(**{ROW: range(1, 1 + len(frame))}))
