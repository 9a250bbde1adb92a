"""States in a row of UNODC's workbook: whose statistic it is, and the other one of a repatriation.

Repatriation changes direction. Until 2016 `Country` is where the victim had been and `Category`
the state that took its national back; from 2017 on `Country` is that state and `Category` the
place abroad (inferred from the structure of the file: until 2016, 136 countries name 65 others;
from 2017, 38 countries name 137). `ref_area` is always the state that takes its nationals back.
The two periods are not one series.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.labels import UnknownLabelError, citizenships, label_table
from pipelines.reader.rows import Rows
from schemas import codelists
from schemas.columns import per_category

BY_REPATRIATION: Final = "by country of repatriation"
FIRST_YEAR_OF_ORIGIN: Final = 2017
"""From this year on the state that takes its nationals back is the one that reports."""

REGIONS: Final = frozenset({"CAR", "CAS", "EEU", "MCA", "MCN", "SAF", "SAM", "Aruba/Curacao"})
"""Codes of regions in the column of country codes; Sark, which has no code, has none there."""


def home_and_away(rows: Rows) -> tuple[pd.Categorical, pd.Categorical]:
    """Return whose statistic each row is, and the other state of a repatriation.

    The side that reported makes no difference. Rows that name no state are rejected, those of a
    state outside the Americas are set aside.
    """
    known = label_table(_areas(), "the list of areas")
    reporter = rows.recode("Iso3_code", known, "ref_area")
    other = rows.recode(("Dimension", "Category"), _counterpart(), "ref_area")
    early = per_category(rows.raw["Year"], lambda year: year < str(FIRST_YEAR_OF_ORIGIN))
    mirrored = early & (rows.raw["Dimension"] == BY_REPATRIATION).to_numpy()
    unnamed = mirrored & (other == "_T")
    message = "names no state that took the victims back: nothing to do, UNODC does not say"
    rows.reject(unnamed, "labels_are_known", "Category", message)
    other[unnamed] = np.nan
    mine, others = reporter.codes, other.codes
    home = pd.Categorical.from_codes(np.where(mirrored, others, mine), dtype=reporter.dtype)
    away = pd.Categorical.from_codes(np.where(mirrored, mine, others), dtype=other.dtype)
    rows.set_aside(mirrored & home.isin(other_areas()), "returned_to_a_state_outside_the_oas")
    return home, away.set_categories(codelists.codes("area"))


def other_areas() -> frozenset[str]:
    """Return the codes of areas and regions that are no state of the Americas."""
    return (REGIONS | _areas().keys()) - set(codelists.oas_states())


def role(dimension: str) -> str:
    """Return the role of the other state in a table, a code of `counterpart_role`."""
    return "REPAT" if dimension == BY_REPATRIATION else "_Z"


@cache
def _areas() -> dict[str, str]:
    return {code: code for code in codelists.codes("area") if not code.startswith("_")}


def _counterpart() -> Callable[[str, str], str]:
    """Return the translation of a table and its category into the other state."""
    known = citizenships()

    def to_code(dimension: str, category: str) -> str:
        if dimension != BY_REPATRIATION:
            return "_Z"
        if category == "Abroad":
            return "_T"
        code = known(category)
        if code not in _areas():
            raise UnknownLabelError(
                f"label '{category}' names no state: nothing to do if it is none; else add it to "
                "pipelines/reader/citizenship_spellings.csv"
            )
        return code

    return to_code
