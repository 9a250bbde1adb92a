"""Figures of a release as printed: their places and the publisher's labels."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from pipelines.intake.detectors import PLACE, figures_of
from pipelines.intake.detectors.figures import placed
from pipelines.raw.manifest import RawFile
from pipelines.reader.text_tables import COLUMN, ROW, ROWS
from pipelines.sources import Publication, Tidy
from schemas.observation import CELL


class Printed(NamedTuple):
    """The figures of a release, uncorrected, one row for each in both frames."""

    # file, sheet, row, column, locator, printed, flags, set_aside, the codes of the cell; and the
    # columns that detectors compare: kind, year, cell, and value, which is missing where
    # several rows are added up
    places: pd.DataFrame
    labels: pd.DataFrame  # the publisher's own columns
    names: list[str]  # the columns of `labels` that hold no figures


def read(publication: Publication, entries: Sequence[RawFile]) -> Printed:
    """Return the figures that the files of a release print, before any correction."""
    files = [(entry, publication.entered(entry)) for entry in entries]
    labels = [tidy.raw.drop(columns=[ROW, ROWS, COLUMN], errors="ignore") for _, tidy in files]
    figures = {tidy.figure for _, tidy in files}
    return Printed(
        pd.concat([_places(*file) for file in files], ignore_index=True),
        pd.concat([frame.astype("str") for frame in labels], ignore_index=True).fillna(""),
        [
            name
            for name in dict.fromkeys(name for frame in labels for name in frame)
            if name not in figures
        ],
    )


def _places(entry: RawFile, tidy: Tidy) -> pd.DataFrame:
    rows = tidy.rows
    frame = rows[list(CELL)].astype("str").assign(
        file=entry.publisher_file,
        sheet=tidy.layout.sheet or "",
        locator=rows["locator"].astype("str"),
        printed=tidy.raw[tidy.figure].astype("str"),
        flags=rows["flags"].astype("str"),
        set_aside=tidy.set_aside.astype("str"),
    )  # fmt: skip
    frame[ROW] = tidy.raw[ROW]
    frame[COLUMN] = tidy.places[COLUMN]
    compared = placed(figures_of(tidy))[[*PLACE, "kind", "year", "cell", "value"]]
    several = rows["value_raw"].astype("str") != frame["printed"]
    whole = frame.merge(compared, "left", PLACE, validate="1:1")
    return whole.assign(value=whole["value"].mask(several.to_numpy()))
