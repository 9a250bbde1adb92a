"""Translate the rows of a publication into our codes: the tools that sources call.

Each distinct label is translated once, which is both simple and fast.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.raw import source_files
from pipelines.reader import coded_columns, periods, printed_figures
from pipelines.reader.files import File
from pipelines.reader.labels import UnknownLabelError, label_table
from pipelines.reader.printed_figures import FigureColumns
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.reshape import UNREADABLE, ReshapedRows
from pipelines.reader.suppression import is_complementary, is_range_of_counts
from pipelines.reader.table_rows import SHEET_STEP
from pipelines.reader.text_tables import COLUMN, ROW, ROWS
from pipelines.reader.tidy import (
    NO_INDICATOR,
    NOT_AN_OAS_STATE,
    PROBLEM_COLUMNS,
    SUMMED,
    Tidy,
    problem_rows,
)
from pipelines.words.disclosure import WITHHELD
from schemas import codelists
from schemas.columns import per_category
from schemas.contract import CONTRACTS
from schemas.source import SHEET

__all__ = [
    "NOT_AN_OAS_STATE", "NO_INDICATOR", "WITHHELD", "File", "FileRefusedError", "Rows", "Tidy",
]  # fmt: skip


class Rows(ReshapedRows):
    """The rows of one file while they are translated into our codes.

    No row is lost in silence: each is published, quarantined under a rule, or set aside by a named
    filter, and `tidy` reports which. Call the methods that reshape the rows (`hide_below`,
    `withhold`, `melt`, `unpivot`, `sum`, `replace`) before those that concern single rows.

    Attributes:
        source: the source of the file.
        layout: the layout of the file, one of its source's.
        raw: the rows, as `Tidy.raw`.
    """

    @property
    def at_hand(self) -> np.ndarray:
        """Mask of the rows that no filter has set aside yet."""
        return (self._set_aside == "").to_numpy()

    def set_aside(self, rows: np.ndarray, name: str) -> None:
        """Set rows aside under the name of a filter; a row keeps the first filter that takes it."""
        column = self._set_aside
        if name not in column.cat.categories:
            column = column.cat.add_categories(name)
        column[np.asarray(rows) & (column == "").to_numpy()] = name
        self._set_aside = column

    def set_aside_elsewhere(self, areas: pd.Categorical) -> None:
        """Set the rows of states outside the Americas aside; those of an unknown label stay."""
        states = {*codelists.oas_states()}
        codes = areas.categories[
            [codelists.state_of(code) not in states for code in areas.categories]
        ]
        self.set_aside(np.asarray(areas.isin(codes)), NOT_AN_OAS_STATE)

    def reject(
        self,
        rows: np.ndarray,
        rule: str,
        column: str,
        message: str,
        *,
        correction: str = "",
        why_not: str = "",
    ) -> None:
        """Quarantine rows under a rule; `column` is the publisher's.

        `correction` is the id of the correction that asks for it, `why_not` why the rows of one
        cell are not added up.
        """
        line = np.flatnonzero(rows)
        if len(line):
            found = self.raw[column].iloc[line].astype(str)
            why = {"correction": correction, "why_not": why_not}
            self._problems.append(problem_rows(line, rule, column, found, message, **why))

    def mark(self, rows: np.ndarray, status: str) -> None:
        """Add a code of obs_status to rows: P provisional, B break, U low reliability ..."""
        self._marks.append((np.asarray(rows), status))

    def flag(self, rows: np.ndarray, code: str) -> None:
        """Add a code of the list `remark` to the flags of rows."""
        self._flags.append((np.asarray(rows), code))

    def comment(self, rows: np.ndarray, text: str) -> None:
        """Add a text to the comment of rows."""
        self._comments.append((np.asarray(rows), text))

    def add_up(self, figure: FigureColumns, groups: Sequence[Sequence[int]]) -> FigureColumns:
        """Replace the first row of each group by the sum of the group; set the others aside.

        `figure` are the columns that the method `figure` returns. Returns them with the sums. The
        locator names the first and the last row, so the rows of a group must be consecutive.
        """
        if not groups:
            return figure
        rest = [line for _, *others in groups for line in others]
        self.set_aside(np.isin(self.raw.index, rest), SUMMED)
        self._last_row = self._last_row.copy()
        last = self.raw[ROW].iloc[[group[-1] for group in groups]].to_numpy()
        self._last_row.iloc[[group[0] for group in groups]] = last
        return printed_figures.with_sums(figure, groups, self.source.number_locale, self._least)

    def _reject_texts(
        self, which: np.ndarray, refused: Mapping[int, tuple[str, str]], column: str
    ) -> None:
        """Reject the rows whose text is refused; `refused` has its rule and message by number."""
        line = np.flatnonzero(np.isin(which, list(refused)))
        if len(line):
            rules, messages = zip(*(refused[number] for number in which[line]), strict=True)
            found = self.raw[column].iloc[line].astype(str)
            self._problems.append(problem_rows(line, rules, column, found, messages))

    def recode(
        self,
        columns: str | tuple[str, ...],
        to_code: Mapping[str, str] | Callable[..., str],
        into: str,
    ) -> pd.Categorical:
        """Translate labels, or combinations of the labels of several columns, into codes.

        `into` is the contract's column for the codes. `to_code` is the source's own table of
        labels, or a function, called once per distinct combination; rows with an unknown label are
        rejected under the rule that it names. A label that may hold a count is hidden, in the
        figure table too.
        """
        names = (columns,) if isinstance(columns, str) else columns
        if isinstance(to_code, Mapping):
            place = source_files.place(self.source.id, ".py")
            to_code = label_table(to_code, f"the labels in {place}")
        which, combinations = coded_columns.distinct(self.raw, names)
        codes, refused, hidden = [], {}, []
        for position, labels in enumerate(combinations):
            try:
                codes.append(to_code(*labels))
            except UnknownLabelError as error:
                codes.append("")
                refused[position] = (error.rule, str(error))
                if error.may_hold_count:
                    hidden.append(labels[-1])
        for name in ("raw", "_table") if hidden else ():
            frame = getattr(self, name)
            if names[-1] in frame:
                texts = frame[names[-1]].astype("str")
                shown = pd.Categorical(texts.where(~texts.isin(hidden), UNREADABLE))
                setattr(self, name, frame.assign(**{names[-1]: shown}))
        known = CONTRACTS[self.source.contract].schema.columns[into].dtype.type.categories
        categories = pd.Index(dict.fromkeys(codes)) if known is None else known
        index = np.array(categories.get_indexer(codes))
        for position in {*np.flatnonzero(index < 0).tolist()} - refused.keys():
            label = "', '".join(combinations[position])
            message = f"'{label}' becomes {coded_columns.not_listed(into, codes[position])}"
            refused[position] = ("codes_are_listed", message)
        self._reject_texts(which, refused, names[-1])
        index[list(refused)] = -1
        return pd.Categorical.from_codes(index[which], categories=categories)

    def periods(self, columns: str | tuple[str, ...]) -> dict[str, pd.Categorical]:
        """Read printed periods: years, fiscal ones too, quarters, months, in a column or several.

        Returns the contract's columns freq and time_period. See `pipelines/reader/periods.py` for
        what is read.
        """
        names = (columns,) if isinstance(columns, str) else columns

        def to_period(*labels: str) -> str:
            parts = map(periods.named_part, names, labels)
            return periods.to_period(*parts, basis=self.source.time_basis)

        period = self.recode(names, to_period, "time_period")
        freq = [periods.frequency(text) for text in period.categories]
        known = codelists.codes("freq")
        codes = np.array([known.index(code) for code in freq] + [-1])[period.codes]
        return {
            "freq": pd.Categorical.from_codes(codes, dtype=codelists.dtype("freq")),
            "time_period": period,
        }

    def figure(self, column: str) -> FigureColumns:
        """Read a column of printed figures.

        Returns the contract's columns value_raw, value, lower, upper, obs_status and conf_status.
        A text without a single reading is rejected under figure_has_one_reading, a
        stand-in for "no answer" under no_stand_in_for_no_answer.
        """
        self._figure, printed = column, self.raw[column]
        self._least = printed_figures.least_hidden(printed, zeros_printed=self.source.zeros_printed)
        locale = self.source.number_locale
        columns, refused = printed_figures.read_figures(printed, locale, self._least)
        self._reject_texts(self.raw[column].cat.codes.to_numpy(), refused, column)
        return columns

    def protected_figure(self, column: str) -> FigureColumns:
        """Read a column of counts that we protected as `figure` does.

        conf_status is A of a small count, S of one hidden for the sake of others, and C of a range
        that says neither.
        """
        columns = self.figure(column)
        status = pd.Categorical(columns["conf_status"])
        status[per_category(self.raw[column], is_complementary)] = "S"
        is_range = per_category(self.raw[column], is_range_of_counts)
        small, large = (np.asarray(columns[end]) for end in ("upper", "lower"))
        status[is_range & (small < self.source.threshold)] = "A"
        is_open = (small >= self.source.threshold) & (large < self.source.threshold)
        status[is_range & is_open] = "C"
        return {**columns, "conf_status": status}

    def tidy(self, **columns: pd.Categorical | np.ndarray | str) -> Tidy:
        """Return the rows with the columns of the contract, except source and release.

        A column given as one text holds it in every row; a dimension not given is the total. A
        figure whose legal scope is not the Palermo Protocol's gets status D.
        """
        filled = coded_columns.filled(self.source, self.raw, columns)
        if "locator" not in filled:
            filled["locator"] = self._locator()
        corrected, places = self._corrected, np.arange(len(self.raw))
        summed = (self._set_aside == SUMMED).to_numpy()
        filled = corrected.corrected(
            filled,
            self.raw,
            self._figure,
            self.source.number_locale,
            least=self._least,
            stands_in=np.maximum.accumulate(np.where(summed, 0, places)),
        )
        for each in corrected.unknown_sums:
            here = np.isin(places, corrected.made[each.id])
            why = f"correction {each.id}: {each.reason}; ask the publisher for the figure"
            self.reject(here, "one_row_per_cell", self._figure, why, correction=each.id)
        marks = corrected.marks(len(places))
        marks["flags"] = [*self._flags, *marks["flags"]]
        if "obs_status" in filled:
            elsewhere = np.asarray(pd.Series(filled["def_scope"]) != "PALERMO")
            marks["obs_status"] = [(elsewhere, "D"), *self._marks, *marks["obs_status"]]
        for name in filled.keys() & marks.keys():
            filled[name] = coded_columns.marked(filled[name], marks[name])
        filled["comment"] = coded_columns.commented(filled["comment"], self._comments)
        self._reject_elsewhere(pd.Series(filled["ref_area"]))
        problems = pd.concat([pd.DataFrame(columns=list(PROBLEM_COLUMNS)), *self._problems])
        return Tidy(
            raw=self.raw,
            rows=pd.DataFrame(filled, index=self.raw.index),
            problems=problems,
            set_aside=self._set_aside,
            table=self._table,
            layout=self.layout,
            unread=self._unread,
            added=self._added,
            cut=self._cut,
            read_as=self._read_as,
            corrected=corrected.made,
            settled=corrected.settled(len(places)),
            figure=self._figure,
        )

    @property
    def _file_name(self) -> str:
        """The publisher's name of the file."""
        return self._file.name or self.layout.file

    def located(self, words: Callable[..., str]) -> pd.Series:
        """Return the locator of each figure in words, where rows of the file were counted.

        `words` is called with the publisher's name of the file and the cells before the figure.
        """
        columns = self.layout.shipped[:-1]
        cells = zip(*(self.raw[column].astype(str) for column in columns), strict=True)
        found = [words(self._file_name, *cell) for cell in cells]
        return pd.Series(found, self.raw.index, dtype="str")

    def placed(self, text: str) -> pd.Series:
        """Return the locator of each figure: a text with `{file}` and columns in braces."""
        parts = re.split(r"\{([^{}]+)\}", text)
        texts = {each: self.raw[each].astype(str) for each in parts[1::2] if each != "file"}
        filled = pd.Series("", self.raw.index, dtype="str")
        for number, part in enumerate(parts):
            if number % 2 == 0:
                filled += part
            else:
                filled += texts.get(part, self._file_name)
        return filled

    def _reject_elsewhere(self, areas: pd.Series) -> None:
        """Quarantine the rows of states outside the Americas that no filter sets aside."""
        states, names = {*codelists.oas_states()}, codelists.labels("area", "en")
        for code in areas[self.at_hand].dropna().unique():
            if codelists.state_of(code) in states or code.startswith("_"):
                continue
            here = self.at_hand & (areas == code).to_numpy()
            line = np.flatnonzero(here)
            message = (
                f"{names.get(code, code)} is none of the 35 states of the Americas: set its "
                "rows aside as NOT_AN_OAS_STATE in the source"
            )
            found = areas.iloc[line].astype(str)
            self._problems.append(
                problem_rows(line, "codes_are_listed", "ref_area", found, message)
            )

    def _locator(self) -> pd.Series:
        """Return the place of each figure in the publisher's file.

        It names the file and its sheet, the first and last row, the column if a row has several
        figures, and the number of rows that are summed.
        """
        raw, parts = self.raw, [f"{self._file_name}, "]
        first, last = raw[ROW], self._last_row
        if self.layout.sheet:
            parts = [f"{self._file_name}, sheet {self.layout.sheet}, "]
        elif self.layout.sheets:
            sheets = pa.array(raw[SHEET].astype("str"), pa.string())
            parts = [f"{self._file_name}, sheet ", sheets, ", "]
            first, last = first % SHEET_STEP, last % SHEET_STEP
        first, last = (pc.cast(pa.array(row.to_numpy()), pa.string()) for row in (first, last))
        one = pc.binary_join_element_wise("row ", first, "")
        several = pc.binary_join_element_wise("rows ", first, "-", last, "")
        parts.append(pc.if_else(pc.equal(first, last), one, several))
        if COLUMN in raw:
            parts += [", column ", pa.array(raw[COLUMN].astype("str"), pa.string())]
        if ROWS in raw:
            more = [f" and {count - 1:,} more" if count > 1 else "" for count in raw[ROWS]]
            parts.append(pa.array(more, pa.string()))
        return pc.binary_join_element_wise(*parts, "").to_pandas()
