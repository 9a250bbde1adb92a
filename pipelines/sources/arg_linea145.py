"""Counts of the complaints to the hotline 145, and of the persons named in them.

The publisher's rows describe persons: no error shows what they hold.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NoReturn

import numpy as np
import pandas as pd

from pipelines.reader.labels import read_labels
from pipelines.reader.rows import File, FileRefusedError
from pipelines.reader.suppression import named_parts, single
from schemas.columns import per_category

HERE: Final = "in pipelines/sources/arg_linea145.py"
SEXES: Final = ("F", "M", "_O", "_U")
AGES: Final = ("Y0T17", "Y_GE18", "_U")
SUBJECTS: Final = "arg_linea145_subjects.csv"
"""Labels of `subtema` that the publisher offers, and their forms of exploitation, if any.

Besides them callers' words are entered."""

FORM_OF: Final = {row["label"]: row["exploitation"] for row in read_labels(__file__, SUBJECTS)}
LISTED: Final = tuple(FORM_OF)
FORM: Final = {
    form: tuple(label for label in LISTED if FORM_OF[label] == form)
    for form in dict.fromkeys(filter(None, FORM_OF.values()))
}
"""Labels of each form of exploitation."""

FEWEST_LISTED: Final = 0.8
"""Share of rows that have a listed label: 96 % in 2020-2021. With fewer, labels were renamed."""

_HYPHEN: Final = re.compile(r"\s*-(?!\d)\s*")
"""A hyphen between two labels, unlike that of `covid-19`."""

REFERRED: Final = {
    "victima directa": "victim",
    "acusado": "other",
    "victima indirecta - familiar": "other",
}
SEX: Final = {"mujer": "F", "hombre": "M", "transexual": "_O", "travesti": "_O",
              "transgénero": "_O", "intersex": "_O", "": "_U"}  # fmt: skip


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
    for form in FORM:  # forms overlap and do not cover the total: nothing can be subtracted
        yield "exploitation", form, single(int(counted[form].sum()), threshold)


def _complaints(file: File, raw: pd.DataFrame) -> pd.DataFrame:
    """Return year and forms of every complaint."""
    number = raw["nro_registro_interno"]
    if (number == "").any():
        _refuse(file, "nro_registro_interno", "is empty in some rows")
    once = raw[~number.duplicated()]
    return pd.DataFrame(
        {**_years(file, once, "fecha_ingreso"), **_forms(file, once)}, index=once.index
    )


def _victims(file: File, raw: pd.DataFrame) -> pd.DataFrame:
    """Return year, sex, age band and forms of every direct victim."""
    columns = {
        **_years(file, raw, "fecha_ingreso_denuncia"),
        "sex": _coded(file, raw, "genero", SEX.get),
        "age": _coded(file, raw, "edad_aparente", _age),
        "victim": _coded(file, raw, "referido_tipo", REFERRED.get) == "victim",
        **_forms(file, raw),
    }
    persons = pd.DataFrame(columns, index=raw.index)
    return persons[persons["victim"]]


def _years(file: File, raw: pd.DataFrame, column: str) -> dict[str, np.ndarray]:
    """Return the year of every row, and whether that year is over: its December is in the file."""
    date = re.compile(r"\d{4}-(0[1-9]|1[0-2])-\d{2}")
    month = per_category(raw[column], lambda text: text[:7] if date.fullmatch(text) else "", "U7")
    if (month == "").any():
        _refuse(file, column, "holds other texts than dates")
    december = [text[:4] for text in np.unique(month) if text.endswith("-12")]
    year = month.astype("U4")
    return {"year": year, "whole": np.isin(year, december)}


def _forms(file: File, raw: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return whether each row names a form of exploitation, by form."""
    subject = raw["subtema"]
    listed = per_category(subject, partial(_names, LISTED))
    if listed.sum() < FEWEST_LISTED * len(listed):
        _refuse(file, "subtema", f"seldom holds a label of pipelines/sources/{SUBJECTS}")
    return {form: per_category(subject, partial(_names, labels)) for form, labels in FORM.items()}


def _names(labels: tuple[str, ...], text: str) -> bool:
    """Return whether a list names a label.

    Commas separate labels, and occur in some; since 2022 hyphens do in some rows.
    """
    between = f", {_HYPHEN.sub(', ', text.strip().casefold())},"
    return any(f", {label}," in between for label in labels)


def _age(text: str) -> str | None:
    """Return the band of an age in years; None if the text is no age."""
    if text in {"", "0"}:
        return "_U"
    if not re.fullmatch(r"\d{1,3}", text):
        return None
    return "Y0T17" if int(text) < 18 else "Y_GE18"


def _coded(
    file: File, raw: pd.DataFrame, column: str, to_code: Callable[[str], str | None]
) -> np.ndarray:
    """Return the code of every row's label."""
    codes = per_category(raw[column], lambda label: to_code(label.strip().casefold()) or "", "U8")
    if (codes == "").any():
        _refuse(file, column, f"holds a label that is unknown {HERE}")
    return codes


def _refuse(file: File, column: str, fault: str) -> NoReturn:
    """Refuse a file without showing what it holds."""
    raise FileRefusedError(
        f"{file.path}: '{column}' {fault}; open the file where it came from, since its rows "
        "describe persons and are not shown"
    )
