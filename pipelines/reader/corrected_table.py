"""Apply the corrections of a source to a table: labels when it is read, cells once it has codes."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.raw.corrections import CELL, DOUBTFUL, REPLACE, VALUE, Correction, CorrectionError
from pipelines.reader.coded_columns import UNRELIABLE, replaced
from pipelines.reader.text_tables import ROW
from schemas.figure import FigureError, parse
from schemas.source import Layout

FLAGS: Final = {REPLACE: "CORRECTED", DOUBTFUL: "CONTRADICTED"}
"""Flag of the figures of a correction, by its effect."""


class CorrectedTable:
    """A table, with the corrections of its source that fit it.

    A correction fits where the printed text is the one that it replaces; elsewhere it has no
    effect.

    Attributes:
        frame: the table with the labels replaced.
        made: the positions of the rows of each correction that fits, by its id.
        unknown_sums: the corrections that say of a sum of rows that no figure is known.
    """

    def __init__(
        self, frame: pd.DataFrame, layouts: Sequence[Layout], corrections: Sequence[Correction]
    ) -> None:
        """Replace labels.

        Raises:
            CorrectionError: none of the layouts has the column of a label.
        """
        self.frame = frame
        self.made: dict[str, np.ndarray] = {}
        self.unknown_sums: list[Correction] = []
        self._corrections = {each.id: each for each in corrections}
        self._rows: dict[str, np.ndarray] = {}
        known = {*frame, *(name for layout in layouts for name in layout.figure_columns)}
        for each in corrections:
            if each.is_of_label and each.column not in known:
                raise CorrectionError(
                    f"correction {each.id}: there is no column '{each.column}'; correct the line "
                    "in data/corrections.csv"
                )
            if not each.is_of_label or each.column not in frame:
                continue
            column = self.frame[each.column]
            lines = np.flatnonzero(column == each.old).tolist()
            if lines:
                self._rows[each.id] = self.frame[ROW].to_numpy()[lines]
                labels = replaced(column.array, lines, [each.new] * len(lines))
                labels = pd.Categorical(labels).remove_unused_categories()
                self.frame = self.frame.assign(**{each.column: labels})

    def corrected(
        self,
        filled: Mapping[str, Any],
        raw: pd.DataFrame,
        figure: str,
        locale: str,
        *,
        least: int,
        stands_in: np.ndarray,
    ) -> dict[str, Any]:
        """Return the columns of the contract with the figures and codes of cells replaced.

        Args:
            filled: the columns as read; those of the cell have the printed codes.
            raw: the rows as published.
            figure: the column of `raw` with the printed figure.
            locale: that of the publisher's numbers.
            least: the least count that `<5` may hide.
            stands_in: the position of the row that stands for each row: itself, or the first of
                several that are added up. Of such a sum no single figure can be replaced; but
                one may make it doubtful, or unknown.

        Raises:
            CorrectionError: a figure to be replaced is part of a sum.
        """
        columns = dict(filled)
        self.made = {
            name: np.unique(stands_in[raw[ROW].isin(rows).to_numpy()])
            for name, rows in self._rows.items()
        }
        for each in self._corrections.values():
            if each.is_of_label or not (printed := _places(each, filled, raw, figure, locale)):
                continue
            here = stands_in[printed].tolist()
            self.made[each.id] = np.array(here)
            if each.effect == DOUBTFUL:
                continue
            if each.column != VALUE:
                columns[each.column] = replaced(columns[each.column], here, [each.new])
                continue
            try:
                figure_read = parse(each.new, locale, least)
            except FigureError as error:
                raise CorrectionError(
                    f"correction {each.id}: 'new' in data/corrections.csv is no figure: {error}"
                ) from error
            is_sum = pd.Series(filled["value_raw"]).iloc[here[0]] != each.old
            if is_sum and each.new:
                raise CorrectionError(
                    f"correction {each.id}: the row is one of several that are added up; mark it "
                    "as DOUBTFUL in data/corrections.csv, or leave 'new' empty: no figure is known"
                )
            if is_sum:
                self.unknown_sums.append(each)
                continue
            new = {"value_raw": each.new, **figure_read._asdict()}
            columns |= {
                name: replaced(columns[name], here, [np.nan if cell is None else cell])
                for name, cell in new.items()
            }
        return columns

    def marks(self, rows: int) -> dict[str, list[tuple[np.ndarray, str]]]:
        """Return what marks the corrected and doubtful rows among so many.

        That is, for obs_status, flags and correction, a mask of rows and a code to add for each
        correction that fits.
        """
        found: dict[str, list[tuple[np.ndarray, str]]]
        found = {"obs_status": [], "flags": [], "correction": []}
        for name, each in self._corrections.items():
            if name in self.made:
                here = np.isin(np.arange(rows), self.made[name])
                found["flags"].append((here, FLAGS[each.effect]))
                found["correction"].append((here, name))
                if each.effect == DOUBTFUL:
                    found["obs_status"].append((here, UNRELIABLE))
        return found

    def settled(self, rows: int) -> np.ndarray:
        """Return whether the figure of each row among so many was replaced."""
        found = np.zeros(rows, dtype=bool)
        for name, each in self._corrections.items():
            if name in self.made and each.effect == REPLACE and each.column == VALUE:
                found[self.made[name]] = True
        return found


def _places(
    correction: Correction, filled: Mapping[str, Any], raw: pd.DataFrame, figure: str, locale: str
) -> list[int]:
    """Return the position of the row that a correction is about; none if no row fits.

    A wrong code does not stand where the release has the cell of the right one.
    """
    if figure not in raw:
        return []
    cell = dict(zip(CELL, correction.cell, strict=True))
    if (
        correction.column in CELL
        and _of_cell(filled, cell | {correction.column: correction.new}).any()
    ):
        return []
    texts, here = raw[figure], _of_cell(filled, cell)
    printed = here & (texts == correction.old).to_numpy()
    if not printed.any() and correction.effect == DOUBTFUL and correction.old.startswith("<"):
        narrower = [text for text in texts[here] if _narrows(text, correction.old, locale)]
        printed = here & texts.isin(narrower).to_numpy()
    place = int(correction.occurrence) - 1
    return np.flatnonzero(printed)[place : place + 1].tolist()


def _of_cell(filled: Mapping[str, Any], cell: Mapping[str, str]) -> np.ndarray:
    """Return whether each row has the codes of a cell; no row of a contract without them has."""
    if not cell.keys() <= filled.keys():
        return np.zeros(1, dtype=bool)
    return np.logical_and.reduce(
        [np.asarray(pd.Series(filled[name]) == code) for name, code in cell.items()]
    )


def _narrows(text: str, hidden: str, locale: str) -> bool:
    """Return whether a printed figure lies within the bounds of one that was hidden.

    It says no other thing than before, so a doubt about the one is a doubt about the other.
    """
    try:
        now, before = parse(text, locale), parse(hidden, locale)
    except FigureError:
        return False
    if now.lower is None or now.upper is None or before.lower is None or before.upper is None:
        return False
    return before.lower <= now.lower and now.upper <= before.upper
