"""Reshape the rows of a file: hide and withhold, melt, sum, replace."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from pipelines.raw.recalls import RECALLED
from pipelines.reader.coded_columns import distinct
from pipelines.reader.corrected_table import CorrectedTable
from pipelines.reader.files import File, Flatten, read_table
from pipelines.reader.text_tables import COLUMN, ROW, ROWS
from pipelines.words.disclosure import WITHHELD
from schemas.figure import FigureError, parse
from schemas.source import Source

UNREADABLE: Final = "unreadable"
"""Text in place of a printed one that may be a small count, since it cannot be read."""


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
        """Give each figure of a wide row a row of its own, by row and then by column.

        `columns` maps the publisher's columns of figures to their meanings, which go into the new
        column `into`; the printed texts go into the new column `figure`, the names of the columns
        into `column`.
        """
        wide, names, count = self._table, list(columns), len(self.raw)
        which = np.tile(np.arange(len(names)), count)
        texts = pd.api.types.union_categoricals([self.raw[name] for name in names])
        printed = texts.codes.reshape(len(names), count).T.ravel()
        meanings = pd.Index(dict.fromkeys(columns.values()))
        meaning = meanings.get_indexer(list(columns.values()))
        others = self.raw.drop(columns=names).take(np.repeat(np.arange(count), len(names)))
        self._start(
            others.assign(
                **{
                    COLUMN: pd.Categorical.from_codes(which, names),
                    into: pd.Categorical.from_codes(meaning[which], meanings),
                    figure: pd.Categorical.from_codes(printed, texts.categories),
                }
            )
        )
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
            distinct_meanings = pd.Index(dict.fromkeys(meaning))
            codes = distinct_meanings.get_indexer(meaning)[column.codes]
            labels = pd.Categorical.from_codes(codes, distinct_meanings)
            self.raw = self.raw.assign(**{group: labels})

    def sum(self, figures: Sequence[str], by: Sequence[str]) -> None:
        """Sum columns of counts over the rows that agree in the columns `by`.

        The new rows have, as categories of text, those columns and the sums, and as numbers `row`
        (the first of the rows summed) and `rows` (how many they are). A sum is blank if all its
        counts are; its text names the number of unreadable or missing counts; it is recalled if
        one of them is.
        """
        which, _ = distinct(self.raw, tuple(by))
        weights = self.raw[ROWS] if ROWS in self.raw else pd.Series(1, self.raw.index)
        groups = pd.DataFrame({ROW: self.raw[ROW], ROWS: weights}).groupby(which, sort=True)
        _, first = np.unique(which, return_index=True)
        found = self.raw[list(by)].iloc[first].reset_index(drop=True)
        sums = {name: pd.Categorical(_sums(self.raw[name], which)) for name in figures}
        found = found.assign(**sums, **{ROW: groups[ROW].min(), ROWS: groups[ROWS].sum()})
        found = found.sort_values(ROW, kind="stable", ignore_index=True)
        self._start(found[[ROW, ROWS, *by, *figures]])

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


def hidden_below(limit: int, texts: pd.Series, locale: str) -> pd.Categorical:
    """Return a column of printed counts with `<limit` for each that can only be below the limit.

    A text that is neither a count nor a sign of a missing one becomes `UNREADABLE`. Other texts,
    and bounds that may reach the limit, stay as printed.
    """
    kinds = [_hidden(limit, text, locale) for text in texts.cat.categories]
    distinct_kinds = pd.Index(dict.fromkeys(kinds))
    codes = distinct_kinds.get_indexer(kinds)[texts.cat.codes]
    return pd.Categorical.from_codes(codes, distinct_kinds)


def _hidden(limit: int, text: str, locale: str) -> str:
    if text in (WITHHELD, RECALLED):
        return text
    try:
        _, lower, upper, *_ = parse(text, locale)
    except FigureError:
        return UNREADABLE
    if lower is None or upper is None:
        return text
    if lower < 0:
        return UNREADABLE
    return f"<{limit}" if upper < limit else text


def _sums(column: pd.Series, which: np.ndarray) -> list[str]:
    """Return the text of the sum of each group's counts; `which` is the group of each row."""
    counts = []
    for text in column.cat.categories:
        try:
            value = parse(text, "en_US").value
        except FigureError:
            value = None
        counts.append(np.nan if value is None or value % 1 else value)
    values = np.array(counts, dtype=float)[column.cat.codes]
    sums = np.bincount(which, weights=np.nan_to_num(values)).astype(np.int64)
    unread = np.bincount(which, weights=np.isnan(values)).astype(np.int64)
    printed = np.bincount(which, weights=(column != "").to_numpy())
    recalled = set(which[(column == RECALLED).to_numpy()])
    return [
        "" if not filled
        else RECALLED if group in recalled
        else f"{total} and {bad} unreadable" if bad
        else f"{total}"
        for group, (total, bad, filled) in enumerate(zip(sums, unread, printed, strict=True))
    ]  # fmt: skip
