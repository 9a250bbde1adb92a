"""Counts of the complaints to the hotline 145, and of the persons named in them.

The publisher's rows describe persons: no error shows what they hold.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.rows import File
from pipelines.reader.suppression import named_parts, single
from pipelines.sources import _arg_linea145_labels as labels

SEXES: Final = ("F", "M", "_O", "_U")
AGES: Final = ("Y0T17", "Y_GE18", "_U")


def lines(file: File, raw: pd.DataFrame, threshold: int) -> Iterator[tuple[str, ...]]:
    """Yield year, measure, dimension, category and text of the printable figures of whole years.

    `raw` has the publisher's rows, of complaints or of persons. Counts below the threshold are
    hidden, and others from which they could be worked out.

    Raises:
        FileRefusedError: a label or date is not known; it is not shown.
    """
    if "referido_tipo" in raw:
        measure, counted = "direct victims", _victims(file, raw)
    else:
        measure, counted = "complaints", _complaints(file, raw)
    for year, of_year in counted[counted["whole"]].groupby("year"):
        yield from ((str(year), measure, *cell) for cell in _cells(of_year, threshold))


def _cells(counted: pd.DataFrame, threshold: int) -> Iterator[tuple[str, str, str]]:
    """Yield dimension, category and text of every figure of a year."""
    total = len(counted)
    yield "total", "_T", single(total, threshold)
    for dimension, categories in (("sex", SEXES), ("age", AGES)):
        if dimension in counted:
            counts = {each: int((counted[dimension] == each).sum()) for each in categories}
            yield from ((dimension, *part) for part in named_parts(counts, total, threshold))
    for form in labels.FORM:  # forms overlap and do not cover the total: nothing can be subtracted
        yield "exploitation", form, single(int(counted[form].sum()), threshold)


def _complaints(file: File, raw: pd.DataFrame) -> pd.DataFrame:
    """Return year and forms of every complaint."""
    number = raw["nro_registro_interno"]
    if (number == "").any():
        labels.refuse(file, "nro_registro_interno", "is empty in some rows")
    once = raw[~number.duplicated()]
    years = _years(labels.months(file, once, "fecha_ingreso"))
    return pd.DataFrame({**years, **labels.forms(file, once)}, index=once.index)


def _victims(file: File, raw: pd.DataFrame) -> pd.DataFrame:
    """Return year, sex, age band and forms of every direct victim."""
    years = _years(labels.months(file, raw, "fecha_ingreso_denuncia"))
    columns = {**years, **labels.victims(file, raw), **labels.forms(file, raw)}
    persons = pd.DataFrame(columns, index=raw.index)
    return persons[persons["victim"]]


def _years(month: np.ndarray) -> dict[str, np.ndarray]:
    """Return the year of every row, and whether that year is over: its December is in the file."""
    december = [text[:4] for text in np.unique(month) if text.endswith("-12")]
    year = month.astype("U4")
    return {"year": year, "whole": np.isin(year, december)}
