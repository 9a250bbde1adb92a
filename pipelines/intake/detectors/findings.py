"""Findings of a detector: a row for each printed figure concerned."""

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd
from numpy.typing import ArrayLike

from pipelines.intake.detectors.figures import PLACE, table_of

COLUMNS: Final = [*PLACE, "detector", "reason", "effect", "table", "evidence"]
"""The columns of findings."""


def findings(
    figures: pd.DataFrame, effect: ArrayLike, evidence: Sequence[str], reason: ArrayLike = ""
) -> pd.DataFrame:
    """Return findings about figures: an effect, evidence and a reason for each.

    The column `detector` is added when all detectors have run.
    """
    columns = {"reason": reason, "effect": effect, "evidence": evidence}
    return figures[PLACE].assign(**columns, table=table_of(figures))


def texts(form: str, *columns: Iterable[object]) -> list[str]:
    """Return a text of this form for each row of the columns."""
    return [form.format(*row) for row in zip(*columns, strict=True)]
