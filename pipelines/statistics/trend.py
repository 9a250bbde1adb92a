"""What becomes of a series over the years: a verdict, and the numbers that it rests on."""

from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.statistics import ranks
from pipelines.statistics.change import AnnualChange, annual_change

SERIES: Final = ("source", "ref_area", "indicator", "time_basis")
LEAST_POINTS: Final = 6
"""Five figures are in perfect order by chance once in sixty times, six once in 360: among two
hundred series that are judged together, five could never be a clear change."""

CLEAR: Final = 0.05
"""Greatest share of false claims among all claims, in the long run."""

_MEASURES: Final = (
    *("tau", "p_value", "q_value", "slope", "slope_lower", "slope_upper"),
    *(*AnnualChange._fields, "autocorrelation"),
)
_EXTENT: Final = ("first_period", "last_period", "points", "suppressed", "gaps")
_COLUMNS: Final = (*SERIES, *_EXTENT, *_MEASURES, "is_autocorrelated")


def trends(points: pd.DataFrame) -> pd.DataFrame:
    """One row per series, as in `main.trend`, in the order of their names.

    Args:
        points: one row per year of a series: the columns of `SERIES`, `year`, `value` (NaN if
            suppressed), `upper` and `persons` (inhabitants; NaN where not known).
    """
    ordered = points.sort_values([*SERIES, "year"])
    columns = [ordered[name].to_numpy() for name in ("year", "value", "upper", "persons")]
    # Places rather than groups: a frame of each group takes as long as its test.
    places = ordered.groupby(list(SERIES), observed=True).indices
    rows = [
        dict(zip(SERIES, series, strict=True)) | _described(*(column[at] for column in columns))
        for series, at in places.items()
    ]
    found = pd.DataFrame(rows, columns=_COLUMNS).astype(dict.fromkeys(_MEASURES, float))
    is_tested = found["p_value"].notna()
    found.loc[is_tested, "q_value"] = stats.false_discovery_control(found.loc[is_tested, "p_value"])
    return found.assign(trend_verdict=verdicts)


def verdicts(found: pd.DataFrame) -> np.ndarray:
    """The verdict of each row of `trends`: a code of the list `trend_verdict`."""
    return np.select(
        [found["q_value"].isna(), found["q_value"] > CLEAR, found["tau"] > 0],
        ["too_few_points", "no_clear_change", "rising"],
        "falling",
    )


def _described(
    years: np.ndarray, value: np.ndarray, upper: np.ndarray, persons: np.ndarray
) -> dict[str, Any]:
    """All that is said of a series by itself."""
    suppressed = int(np.isnan(value).sum())
    extent = {
        "first_period": str(years[0]),
        "last_period": str(years[-1]),
        "points": len(years),
        "suppressed": suppressed,
        "gaps": int(years[-1] - years[0]) + 1 - len(years),
        "is_autocorrelated": False,
    }
    if len(years) < LEAST_POINTS or suppressed == len(years):
        return extent
    figures = ranks.comparable(value, upper)
    tau, p_value = ranks.mann_kendall(figures)
    alike, is_alike = ranks.autocorrelation(years, figures)
    order = {
        "tau": tau,
        "p_value": ranks.allowed_for(p_value, alike) if is_alike else p_value,
        "autocorrelation": alike,
        "is_autocorrelated": is_alike,
    }
    if suppressed:  # a size that is worked out of hidden figures would tell of them
        return extent | order
    return extent | order | _size(years, value, persons)


def _size(years: np.ndarray, value: np.ndarray, persons: np.ndarray) -> dict[str, float]:
    """How large the change is: Theil and Sen's slope, and percent per inhabitant."""
    line = stats.theilslopes(value, years)
    slopes = {
        "slope": line.slope, "slope_lower": line.low_slope, "slope_upper": line.high_slope,
    }  # fmt: skip
    return slopes | annual_change(years, value, persons)._asdict()
