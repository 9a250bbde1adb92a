"""Test of several series together: whether more of them lean one way than chance makes."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import special

_COLUMNS: Final = ("indicator", "tested", "up", "down", "joint_p_value")


class Joint(NamedTuple):
    """The test of all series together that have one of their own.

    Attributes:
        tested: number of series.
        up: number of those that lean upwards.
        down: number of those that lean downwards.
        p_value: two-sided, series being independent.
    """

    tested: int
    up: int
    down: int
    p_value: float


def joint_trends(trends: pd.DataFrame) -> pd.DataFrame:
    """Return a row per indicator, as in `main.joint_trend`.

    Args:
        trends: a row per series: `indicator`, `tau` and `p_value`, empty where there is no test.
    """
    tested = trends.dropna(subset=["tau", "p_value"])
    rows = [
        (indicator, *joint(own["tau"].tolist(), own["p_value"].tolist()))
        for indicator, own in tested.groupby("indicator")
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def joint(taus: Sequence[float], p_values: Sequence[float]) -> Joint:
    """Combine the tests of several series into one.

    Source: S. A. Stouffer and others, The American Soldier, vol. 1 (1949), 45.
    """
    lean = np.sign(taus)
    scores = lean * special.ndtri(1 - np.array(p_values) / 2)
    whole = scores.sum() / np.sqrt(len(scores))
    return Joint(
        len(scores),
        int((lean > 0).sum()),
        int((lean < 0).sum()),
        float(2 * special.ndtr(-abs(whole))),
    )
