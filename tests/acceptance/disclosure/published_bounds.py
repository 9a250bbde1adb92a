"""Bounds of single figures that follow from what published views say of several.

A sum is the total of its parts, extremes bound every figure of their series, an unknown share gives
the unknown, and of a trend those figures remain possible that have it.
"""

from itertools import product
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats
from statements import Connection, read

from schemas.figure import PLUS

MANY: Final = 3
"""Suppressed figures of a series for which the attacker tries all values: 125 series."""

_SERIES: Final = ["source", "ref_area", "indicator", "time_basis"]
_UNKNOWN: Final = ("sex", "age")


def sums(connection: Connection) -> pd.DataFrame:
    """Sums of subdivisions and months, as totals that their source might have printed."""
    newest = read(connection, "main.release").query("is_newest")[["source", "release"]]
    names = {"country": "ref_area", "year": "time_period"}
    summed = read(connection, "published.national_sum").astype({"year": str})
    return summed.merge(newest).rename(columns=names)


def extremes(connection: Connection) -> pd.DataFrame:
    """The least and the greatest figure of a series, as if suppressed ones were among them.

    Not an extreme that an exact figure of the series is, and not for sums of which a row is
    suppressed: these are greater than some exact figures anyway.
    """
    hidden = _hidden(connection)
    hidden = hidden[~hidden["value_raw"].str.contains(PLUS, regex=False)]
    exact = (
        "select source, ref_area, indicator, freq, time_basis, sex, age, exploitation, "
        "citizenship, counterpart_role, counterpart_area, breakdown, list(value) as exact "
        "from published.observation group by all"
    )
    bounds = ", ".join(
        f"case when not list_contains(exact, {name}) then {name} end as {bound}"
        for name, bound in {"least": "lower", "greatest": "upper"}.items()
    )
    series = read(
        connection,
        f"published.series natural join ({exact})",
        f"* exclude (exact, least, greatest, comparability), {bounds}",
    )
    return hidden.merge(series)


def unknown(connection: Connection) -> pd.DataFrame:
    """Persons of unknown sex or age, as if they were those of a suppressed cell."""
    unknowns = read(connection, "harmonised.sex_age_known").rename(columns={"year": "time_period"})
    place = ["source", "country", "indicator", "time_period"]
    hidden = {
        name: _hidden_unknown(connection, name).merge(unknowns, on=place) for name in _UNKNOWN
    }
    return pd.concat([rows.assign(value=rows[f"{name}_unknown"]) for name, rows in hidden.items()])


def unknown_shares(connection: Connection) -> pd.DataFrame:
    """The same, as the greatest share of a state's totals."""
    total = read(connection, "published.headline")
    total = total[["source", "ref_area", "indicator", "time_period", "value"]]
    need = read(connection, "published.need").explode("periods")
    need = need.rename(columns={"periods": "time_period"}).drop(columns=["sources"])
    hidden = pd.concat([_hidden_unknown(connection, name) for name in _UNKNOWN])
    shared = hidden.merge(total).merge(need, on=["ref_area", "indicator", "time_period"])
    return shared.assign(value=np.nan, lower=0.0, upper=shared["unknown_share"] * shared["value"])


def trends(connection: Connection) -> pd.DataFrame:
    """Suppressed figures with which their series would have its trend."""
    points = read(connection, "published.headline").sort_values("year")
    rows = read(connection, "published.trend").query(f"0 < suppressed <= {MANY}")
    possible_figures = [points.head(0)]
    for trend in rows.itertuples():
        is_here = (points[_SERIES] == [getattr(trend, name) for name in _SERIES]).all(axis=1)
        is_within = points["time_period"].between(trend.first_period, trend.last_period)
        series = points[is_here & is_within & points["upper"].notna()]
        hidden = series[series["lower"] < series["upper"]]
        if hidden.empty:
            continue
        possible = _possible(series, trend.tau, trend.slope)
        if len(possible):
            possible_figures.append(
                hidden.assign(lower=possible.min(axis=0), upper=possible.max(axis=0))
            )
    return pd.concat(possible_figures)


def _possible(series: pd.DataFrame, tau: float, slope: float) -> np.ndarray:
    """One row per choice of the suppressed figures that has the trend; none if the print has it.

    The print has it if no slope is published, and all that may be as small as a suppressed figure
    are tied (Helsel 2012).
    """
    years, value = series["year"].to_numpy(), series["value"].to_numpy()
    is_hidden = (series["lower"] < series["upper"]).to_numpy()
    least, bounds = (series[name].to_numpy()[is_hidden] for name in ("lower", "upper"))
    tied = np.where(is_hidden | (value <= bounds.max()), bounds.max(), value)
    if np.isnan(slope) and (np.isnan(tau) or np.isclose(tau, _tau(tied))):
        return np.empty((0, len(bounds)))
    choices = np.array(list(product(*map(range, least.astype(int), bounds.astype(int) + 1))))
    has_it = []
    for choice in choices:
        filled = value.copy()
        filled[is_hidden] = choice
        has_slope = np.isnan(slope) or np.isclose(stats.theilslopes(filled, years).slope, slope)
        has_it.append(has_slope and (np.isnan(tau) or np.isclose(_tau(filled), tau)))
    return choices[has_it]


def _tau(figures: np.ndarray) -> float:
    return stats.kendalltau(np.arange(len(figures)), figures).statistic


def _hidden(connection: Connection) -> pd.DataFrame:
    """Suppressed figures, without what is printed of them."""
    where = "value is null and lower is not null"
    return read(
        connection, f"published.observation where {where}", "* exclude (value, lower, upper)"
    )


def _hidden_unknown(connection: Connection, dimension: str) -> pd.DataFrame:
    """Suppressed figures of persons whose sex, or whose age, is unknown, of all forms."""
    hidden = _hidden(connection)
    is_total = hidden[["exploitation", "citizenship", "breakdown"]].eq("_T").all(axis=1)
    return hidden[is_total & (hidden[dimension] == "_U")]


BY_MANY: Final = {
    "national_sum": (sums,),
    "series": (extremes,),
    "need": (unknown, unknown_shares),
    "trend": (trends,),
}
"""How bounds of single figures follow from each view."""
