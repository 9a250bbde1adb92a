"""A release beside the one before: which figures changed."""

import pandas as pd

from pipelines.intake.detectors.figures import PERSONS

CELL = ["ref_area", "indicator", "year", "part", *PERSONS]


def changed(figures: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """The figures that were others in the release before; `was` is what stood there."""
    was = old.loc[old["single"], [*CELL, "value"]].rename(columns={"value": "was"})
    both = figures[figures["single"]].merge(was, on=CELL)
    return both[both["value"] != both["was"]]
