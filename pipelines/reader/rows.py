"""What sources need to bring the rows of a publication into our codes.

Everything asks once per distinct label, which is both the plain way and the fast one.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from pipelines.raw import recalls
from pipelines.reader import coded_columns
from pipelines.reader.files import File, Flatten, read_table
from pipelines.reader.labels import (
    UnknownLabelError,
    citizenship_spellings,
    label_table,
    same_codes,
    subdivision_spellings,
)
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.reshape import COLUMN, hidden_below, long_form, summed
from pipelines.reader.text_tables import ROW, ROWS
from schemas import codelists
from schemas.contract import CONTRACTS
from schemas.figure import PLUS, Figure, FigureError, parse, parse_sum
from schemas.observation import SENTINELS
from schemas.source import Layout, Source

__all__ = [
    "NOT_AN_OAS_STATE", "NO_INDICATOR", "WITHHELD", "File", "FileRefusedError", "Rows", "Tidy",
    "UnknownLabelError", "citizenship_spellings", "label_table", "same_codes",
    "subdivision_spellings",
]  # fmt: skip

WITHHELD: Final = "withheld"
"""What stands in place of a printed text from which a hidden figure would follow."""

NOT_AN_OAS_STATE: Final = "not_an_oas_state"
"""Name of the filter that sets other states' rows aside; figure tables leave these rows out."""

NO_INDICATOR: Final = "no_indicator_of_ours"
"""Name of the filter for what no indicator stands for; figure tables leave these rows out."""

SUMMED: Final = "summed_into_one_figure"
"""Name under which the account counts the rows of a sum but the one that stands for it."""

OTHER_LINES: Final = "other_lines"
"""Name under which the account counts the lines that are not about trafficking."""

PROBLEM_COLUMNS: Final = ("line", "rule", "column", "found", "message")


class Tidy(NamedTuple):
    """What became of every row of a publication.

    Attributes:
        raw: the rows as published, text, one for each printed figure, and `row`, the row in the
            publisher's file; `column` where a row prints several figures; `rows` where a figure is
            the sum of several rows.
        rows: the columns of the contract but source and release, one row per row of `raw`.
        problems: one row per broken rule: line (position in `raw`), rule, column, found, message.
        set_aside: the name of the filter that set a row aside, "" for none; one per row of `raw`.
        table: the rows as a figure table holds them.
        layout: which of the source's tables it is.
        other_lines: how many lines of the file are not about trafficking, and were not read.
        corrected: the ids of the corrections that were made.
        settled: whether the figure of a row was replaced by a correction; one per row of `raw`.
        figure: the column of `raw` that holds the printed figure.
    """

    raw: pd.DataFrame
    rows: pd.DataFrame
    problems: pd.DataFrame
    set_aside: pd.Series
    table: pd.DataFrame
    layout: Layout
    other_lines: int = 0
    corrected: frozenset[str] = frozenset()
    settled: np.ndarray | None = None
    figure: str = ""


def _why_unread(text: str, error: FigureError) -> tuple[str, str]:
    """The rule and the words for a text that is no figure."""
    if text == recalls.RECALLED:
        return recalls.RULE, "taken back by 'tipstat recall'; see data/recalls.csv"
    return "figure_has_one_reading", str(error)


def problem_rows(
    line: np.ndarray,
    rule: str | Sequence[str],
    column: str,
    found: pd.Series,
    message: str | Sequence[str],
) -> pd.DataFrame:
    """Rows that break a rule: the columns of `Tidy.problems`, one row per line."""
    values = (line, rule, column, found.to_numpy(), message)
    return pd.DataFrame(dict(zip(PROBLEM_COLUMNS, values, strict=True)))


