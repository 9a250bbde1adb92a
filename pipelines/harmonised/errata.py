"""The printed figures of a file that have a defect, so that releases can be compared by them."""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.harmonised.apply_findings import rows_of
from pipelines.raw.corrections import VALUE
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
    defects = _defects(tidy, problems, file)
    lines = np.concatenate([at for at, _, _ in defects]).astype(int)
    repeats = [len(at) for at, _, _ in defects]
    codes = [name for name in ("source", "release", *CELL) if name in rows]
    frame = rows[codes].iloc[lines].astype("str").reset_index(drop=True)
    frame[[ROW, COLUMN]] = tidy.places.iloc[lines].reset_index(drop=True)
    frame["printed"] = (
        tidy.raw[tidy.figure].iloc[lines].astype("str").to_numpy() if tidy.figure else ""
    )
    frame["lower"], frame["upper"] = _bounds(frame["printed"], locale)
    frame = frame.assign(
        file=file.name,
        code=np.repeat([code for _, code, _ in defects], repeats),
        about=np.repeat([about for _, _, about in defects], repeats),
    )
    unique = frame.iloc[np.argsort(lines, kind="stable")].drop_duplicates(ignore_index=True)
    return unique.reindex(columns=list(COLUMNS)).astype(_BOUNDS)


def _defects(tidy: Tidy, problems: pd.DataFrame, file: File) -> list[tuple[np.ndarray, str, str]]:
    """Return for each defect the positions of its rows, its code, and what it is about.

    Codes are those of detectors, rules that rows break, corrections that fit, and ADDED_UP.
    """
    lines, detectors = rows_of(tidy, file.findings), [each.detector for each in file.findings]
    found = [(lines[np.array(detectors) == code], code, FIGURE) for code in sorted({*detectors})]
    broken = problems[~problems["rule"].isin(codelists.codes("remark"))]
    of_label = broken["column"].isin(tidy.raw.columns.drop(tidy.figure, errors="ignore"))
    for (rule, is_label), at in broken.groupby(["rule", of_label])["line"]:
        about = ROWS if rule == ONE_ROW else LABEL if is_label else FIGURE
        found.append((at.to_numpy(), str(rule), about))
    for each in file.corrections:
        if each.id in tidy.corrected:
            about = FIGURE if each.column == VALUE else LABEL
            found.append((tidy.corrected[each.id], each.id, about))
    rest = (tidy.set_aside == SUMMED).to_numpy()
    is_first = ~rest & np.append(rest[1:], False)  # it has the sum
    return [*found, (np.flatnonzero(rest | is_first), ADDED_UP, ROWS)]


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
