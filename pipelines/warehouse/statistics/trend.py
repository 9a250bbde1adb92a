"""Trends of series: a verdict for each, and the numbers behind it.

The order of the figures is tested against simulated series without trend, whose autocorrelation is
that of all series of the same level. Of all claimed trends, a known share may be wrong (false
discovery rate). Nothing is claimed where one jump, or a turn, explains more.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.warehouse.statistics import autocorrelation, chance, ranks, shape
from pipelines.warehouse.statistics.change import AnnualChange, annual_change
from pipelines.warehouse.statistics.series import NAMES, JudgedSeries, Named
from schemas import parameters

_FALSE_CLAIMS: Final = parameters.number("false_claims_of_trends")
_SIZES: Final = ("slope", "slope_lower", "slope_upper", *AnnualChange._fields)
_MEASURES: Final = ("tau", "p_value", "q_value", *_SIZES, "rho")
_EXTENT: Final = ("first_period", "last_period", "points", "suppressed", "gaps")
_COLUMNS: Final = (*NAMES, *_EXTENT, *_MEASURES, "jump_period", "turn_period", "trend_verdict")


def trends(every: Named) -> pd.DataFrame:
    """Return one row per series, as in `main.trend`."""
    rows = []
    for names, series in every.items():
        first, last = int(series.years[0]), int(series.years[-1])
        extent = {
            "first_period": str(first),
            "last_period": str(last),
            "points": len(series.years),
            "suppressed": int(np.isnan(series.value).sum()),
            "gaps": last - first + 1 - len(series.years),
        }
        rows.append(dict(zip(NAMES, names, strict=True)) | extent | _size(series))
    found = pd.DataFrame(rows, columns=[*NAMES, *_EXTENT, *_SIZES])
    found = found.join(verdicts(list(every.values())))
    return found[list(_COLUMNS)].astype(dict.fromkeys(_MEASURES, float))


def judged_years(every: Named) -> set[chance.Years]:
    """Return the runs of years for which `verdicts` looks up chance."""
    return {chance.since_first(each.years) for each in every.values() if each.is_judged}


def verdicts(every: Sequence[JudgedSeries]) -> pd.DataFrame:
    """Test the order of the figures of each series, judged among all others.

    Returns:
        A row per series: `tau`, `p_value`, `q_value`, `rho`, `jump_period`, `turn_period`,
        `trend_verdict` (a code of the list of that name).
    """
    found = pd.DataFrame(index=range(len(every)), columns=["tau", "p_value", "rho"], dtype=float)
    for level in (False, True):
        here = [
            place
            for place, series in enumerate(every)
            if series.is_judged and bool(series.is_divided[0]) is level
        ]
        if here:
            found.loc[here] = _orders([every[place] for place in here])
    is_judged = found["p_value"].notna()
    q_value = found["p_value"].copy()
    q_value[is_judged] = stats.false_discovery_control(q_value[is_judged])
    verdict = np.select(
        [~is_judged, q_value > _FALSE_CLAIMS, found["tau"] > 0],
        ["too_few_points", "no_clear_change", "rising"],
        "falling",
    )
    found = found.assign(q_value=q_value, jump_period=None, turn_period=None, trend_verdict=verdict)
    for place in found.index[found["trend_verdict"].isin(["rising", "falling"])]:
        series = every[place]
        other = shape.better_than_steady(series.years, series.lower, series.upper)
        if other:
            found.loc[place, "trend_verdict"] = f"no_verdict_across_{other.kind}"
            found.loc[place, f"{other.kind}_period"] = str(other.year)
    return found


def _orders(level: Sequence[JudgedSeries]) -> np.ndarray:
    """Return tau, the p-value and the autocorrelation of each series of a level."""
    figures = [ranks.comparable(series.value, series.upper) for series in level]
    chances = [chance.distribution(series.years) for series in level]
    rho = autocorrelation.estimated(
        [
            autocorrelation.residuals(series.years, own)
            for series, own in zip(level, figures, strict=True)
        ],
        [by_chance.residuals for by_chance in chances],
    )
    orders = [ranks.mann_kendall(own) for own in figures]
    return np.array(
        [
            (order.tau, by_chance.p_value(order.score, rho), rho)
            for order, by_chance in zip(orders, chances, strict=True)
        ]
    )


def _size(series: JudgedSeries) -> dict[str, float]:
    """Measure the change: Theil and Sen's slope, and percent per inhabitant.

    A size computed from hidden figures would reveal them.
    """
    if not series.is_measured:
        return {}
    line = stats.theilslopes(series.value, series.years)
    slopes = {
        "slope": line.slope, "slope_lower": line.low_slope, "slope_upper": line.high_slope,
    }  # fmt: skip
    return slopes | annual_change(series.line)._asdict()