class Rows:
    """The rows of one file on their way into our codes.

    No row is lost in silence: each ends in the table, under a rule in quarantine, or set aside by
    a named filter, and `tidy` says which. What shapes the rows (`hide_below`, `melt`, `sum`,
    `replace`) comes before what speaks of single rows.

    Attributes:
        source: whose rows they are.
        layout: which of its tables the file is.
        raw: the rows, as `Tidy.raw`.
    """

    def __init__(self, file: File, source: Source, flatten: Flatten | None = None) -> None:
        """Reads the file; `flatten` turns a JSON document into records by column name.

        Raises:
            FileRefusedError: it is not what the source publishes.
            CorrectionError: a correction does not find what it corrects.
        """
        table = read_table(file.path, source, flatten)
        self.source = source
        self.layout = table.layout
        self._file = file
        self._other_lines = table.other_lines
        self._corrected = coded_columns.Corrected(table.frame, source.layouts, file.corrections)
        self._start(self._corrected.frame)

    def _start(self, raw: pd.DataFrame) -> None:
        """Begins with a frame of rows of which nothing has been said yet."""
        self.raw = raw.reset_index(drop=True)
        self._table = self.raw
        self._problems: list[pd.DataFrame] = []
        self._marks: list[tuple[np.ndarray, str]] = []
        self._remarks: list[tuple[np.ndarray, str]] = []
        self._set_aside = pd.Series("", index=self.raw.index, dtype="category")
        self._last_row = self.raw[ROW]
        self._figure = ""

    def hide_below(self, limit: int, columns: Sequence[str]) -> None:
        """Hides counts under a limit, zero included: `<limit` stands in place of their text.

        For a file that prints what its publisher, or the one it took them from, hides elsewhere:
        a small count can name a person, and to print it undoes the protection. So it is called
        before all else, and the printed text goes nowhere: not into a figure table, not into
        quarantine.
        """
        locale = self.source.number_locale
        hidden = {name: hidden_below(limit, self.raw[name], locale) for name in columns}
        self._start(self.raw.assign(**hidden))

    def withhold(self, cells: Mapping[str, np.ndarray]) -> None:
        """Puts `WITHHELD` in place of printed texts from which hidden figures would follow.

        `cells` says of each column in which rows; a blank cell stays blank. To be called as early
        as `hide_below`, for the same reason.
        """
        left = {
            name: pd.Categorical(
                self.raw[name].astype(str).where(~here | (self.raw[name] == ""), WITHHELD)
            )
            for name, here in cells.items()
        }
        self._start(self.raw.assign(**left))

    def melt(self, columns: Mapping[str, str], into: str, figure: str) -> None:
        """Gives each figure of a wide row a row of its own.

        `columns` are the publisher's columns of figures and what each stands for, which goes into
        the new column `into`; the printed texts go into the new column `figure`.
        """
        wide = self._table
        self._start(long_form(self.raw, columns, into, figure))
        self._table = wide

    def sum(self, figures: Sequence[str], by: Sequence[str]) -> None:
        """Sums columns of counts over the rows that agree in the columns `by`.

        The new rows have those columns, the sums, `row` (the first of the rows summed) and `rows`
        (how many they are). Where one count cannot be read its sum cannot either.
        """
        self._start(summed(self.raw, figures, by))

    def replace(self, frame: pd.DataFrame) -> None:
        """Goes on with a table that the source made of the rows; they themselves are dropped.

        `frame` has text columns, those of `layout.figure_columns`, and `row`.
        """
        text = {name: pd.Categorical(frame[name]) for name in self.layout.figure_columns}
        self._start(pd.DataFrame({**text, ROW: frame[ROW]}))

    @property
    def at_hand(self) -> np.ndarray:
        """Rows that no filter has set aside yet, as a mask."""
        return (self._set_aside == "").to_numpy()

    def set_aside(self, rows: np.ndarray, name: str) -> None:
        """Sets rows aside under the name of a filter; the first filter that takes a row has it."""
        column = self._set_aside
        if name not in column.cat.categories:
            column = column.cat.add_categories(name)
        column[np.asarray(rows) & (column == "").to_numpy()] = name
        self._set_aside = column

    def reject(self, rows: np.ndarray, rule: str, column: str, message: str) -> None:
        """Puts rows into quarantine under a rule; `column` is the publisher's."""
        line = np.flatnonzero(rows)
        if len(line):
            found = self.raw[column].iloc[line].astype(str)
            self._problems.append(problem_rows(line, rule, column, found, message))

    def mark(self, rows: np.ndarray, status: str) -> None:
        """Adds a code of obs_status to rows: P provisional, B break, U low reliability ..."""
        self._marks.append((np.asarray(rows), status))

    def remark(self, rows: np.ndarray, text: str) -> None:
        """Adds to the comment of rows."""
        self._remarks.append((np.asarray(rows), text))

    def add_up(
        self, figure: dict[str, pd.Categorical | np.ndarray], groups: Sequence[Sequence[int]]
    ) -> dict[str, pd.Categorical | np.ndarray]:
        """Let the first row of each group stand for the sum of the group; set the others aside.

        `figure` are the columns that `figure` gives. Returns them with the sums: bounds are added
        up, `value_raw` joins the printed texts with ` + `. The locator names the first and the last
        row, so a group holds rows that follow each other.
        """
        if not groups:
            return figure
        texts = pd.Series(figure["value_raw"]).astype(str)
        joined = [PLUS.join(texts.iloc[list(group)]) for group in groups]
        sums = [parse_sum(text, self.source.number_locale) for text in joined]
        first = [group[0] for group in groups]
        read = pd.DataFrame(sums, columns=Figure._fields).astype({"value": float})
        new = {"value_raw": joined, **read.to_dict("list")}
        self.set_aside(
            np.isin(self.raw.index, [line for _, *rest in groups for line in rest]), SUMMED
        )
        self._last_row = self._last_row.copy()
        self._last_row.iloc[first] = self.raw[ROW].iloc[[group[-1] for group in groups]].to_numpy()
        return {name: coded_columns.replaced(figure[name], first, new[name]) for name in figure}

    def _reject_texts(
        self, which: np.ndarray, refused: Mapping[int, tuple[str, str]], column: str
    ) -> None:
        """Rejects the rows whose text is refused: rule and message by the text's number."""
        line = np.flatnonzero(np.isin(which, list(refused)))
        if len(line):
            rules, messages = zip(*(refused[number] for number in which[line]), strict=True)
            found = self.raw[column].iloc[line].astype(str)
            self._problems.append(problem_rows(line, rules, column, found, messages))

    def recode(
        self,
        columns: str | tuple[str, ...],
        to_code: Callable[..., str],
        into: str,
    ) -> pd.Categorical:
        """Translates labels, or combinations of the labels of several columns, into codes.

        `into` is the contract's column that holds them. `to_code` is asked once per distinct
        combination; rows whose label it does not know are rejected under the rule that it names.
        """
        names = (columns,) if isinstance(columns, str) else columns
        which, combinations = coded_columns.distinct(self.raw, names)
        codes, refused = [], {}
        for position, labels in enumerate(combinations):
            try:
                codes.append(to_code(*labels))
            except UnknownLabelError as error:
                codes.append("")
                refused[position] = (error.rule, str(error))
        self._reject_texts(which, refused, names[-1])
        known = CONTRACTS[self.source.contract].schema.columns[into].dtype.type.categories
        categories = pd.Index(dict.fromkeys(codes)) if known is None else known
        index = np.array(categories.get_indexer(codes))
        index[list(refused)] = -1
        return pd.Categorical.from_codes(index[which], categories=categories)

    def figure(self, column: str) -> dict[str, pd.Categorical | np.ndarray]:
        """Reads a column of printed figures, each distinct text once.

        Returns the contract's columns value_raw, value, lower, upper, obs_status and conf_status.
        A text without a single reading is rejected under figure_has_one_reading, a stand-in
        for "no answer" under no_stand_in_for_no_answer.
        """
        printed = self.raw[column].cat
        self._figure = column
        figures, refused = [], {}
        for position, text in enumerate(printed.categories):
            try:
                figures.append(parse(text, self.source.number_locale))
            except FigureError as error:
                figures.append(parse(""))
                refused[position] = _why_unread(text, error)
            if figures[-1].value in SENTINELS:
                refused[position] = (
                    "no_stand_in_for_no_answer",
                    "a known stand-in for 'no answer'",
                )
        self._reject_texts(printed.codes.to_numpy(), refused, column)
        table = pd.DataFrame(
            figures, columns=["value", "lower", "upper", "obs_status", "conf_status"]
        )
        numbers = table[["value", "lower", "upper"]].to_numpy(dtype=float)[printed.codes]
        return {
            "value_raw": self.raw[column].array,
            "value": numbers[:, 0],
            "lower": numbers[:, 1],
            "upper": numbers[:, 2],
            "obs_status": pd.Categorical(table["obs_status"]).take(printed.codes),
            "conf_status": pd.Categorical(
                table["conf_status"], dtype=codelists.dtype("conf_status")
            ).take(printed.codes),
        }

    def tidy(self, **columns: pd.Categorical | np.ndarray | str) -> Tidy:
        """Puts the columns of the contract together, but source and release.

        A column given as one text holds it in every row; a dimension not given is the total. A
        figure whose legal scope is not the Palermo Protocol's gets status D.
        """
        filled = coded_columns.filled(self.source, self.raw, columns)
        filled.setdefault("locator", self._locator())
        if "obs_status" in filled:
            elsewhere = np.asarray(pd.Series(filled["def_scope"]) != "PALERMO")
            marks = [(elsewhere, "D"), *self._marks, *self._corrected.doubts(self.raw)]
            filled["obs_status"] = coded_columns.marked(filled["obs_status"], marks)
        remarks = [*self._remarks, *self._corrected.remarks(self.raw)]
        filled["comment"] = coded_columns.remarked(filled["comment"], remarks)
        problems = pd.concat([pd.DataFrame(columns=list(PROBLEM_COLUMNS)), *self._problems])
        return Tidy(
            self.raw,
            pd.DataFrame(filled, index=self.raw.index),
            problems,
            self._set_aside,
            self._table,
            self.layout,
            self._other_lines,
            self._corrected.made,
            self._corrected.settled(self.raw, self._figure),
            self._figure,
        )

    def _locator(self) -> pd.Series:
        sheet = f", sheet {self.layout.sheet}" if self.layout.sheet else ""
        before = f"{self._file.name or self.layout.file}{sheet}, "
        raw = self.raw
        return coded_columns.locator(
            before, (raw[ROW], self._last_row), raw.get(COLUMN), raw.get(ROWS)
        )
