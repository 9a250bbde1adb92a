"""Makes whole columns: codes of every row, locators, statuses and comments."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.raw.corrections import DOUBTFUL, REPLACE, Correction, CorrectionError
from pipelines.reader.text_tables import ROW
from schemas.observation import OBSERVATION
from schemas.source import Layout, Source

TOTALS: Final = {
    "freq": "A", "sex": "_T", "age": "_T", "exploitation": "_T", "citizenship": "_T",
    "counterpart_role": "_Z", "counterpart_area": "_Z", "breakdown": "_T",
}  # fmt: skip
"""What a publication that says nothing of a dimension means by it."""


UNRELIABLE: Final = "U"
"""Status of a figure that there is reason to doubt: SDMX, low reliability."""


def distinct(
    frame: pd.DataFrame, columns: tuple[str, ...]
) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """Which combination of some text columns each row has, and the distinct combinations."""
    number = np.zeros(len(frame), dtype=np.int64)
    for name in columns:
        number = number * len(frame[name].cat.categories) + frame[name].cat.codes.to_numpy()
    which, kinds = pd.factorize(number)
    labels = []
    for name in reversed(columns):
        kinds, code = np.divmod(kinds, len(frame[name].cat.categories))
        labels.append(frame[name].cat.categories.take(code))
    return which, list(zip(*reversed(labels), strict=True))


def filled(source: Source, raw: pd.DataFrame, given: dict[str, Any]) -> dict[str, Any]:
    """The given columns, and for those not given what the source or silence means by them."""
    said = {"time_basis": source.time_basis, "def_scope": source.def_scope}
    empty = pd.Categorical.from_codes(np.full(len(raw), -1), [""])
    whole: dict[str, Any] = {**TOTALS, **said, "comment": empty, **given}
    return {
        name: _constant(name, value, len(raw)) if isinstance(value, str) else value
        for name, value in whole.items()
    }


def _constant(name: str, text: str, rows: int) -> pd.Categorical:
    """A column that holds one text in every row, of the contract's type where it has one."""
    dtype = OBSERVATION.columns[name].dtype.type
    categories = getattr(dtype, "categories", None)
    if categories is None or text not in categories:
        return pd.Categorical.from_codes(np.zeros(rows, dtype=np.int8), [text])
    return pd.Categorical.from_codes(np.full(rows, categories.get_loc(text)), dtype=dtype)


def replaced(
    column: pd.Categorical | np.ndarray, lines: Sequence[int], new: Sequence[Any]
) -> pd.Categorical | np.ndarray:
    """Return a column with other values at some positions, categories added where needed."""
    series = pd.Series(column)
    if isinstance(series.dtype, pd.CategoricalDtype):
        known = series.cat.categories
        series = series.cat.add_categories(
            [text for text in dict.fromkeys(new) if text not in known]
        )
    series.iloc[list(lines)] = list(new)
    return series.array if isinstance(series.dtype, pd.CategoricalDtype) else series.to_numpy()


def locator(
    before: str,
    between: tuple[pd.Series, pd.Series],
    column: pd.Series | None,
    rows: pd.Series | None,
) -> pd.Series:
    """Return the way back to each figure.

    File, first and last row, the column if a row has several figures, and how many rows are summed.
    """
    first, last = (pc.cast(pa.array(row.to_numpy()), pa.string()) for row in between)
    single = pc.equal(first, last)
    numbers = pc.if_else(
        single,
        pc.binary_join_element_wise("row ", first, ""),
        pc.binary_join_element_wise("rows ", first, "-", last, ""),
    )
    parts = [before, numbers]
    if column is not None:
        parts += [", column ", pa.array(column.astype("str"), pa.string())]
    if rows is not None:
        more = [f" and {count - 1:,} more" if count > 1 else "" for count in rows]
        parts.append(pa.array(more, pa.string()))
    return pc.binary_join_element_wise(*parts, "").to_pandas()


def marked(status: pd.Categorical, marks: Sequence[tuple[np.ndarray, str]]) -> pd.Categorical:
    """Return obs_status with further codes: each mark is where, and which code."""
    column = pd.Series(pd.Categorical(status))
    for where, code in marks:
        wider = {text: with_status(text, code) for text in column.cat.categories}
        column = column.cat.add_categories(sorted(set(wider.values()) - set(wider)))
        column[where] = column[where].map(wider).astype(column.dtype)
    return column.array


