"""Labels in the files of the hotline 145, for each row a code.

The publisher's rows describe persons: no error shows what they hold.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Final, NoReturn

import numpy as np
import pandas as pd

from pipelines.reader.labels import read_labels
from pipelines.reader.rows import File, FileRefusedError
from schemas.columns import per_category

HERE: Final = "in pipelines/sources/_arg_linea145_labels.py"
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


def victims(file: File, raw: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the sex, the age band, and whether each person was named as a direct victim."""
    return {
        "sex": _coded(file, raw, "genero", SEX.get),
        "age": _coded(file, raw, "edad_aparente", _age),
        "victim": _coded(file, raw, "referido_tipo", REFERRED.get) == "victim",
    }


def months(file: File, raw: pd.DataFrame, column: str) -> np.ndarray:
    """Return the year and month of every row's date."""
    found = per_category(raw[column], _month, "U7")
    if (found == "").any():
        refuse(file, column, "holds other texts than dates")
    return found


def forms(file: File, raw: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return whether each row names a form of exploitation, by form."""
    subject = raw["subtema"]
    listed = per_category(subject, partial(_names, LISTED))
    if listed.sum() < FEWEST_LISTED * len(listed):
        refuse(file, "subtema", f"seldom holds a label of pipelines/sources/{SUBJECTS}")
    return {form: per_category(subject, partial(_names, labels)) for form, labels in FORM.items()}


def _names(labels: tuple[str, ...], text: str) -> bool:
    """Return whether a list names a label.

    Commas separate labels, and occur in some; since 2022 hyphens do in some rows.
    """
    between = f", {_HYPHEN.sub(', ', text.strip().casefold())},"
    return any(f", {label}," in between for label in labels)


def _month(date: str) -> str:
    """Return the year and month of a date YYYY-MM-DD, "" of another text."""
    return date[:7] if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-\d{2}", date) else ""


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
        refuse(file, column, f"holds a label that is unknown {HERE}")
    return codes


def refuse(file: File, column: str, fault: str) -> NoReturn:
    """Refuse a file without showing what it holds."""
    raise FileRefusedError(
        f"{file.path}: '{column}' {fault}; open the file where it came from, since its rows "
        "describe persons and are not shown"
    )
