"""Apply the corrections of a release to a table, and find the rows that they concern."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.raw.corrections import DOUBTFUL, REPLACE, Correction, CorrectionError
from pipelines.reader.coded_columns import UNRELIABLE
from pipelines.reader.text_tables import ROW
from schemas.source import Layout


class CorrectedTable:
    """A table with the corrections of its release applied.

    Attributes:
        frame: the table with the new texts.
    """

    def __init__(
        self, frame: pd.DataFrame, layouts: Sequence[Layout], corrections: Sequence[Correction]
    ) -> None:
        """Apply the corrections of the columns that `frame` has.

        Raises:
            CorrectionError: the replaced text occurs in more or fewer rows than the correction
                states, or none of the layouts has its column.
        """
        self.frame = frame
        self._made: list[tuple[Correction, np.ndarray]] = []
        known = {*frame, *(name for layout in layouts for name in layout.figure_columns)}
        for correction in corrections:
            if correction.column not in known:
                raise CorrectionError(
                    f"correction {correction.id}: there is no column '{correction.column}'; "
                    "correct the line in data/corrections.csv"
                )
            if correction.column in frame:
                self._make(correction)

    def _make(self, correction: Correction) -> None:
        column = self.frame[correction.column]
        here = (column == correction.old).to_numpy()
        if correction.row:
            here = here & (self.frame[ROW] == int(correction.row)).to_numpy()
        if not here.any():  # in another file of the release, or in none: `harmonise` checks that
            return
        if here.sum() != correction.rows:
            raise CorrectionError(correction.misfit(int(here.sum())))
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
        """The ids of the corrections whose text was found."""
        return frozenset(correction.id for correction, _ in self._made)

    def remarks(self, raw: pd.DataFrame) -> list[tuple[np.ndarray, str]]:
        """Return the rows of `raw` with a corrected or doubtful text, with a remark for each."""
        words = {REPLACE: "correction", DOUBTFUL: "doubt"}
        return [
            (_here(correction, rows, raw), f"{words[correction.effect]} {correction.id}")
            for correction, rows in self._made
        ]

    def settled(self, raw: pd.DataFrame, figure: str) -> np.ndarray:
        """Return whether the figure of each row of `raw`, in the column `figure`, was replaced."""
        here = np.zeros(len(raw), dtype=bool)
        for correction, rows in self._made:
            is_of_figure = correction.column == figure or correction.column not in raw
            if correction.effect == REPLACE and is_of_figure:
                here |= _here(correction, rows, raw)
        return here

    def doubts(self, raw: pd.DataFrame) -> list[tuple[np.ndarray, str]]:
        """Return the rows of `raw` with a doubtful text, with the status of doubtful figures."""
        return [
            (_here(correction, rows, raw), UNRELIABLE)
            for correction, rows in self._made
            if correction.effect == DOUBTFUL
        ]


def _here(correction: Correction, rows: np.ndarray, raw: pd.DataFrame) -> np.ndarray:
    """Return whether each row of `raw` has the figure that a correction is about."""
    here = raw[ROW].isin(rows).to_numpy()
    if "column" in raw and correction.column not in raw:  # a figure of a wide row
        here = here & (raw["column"] == correction.column).to_numpy()
    return here