def with_status(status: str, code: str) -> str:
    """The codes of a status and one more; A, normal, goes."""
    codes = [each for each in status.split(";") if each not in {"A", code}]
    return ";".join([*codes, code])


def remarked(comment: pd.Categorical, remarks: Sequence[tuple[np.ndarray, str]]) -> pd.Categorical:
    """The comments with further remarks, joined by a semicolon."""
    column = pd.Series(pd.Categorical(comment))
    for where, text in remarks:
        before = column[where].astype("str")
        joined = before.where(before.isna(), before + "; " + text).fillna(text)
        column = column.cat.add_categories(sorted(set(joined) - set(column.cat.categories)))
        column[where] = joined.astype(column.dtype)
    return column.array


class Corrected:
    """A table in which the corrections of its release were made.

    Attributes:
        frame: the table with the new texts.
    """

    def __init__(
        self, frame: pd.DataFrame, layouts: Sequence[Layout], corrections: Sequence[Correction]
    ) -> None:
        """Makes the corrections of the columns that `frame` has.

        Raises:
            CorrectionError: a correction does not fit, or none of the layouts has its column.
        """
        self.frame = frame
        self._made: list[tuple[Correction, np.ndarray]] = []
        known = {name for layout in layouts for name in layout.figure_columns}
        for each in corrections:
            if each.column not in known:
                raise CorrectionError(
                    f"correction {each.id}: there is no column '{each.column}'; mend the line in "
                    "data/corrections.csv"
                )
            if each.column in frame:
                self._make(each)

    def _make(self, correction: Correction) -> None:
        column = self.frame[correction.column]
        here = (column == correction.old).to_numpy()
        if correction.row:
            here = here & (self.frame[ROW] == int(correction.row)).to_numpy()
        if not here.any():  # in another file of the release, or in none: `harmonise` asks
            return
        if here.sum() != correction.rows:
            raise CorrectionError(
                f"correction {correction.id}: '{correction.old}' stands in {here.sum()} rows of "
                f"'{correction.column}', not in {correction.rows}; the publisher may have mended "
                "it: read the file again and mend or remove the line in data/corrections.csv"
            )
        self._made.append((correction, self.frame.loc[here, ROW].to_numpy()))
        if correction.effect == DOUBTFUL:
            return
        wider = column.cat.add_categories(
            [] if correction.new in column.cat.categories else [correction.new]
        )
        wider[here] = correction.new
        self.frame = self.frame.assign(**{correction.column: wider.cat.remove_unused_categories()})

    @property
    def made(self) -> frozenset[str]:
        """The ids of the corrections that found what they correct."""
        return frozenset(correction.id for correction, _ in self._made)

    def remarks(self, raw: pd.DataFrame) -> list[tuple[np.ndarray, str]]:
        """Return which rows of `raw` hold a corrected or doubtful text, and what to say of them."""
        words = {REPLACE: "correction", DOUBTFUL: "doubt"}
        return [
            (_here(correction, rows, raw), f"{words[correction.effect]} {correction.id}")
            for correction, rows in self._made
        ]

    def settled(self, raw: pd.DataFrame, figure: str) -> np.ndarray:
        """Return which rows of `raw` have a figure, in the column `figure`, that was replaced."""
        here = np.zeros(len(raw), dtype=bool)
        for correction, rows in self._made:
            is_of_figure = correction.column == figure or correction.column not in raw
            if correction.effect == REPLACE and is_of_figure:
                here |= _here(correction, rows, raw)
        return here

    def doubts(self, raw: pd.DataFrame) -> list[tuple[np.ndarray, str]]:
        """Return which rows of `raw` hold a doubtful text, and the status of doubtful figures."""
        return [
            (_here(correction, rows, raw), UNRELIABLE)
            for correction, rows in self._made
            if correction.effect == DOUBTFUL
        ]


def _here(correction: Correction, rows: np.ndarray, raw: pd.DataFrame) -> np.ndarray:
    """Return which rows of `raw` hold the figure that a correction is about."""
    here = raw[ROW].isin(rows).to_numpy()
    if "column" in raw and correction.column not in raw:  # a figure of a wide row
        here = here & (raw["column"] == correction.column).to_numpy()
    return here
