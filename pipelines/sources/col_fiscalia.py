"""Sums of the records that the Fiscalía's interface gives, by year and one column at a time."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from pipelines.reader.files import File
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.reshape import UNREADABLE
from schemas.source import Source

TRAFFICKING: Final = "TRATA DE PERSONAS"
TOTAL: Final = "grupo_delito"
DIMENSIONS: Final = (TOTAL, "sexo", "grupo_etario", "departamento_hecho")
"""Columns of the publisher by which victims are summed, one at a time."""

YEAR: Final = "a_o_hechos"
VICTIMS: Final = "total_victimas"
UNKNOWN: Final = "SIN DATO"
"""Text that the publisher prints for what is not known; the interface also leaves it out."""


LIMIT: Final = 50_000
"""Records that the address asks for; the interface cuts off what is more."""


def records(source: Source, document: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the records with the columns that are read, of which a record may lack some."""
    if len(document) >= LIMIT:
        raise FileRefusedError(f"{source.id}: {LIMIT:,} records, at which the interface cuts off")
    return [
        {name: record[name] for name in source.layouts[0].header if name in record}
        for record in document
    ]


def lines(_file: File, raw: pd.DataFrame, _threshold: int) -> Iterator[tuple[str, ...]]:
    """Yield year, dimension, category and victims: other offences only in total."""
    texts = raw[[YEAR, *DIMENSIONS]].astype(str).apply(lambda each: each.str.strip())
    labels = texts.mask(texts == "", UNKNOWN)
    count = pd.to_numeric(raw[VICTIMS].astype(str), errors="coerce")
    records = labels.assign(victims=count.where((count % 1 == 0) & (count >= 0)))
    ours = records[records[TOTAL] == TRAFFICKING]
    for name in DIMENSIONS:
        groups = (records if name == TOTAL else ours).groupby([YEAR, name])["victims"]
        sums = groups.sum().astype(int).astype(str)
        for (year, category), victims in sums.mask(
            groups.count() < groups.size(), UNREADABLE
        ).items():
            yield year, name, category, victims
