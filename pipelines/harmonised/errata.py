"""The printed figures of a file that have a defect, so that releases can be compared by them."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from pipelines.harmonised.apply_findings import rows_of
from pipelines.raw.corrections import VALUE
from pipelines.raw.findings import Finding
from pipelines.reader.text_tables import COLUMN, ROW
from pipelines.reader.tidy import SUMMED, Tidy
from pipelines.sources import File
from schemas import codelists
from schemas.figure import FigureError, parse
from schemas.observation import CELL

ADDED_UP: Final = "ADDED_UP"
"""Code of a figure that is published as part of a sum of several rows of its cell."""
ONE_ROW: Final = "one_row_per_cell"
"""Rule that several rows of a cell break."""
FIGURE: Final = "FIGURE"
LABEL: Final = "LABEL"
ROWS: Final = "ROWS"
"""What a defect is about: the figure, the words beside it, the number of rows on its cell."""
COLUMNS: Final = (
    "source", "release", "file", "row", "column", "code", "about", "printed", "lower", "upper",
    *CELL,
)  # fmt: skip
"""The columns of a table of errata, in the order of `main.erratum`."""
_BOUNDS: Final = {"lower": "float64", "upper": "float64"}


class _Defect(NamedTuple):
    """A defect of some rows: their positions, its code, what it is about."""

    lines: np.ndarray
    code: str
    about: str = FIGURE


def none() -> pd.DataFrame:
    """Return a table without errata."""
    return pd.DataFrame(columns=list(COLUMNS), dtype="str").astype(_BOUNDS)


def errata_of(
    tidy: Tidy, rows: pd.DataFrame, problems: pd.DataFrame, file: File, locale: str | None
) -> pd.DataFrame:
    """Return one row per printed figure and defect, with the columns `COLUMNS`.

    Args:
        tidy: the file as read, with its findings applied.
        rows: its rows in our codes, stamped with source and release.
        problems: why rows of it are in quarantine.
        file: the file.
        locale: that of the publisher's numbers.

    Codes of the cell are those after corrections, and missing where a label cannot be read.
    """
    found = [
        *_found(tidy, file.findings),
        *_kept_out(tidy, problems),
        *_corrected(tidy, file),
        _Defect(_added_up(tidy), ADDED_UP, ROWS),
    ]
    lines = np.concatenate([each.lines for each in found]).astype(int)
    repeats = [len(each.lines) for each in found]
    frame = _figures(tidy, rows, lines, locale).assign(
        file=file.name,
        code=np.repeat([each.code for each in found], repeats),
        about=np.repeat([each.about for each in found], repeats),
    )
    unique = frame.iloc[np.argsort(lines, kind="stable")].drop_duplicates(ignore_index=True)
    return unique.reindex(columns=list(COLUMNS)).astype(_BOUNDS)


def _figures(tidy: Tidy, rows: pd.DataFrame, lines: np.ndarray, locale: str | None) -> pd.DataFrame:
    """Return the figures of some rows as printed, with their places and the codes of the cell."""
    codes = [name for name in ("source", "release", *CELL) if name in rows]
    frame = rows[codes].iloc[lines].astype("str").reset_index(drop=True)
    frame[[ROW, COLUMN]] = tidy.places.iloc[lines].reset_index(drop=True)
    frame["printed"] = (
        tidy.raw[tidy.figure].iloc[lines].astype("str").to_numpy() if tidy.figure else ""
    )
    frame["lower"], frame["upper"] = _bounds(frame["printed"], locale)
    return frame


def _bounds(printed: pd.Series, locale: str | None) -> tuple[pd.Series, pd.Series]:
    """Return the least and the greatest figure that each text can mean; none where it is none."""
    read: dict[str, tuple[float | None, float | None]] = {}
    for text in printed.unique():
        try:
            figure = parse(text, locale)
            read[text] = figure.lower, figure.upper
        except FigureError:
            read[text] = None, None
    lower, upper = ({text: each[at] for text, each in read.items()} for at in (0, 1))
    return printed.map(lower), printed.map(upper)


def _found(tidy: Tidy, findings: Sequence[Finding]) -> Iterator[_Defect]:
    """Yield what detectors found, each on its own row."""
    lines, codes = rows_of(tidy, findings), np.array([each.detector for each in findings])
    for code in np.unique(codes):
        yield _Defect(lines[codes == code], str(code))


def _kept_out(tidy: Tidy, problems: pd.DataFrame) -> Iterator[_Defect]:
    """Yield the rules that rows break, detectors aside."""
    others = problems[~problems["rule"].isin(codelists.codes("remark"))]
    of_label = others["column"].isin(tidy.raw.columns.drop(tidy.figure, errors="ignore"))
    for (rule, is_label), lines in others.groupby(["rule", of_label])["line"]:
        about = ROWS if rule == ONE_ROW else LABEL if is_label else FIGURE
        yield _Defect(lines.to_numpy(), str(rule), about)


def _corrected(tidy: Tidy, file: File) -> Iterator[_Defect]:
    """Yield the corrections that fit; those of a label or code are about the words."""
    for each in file.corrections:
        if each.id in tidy.corrected:
            about = FIGURE if each.column == VALUE else LABEL
            yield _Defect(tidy.corrected[each.id], each.id, about)


def _added_up(tidy: Tidy) -> np.ndarray:
    """Return the rows of sums; the first of each has the sum."""
    rest = (tidy.set_aside == SUMMED).to_numpy()
    is_first = ~rest & np.append(rest[1:], False)
    return np.flatnonzero(rest | is_first)
