"""Compare a release with the previous one."""

import pandas as pd

from pipelines.intake.detectors.sums import CELL


def changed(figures: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that changed since the previous release; `was` is the previous value."""
    was = old.loc[old["single"], [*CELL, "value"]].rename(columns={"value": "was"})
    both = figures[figures["single"]].merge(was, on=CELL)
    return both[both["value"] != both["was"]]
