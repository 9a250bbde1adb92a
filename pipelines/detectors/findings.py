"""What a detector returns: a row for each printed figure concerned."""

from enum import StrEnum
from typing import Final

import pandas as pd

from pipelines.detectors.figures import PLACE

COLUMNS: Final = [*PLACE, "detector", "reason", "effect", "table", "evidence"]
"""The columns of findings."""


class Effect(StrEnum):
    """What a finding does to its figure."""

    KEEP_OUT = "KEEP_OUT"
    DOUBTFUL = "DOUBTFUL"
    LIST = "LIST"


def findings(
    figures: pd.DataFrame,
    detector: str,
    effect: pd.Series | Effect,
    table: pd.Series,
    evidence: pd.Series | str,
    reason: pd.Series | str = "",
) -> pd.DataFrame:
    """Findings about figures, by place in the file.

    Series have the index of `figures`.
    """
    said = {"detector": detector, "reason": reason, "effect": effect, "table": table}
    return figures[PLACE].assign(**said, evidence=evidence)[COLUMNS]


def none() -> pd.DataFrame:
    """No finding."""
    return pd.DataFrame(columns=COLUMNS)
