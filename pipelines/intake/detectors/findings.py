"""Findings of a detector: a row for each printed figure concerned."""

from typing import Final

import pandas as pd
from numpy.typing import ArrayLike

from pipelines.intake.detectors.figures import PLACE
from pipelines.raw.findings import INTEGERS

OTHER: Final = ["other_area", "other_indicator", "other_kind", "other_year", "exchanged"]
"""Columns that name what a figure was compared with."""
NUMBERS: Final = [
    "agree", "compared", "others_agree", "others_compared", "least", "most", "by_chance",
]  # fmt: skip
COLUMNS: Final = [
    *PLACE, "detector", "reason", "effect", "indicator", "kind", "year", "evidence", *OTHER,
    *NUMBERS,
]  # fmt: skip
"""The columns of findings."""


def findings(
    figures: pd.DataFrame, effect: ArrayLike, evidence: ArrayLike, reason: ArrayLike = ""
) -> pd.DataFrame:
    """Return findings about figures: an effect, a kind of evidence and a reason for each.

    Columns of `OTHER` and `NUMBERS` are taken from `figures`, and missing where it has none. The
    column `detector` is filled when all detectors have run.
    """
    columns = {"reason": reason, "effect": effect, "evidence": evidence}
    return figures.assign(**columns).reindex(columns=COLUMNS)


def typed(found: pd.DataFrame) -> pd.DataFrame:
    """Return findings with whole numbers as such, and chances in one digit."""
    whole = found.astype(dict.fromkeys(INTEGERS, "Int64") | {"exchanged": "boolean"})
    names = ["other_area", "other_indicator", "other_kind"]
    chance = whole["by_chance"].map(lambda p: float(f"{p:.0e}"), na_action="ignore")
    return whole.assign(by_chance=chance, **{name: whole[name].fillna("") for name in names})
