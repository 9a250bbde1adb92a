"""Sums of the records that the Fiscalía's interface gives, by year and one column at a time."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

TRAFFICKING: Final = "TRATA DE PERSONAS"
TOTAL: Final = "grupo_delito"
DIMENSIONS: Final = (TOTAL, "sexo", "grupo_etario", "departamento_hecho")
"""Columns of the publisher by which victims are summed, one at a time."""

YEAR: Final = "a_o_hechos"
VICTIMS: Final = "total_victimas"
UNKNOWN: Final = "SIN DATO"
"""Text that the publisher prints for what is not known; the interface also leaves it out."""


def figure_table(raw: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return victims by year and one column at a time; other offences only in total.

    `columns` are those of the table: year, dimension, category and victims.
    """
    texts = raw[[YEAR, *DIMENSIONS]].astype(str).apply(lambda each: each.str.strip())
    labels = texts.mask(texts == "", UNKNOWN)
    count = pd.to_numeric(raw[VICTIMS].astype(str), errors="coerce")
    records = labels.assign(victims=count.where((count % 1 == 0) & (count >= 0)))
    ours = records[records[TOTAL] == TRAFFICKING]
    tables = [_summed(records, TOTAL), *(_summed(ours, name) for name in DIMENSIONS[1:])]
    table = pd.concat(tables, ignore_index=True)[list(columns)]
    return table.assign(row=range(1, 1 + len(table)))


def _summed(records: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return victims by year and one column; `unreadable` where a number cannot be read."""
    groups = records.groupby([YEAR, name])["victims"]
    sums = groups.sum().astype(int).astype(str).mask(groups.count() < groups.size(), "unreadable")
    table = sums.rename_axis(["year", "category"]).reset_index()
    return table.assign(dimension=name)
