"""Repeated rows in UNODC's workbook: most are the parts of one figure, some are not.

In the workbook, several adjacent rows may bear the labels of one cell. Both releases, compared with
their own totals and with each other, show what such rows are:

R1: rows of one sex and all ages repeat the rows of that sex's age groups. Their sum is the figure.
R2: victims of other forms of exploitation are printed with a row for each form within that group.
    Their sum is the figure, unless a row reaches the total, the sum exceeds it, or all rows print
    the same figure of 5 or more, which may be one figure printed twice.
R3: rows of persons convicted by other forms fit neither reading; none of them is used.

Rows that repeat otherwise are left to the general check of repeated cells (one_row_per_cell).
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

PER_SEX: Final = frozenset({"VIC_DETECT", "PER_CONTACT", "PER_PROSEC", "PER_CONVICT"})
"""Indicators of persons, which have rows by sex and age."""

SUMMED: Final = {"R1": "SUM_OF_AGES", "R2": "SUM_OF_FORMS"}
"""Flag of a sum, by rule."""

_KEY: Final = ("ref_area", "indicator", "time_period", "sex", "age", "exploitation")
_SMALLEST_PRINTED: Final = 5

Key = tuple[str, ...]


class Reading(NamedTuple):
    """Treatment of the rows of one repeated cell."""

    lines: list[int]  # positions of the rows, in the order of the file
    rule: str  # R1, R2 or R3
    why_not: str  # why their sum is not the figure; "" if it is


class RepeatedRows:
    """Cells of a file that are printed in several rows, and how to read them."""

    def __init__(self, cells: pd.DataFrame) -> None:
        """Take one row per printed row whose labels could be read.

        Args:
            cells: the contract's codes, `lower`, `upper`, `value_raw`, and `row`, the row in the
                publisher's file; the index is the position of the row.
        """
        plain = cells[(cells["citizenship"] == "_T") & (cells["counterpart_role"] == "_Z")]
        self._rows = plain[["lower", "upper", "value_raw", "row"]].astype({"value_raw": str})
        self._cells: dict[Key, list[int]] = {}
        keys = zip(*(plain[name].astype(str) for name in _KEY), strict=True)
        for line, key in zip(plain.index, keys, strict=True):
            self._cells.setdefault(key, []).append(line)

    def readings(self) -> Iterator[Reading]:
        """Yield a reading for every repeated cell to which R1, R2 or R3 applies."""
        for key, lines in self._cells.items():
            rule = _rule(key) if len(lines) > 1 else ""
            if rule:
                yield Reading(lines, rule, self._why_not(rule, key, lines))

    def _why_not(self, rule: str, key: Key, lines: list[int]) -> str:
        """Return why the sum of the rows is not the figure, or "" if it is."""
        if (np.diff(self._rows.loc[lines, "row"]) != 1).any():
            return "the rows do not follow each other"
        if self._rows.loc[lines, "lower"].isna().any():
            return "a row cannot be read"
        if rule == "R1":
            area, indicator, year, sex, _, form = key
            ages = [
                line
                for age in ("Y0T17", "Y_GE18")
                for line in self._cells.get((area, indicator, year, sex, age, form), [])
            ]
            texts = self._rows["value_raw"]
            are_ages = sorted(texts[lines]) == sorted(texts[ages])
            return "" if are_ages else "the rows are not those of the ages"
        if rule == "R2":
            return self._why_no_sum_of_forms(key, lines)
        return "rows of convicted persons by other forms are neither parts nor the same figure"

    def _why_no_sum_of_forms(self, key: Key, lines: list[int]) -> str:
        low = self._rows.loc[lines, "lower"]
        if low.min() == low.max() >= _SMALLEST_PRINTED:
            return "all rows print the same figure, which may be one figure printed twice"
        total = self._cells.get((*key[:5], "_T"))
        if not total:
            return ""
        most = self._rows.loc[total, "upper"].sum()
        if low.max() >= most:
            return f"a row reaches the total, {most:,.0f}"
        return f"the sum exceeds the total, {most:,.0f}" if low.sum() > most else ""


def _rule(key: Key) -> str:
    """Return the rule that applies to a cell, or "" if none does."""
    _, indicator, _, sex, age, form = key
    if form == "OTH":
        return {"VIC_DETECT": "R2", "PER_CONVICT": "R3"}.get(indicator, "")
    one_sex = sex != "_T" and age == "_T" and form == "_T"
    return "R1" if one_sex and indicator in PER_SEX else ""
