"""What sources need to bring the rows of a publication into our codes.

Everything asks once per distinct label, which is both the plain way and the fast one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.sources._reading import ROW, read_table
from schemas import codelists
from schemas.figure import FigureError, parse
from schemas.observation import OBSERVATION, SENTINELS
from schemas.source import Source

NOT_AN_OAS_STATE: Final = "not_an_oas_state"
"""Name of the filter that sets other states' rows aside; figure tables leave these rows out."""

PROBLEM_COLUMNS: Final = ("line", "rule", "column", "found", "message")

TOTALS: Final = {
    "freq": "A", "sex": "_T", "age": "_T", "exploitation": "_T", "citizenship": "_T",
    "counterpart_role": "_Z", "counterpart_area": "_Z", "breakdown": "_T",
}  # fmt: skip
"""What a publication that says nothing of a dimension means by it."""


class Tidy(NamedTuple):
    """What became of every row of a publication.

    Attributes:
        raw: the rows as published, text, and `row`, the row in the publisher's file.
        rows: the columns of the contract but source and release, one row per row of `raw`.
        problems: one row per broken rule: line (position in `raw`), rule, column, found, message.
        set_aside: the name of the filter that set a row aside, "" for none; one per row of `raw`.
    """

    raw: pd.DataFrame
    rows: pd.DataFrame
    problems: pd.DataFrame
    set_aside: pd.Series


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


class UnknownLabelError(Exception):
    """A label that no table translates: it is named with its rule, never guessed."""

    def __init__(self, rule: str, message: str) -> None:
        """Takes the id of the rule and a message that says what to do."""
        super().__init__(message)
        self.rule = rule


def label_table(codes: Mapping[str, str], place: str) -> Callable[[str], str]:
    """A translation by a table of labels; `place` says where a new label is to be added.

    The translation raises UnknownLabelError: D3 for a label that is empty, a number or broken,
    D2 for one that the table lacks.
    """
    folded = {label.casefold(): code for label, code in codes.items()}

    def translate(label: str) -> str:
        text = label.strip()
        if not text or "\ufffd" in text or re.fullmatch(r"[\d.,\s]+", text):
            kind = "empty" if not text else "broken" if "\ufffd" in text else "a number"
            raise UnknownLabelError("D3", f"label '{label}' is {kind}: report it to the publisher")
        if text.casefold() not in folded:
            raise UnknownLabelError("D2", f"unknown label '{label}': add it to {place}")
        return folded[text.casefold()]

    return translate


def citizenship_spellings() -> tuple[dict[str, str], str]:
    """Spellings of states and nationalities met in publications, and where to add one."""
    file = Path(__file__).parent / "citizenship_spellings.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    return dict(zip(table["label"], table["code"], strict=True)), f"pipelines/sources/{file.name}"


class Rows:
    """The rows of one file on their way into our codes.

    No row is lost in silence: each ends in the table, under a rule in quarantine, or set aside by
    a named filter, and `tidy` says which.
    """

    def __init__(self, path: Path, source: Source) -> None:
        """Reads the file; raises FileRefusedError when it is not what the source publishes."""
        self.source = source
        self.raw = read_table(path, source)
        self._problems: list[pd.DataFrame] = []
        self._set_aside = pd.Series("", index=self.raw.index, dtype="category")

    def set_aside(self, rows: np.ndarray, name: str) -> None:
        """Sets rows aside under the name of a filter; the first filter that takes a row has it."""
        column = self._set_aside.cat.add_categories(name)
        column[np.asarray(rows) & (column == "").to_numpy()] = name
        self._set_aside = column

    def reject(self, rows: np.ndarray, rule: str, column: str, message: str) -> None:
        """Puts rows into quarantine under a rule; `column` is the publisher's."""
        line = np.flatnonzero(rows)
        if len(line):
            found = self.raw[column].iloc[line].astype(str)
            self._problems.append(problem_rows(line, rule, column, found, message))

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
        dtype: pd.CategoricalDtype,
    ) -> pd.Categorical:
        """Translates labels, or combinations of the labels of several columns, into codes.

        `to_code` is asked once per distinct combination; rows whose label it does not know are
        rejected under the rule that it names.
        """
        names = (columns,) if isinstance(columns, str) else columns
        which, combinations = _distinct(self.raw, names)
        codes, refused = [], {}
        for position, labels in enumerate(combinations):
            try:
                codes.append(to_code(*labels))
            except UnknownLabelError as error:
                codes.append("")
                refused[position] = (error.rule, str(error))
        self._reject_texts(which, refused, names[-1])
        index = dtype.categories.get_indexer(codes)
        return pd.Categorical.from_codes(index[which], dtype=dtype)

    def figure(self, column: str) -> dict[str, pd.Categorical | np.ndarray]:
        """Reads a column of printed figures, each distinct text once.

        Returns the contract's columns value_raw, value, lower, upper, obs_status and conf_status.
        A text without a single reading is rejected under V1, a stand-in for "no answer" under V6.
        """
        printed = self.raw[column].cat
        figures, refused = [], {}
        for position, text in enumerate(printed.categories):
            try:
                figures.append(parse(text, self.source.number_locale))
            except FigureError as error:
                figures.append(parse(""))
                refused[position] = ("V1", str(error))
            if figures[-1].value in SENTINELS:
                refused[position] = ("V6", "a known stand-in for 'no answer'")
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

        A column given as one text holds it in every row; a dimension not given is the total.
        """
        source = self.source
        said = {"time_basis": source.time_basis, "def_scope": source.def_scope}
        given: dict[str, object] = {**TOTALS, **said, "locator": self._locator(), **columns}
        given.setdefault("comment", pd.Categorical.from_codes(np.full(len(self.raw), -1), [""]))
        rows = pd.DataFrame(
            {name: self._column(name, value) for name, value in given.items()},
            index=self.raw.index,
        )
        problems = pd.concat([pd.DataFrame(columns=list(PROBLEM_COLUMNS)), *self._problems])
        return Tidy(self.raw, rows, problems, self._set_aside)

    def _column(self, name: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        dtype = OBSERVATION.columns[name].dtype.type
        return pd.Categorical.from_codes(
            np.full(len(self.raw), dtype.categories.get_loc(value)), dtype=dtype
        )

    def _locator(self) -> pd.Series:
        layout = self.source.layout
        place = (
            f"{layout.file}, sheet {layout.sheet}, row " if layout.sheet else f"{layout.file}, row "
        )
        numbers = pc.cast(pa.array(self.raw[ROW].to_numpy()), pa.string())
        return pc.binary_join_element_wise(place, numbers, "").to_pandas()


def _distinct(
    frame: pd.DataFrame, columns: tuple[str, ...]
) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """The distinct combinations of some text columns, and which of them each row has."""
    number = np.zeros(len(frame), dtype=np.int64)
    for name in columns:
        number = number * len(frame[name].cat.categories) + frame[name].cat.codes.to_numpy()
    which, kinds = pd.factorize(number)
    labels = []
    for name in reversed(columns):
        kinds, code = np.divmod(kinds, len(frame[name].cat.categories))
        labels.append(frame[name].cat.categories.take(code))
    return which, list(zip(*reversed(labels), strict=True))
