"""Families of totals: one indicator, one source and one kind of year, for all states.

A chart never mixes two families: sources count in their own ways, and kinds of year do not compare.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import duckdb
import pandas as pd

from pipelines.published.charts.small_multiples import Rate
from pipelines.published.series.series import Series, read_series
from pipelines.published.site.figures import context
from schemas import codelists

TREND_ONLY: Final = "3"
"""The worst level of comparability at which a state's own trend may be drawn."""
ACROSS: Final = "2"
"""The worst level at which states may be compared."""
_READ: Final = (
    "ref_area", "indicator", "year", "value", "lower", "upper", "obs_status", "conf_status",
    "time_basis", "break_reason", "break_year", "previous_release", "previous_value",
    "previous_value_raw", "rule", "is_year_inferred",
)  # fmt: skip
"""The columns that a series is read from."""
_KEYS: Final = ["source", "indicator", "ref_area"]


@dataclass(frozen=True)
class Family:
    """The totals of one indicator, source and kind of year, of all states that have one.

    Attributes:
        indicator: code of the indicator.
        source: id of the source.
        basis: kind of year, a code of the list `time_basis`.
        years: the years from the first to the last of any state.
        series: series of each state over these years.
        levels: worst level of comparability of each state.
        reasons: reasons for the level of each state, codes of the list `comparability_reason`.
        figures: number of totals by level.
        rates: rates per 100,000 residents by state and year.
        is_sum: whether the totals are our sums.
        frame: the published rows of the totals.
        rate_frame: the published rows of the rates.
    """

    indicator: str
    source: str
    basis: str
    years: range
    series: dict[str, Series]
    levels: dict[str, str]
    reasons: dict[str, list[str]]
    figures: dict[str, int]
    rates: dict[str, dict[int, Rate]]
    is_sum: bool
    frame: pd.DataFrame
    rate_frame: pd.DataFrame

    @property
    def anchor(self) -> str:
        """Its id in links, the same in each language."""
        return "-".join([self.source, *([] if self.basis == "CY" else [self.basis])]).lower()

    def known(self) -> list[str]:
        """Return the states with a figure, suppressed ones included."""
        return [area for area, each in self.series.items() if each.latest]

    def drawn(self, worst: str) -> list[str]:
        """Return the states with a figure that are comparable at the level `worst` or better."""
        return [area for area in self.known() if "" < self.levels.get(area, "") <= worst]

    def against(self, area: str, worst: str) -> list[str]:
        """Return the reasons why a state is not drawn, codes of the list `comparability_reason`."""
        levels = _level_of_reason()
        return [code for code in self.reasons.get(area, []) if levels[code] > worst]


def read_families(connection: duckdb.DuckDBPyConnection) -> list[Family]:
    """Return every family of totals, by indicator, source and kind of year."""
    rows = _rows(connection)
    levels = _by_family(context.query(connection, "comparable"))
    rates = _by_family(context.query(connection, "rate_of_total"))
    none = pd.DataFrame()
    return [
        _family(key, own, levels.get(key, none), rates.get(key, none))
        for key, own in _by_family(rows).items()
    ]


def _by_family(rows: pd.DataFrame) -> dict[tuple[str, ...], pd.DataFrame]:
    grouped = rows.groupby(["indicator", "source", "time_basis"])
    return {tuple(map(str, key)): own for key, own in grouped}


def _rows(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return all totals as rows of sql/figure.sql; those without a kind of year get the first."""
    sums = context.query(connection, "national_sum")
    whole = sums[sums["is_whole"] & sums["value"].notna()].assign(is_sum=True)
    printed = [context.query(connection, name) for name in ("figure", "repatriated")]
    rows = pd.concat([*printed, whole], ignore_index=True)
    rows = rows.sort_values([*_KEYS, "time_basis", "year"])
    listed = codelists.load("indicator")
    flags = listed.loc[listed["unit_measure"] == "BOOL", "code"]
    rows = rows[rows["ref_area"].isin(codelists.oas_states()) & ~rows["indicator"].isin(flags)]
    basis = rows["time_basis"]
    for keys in (_KEYS, _KEYS[:2]):
        basis = basis.fillna(rows.groupby(keys)["time_basis"].transform("first"))
    return rows.assign(time_basis=basis.fillna("CY"))


def _family(
    key: tuple[str, ...],
    rows: pd.DataFrame,
    levels: pd.DataFrame,
    rates: pd.DataFrame,
) -> Family:
    indicator, source, basis = key
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    states = set(rows["ref_area"])
    own = [row for row in levels.to_dict("records") if row["ref_area"] in states]
    return Family(
        indicator=indicator,
        source=source,
        basis=basis,
        years=years,
        series={
            str(area): read_series(of_area, [indicator], years)[0]
            # Plain objects: Arrow's strings take several times as long to read one by one.
            for area, of_area in rows[list(_READ)].astype(object).groupby("ref_area")
        },
        # A state's levels come in ascending order, so the worst is the one that stays.
        levels={row["ref_area"]: row["comparability"] for row in own},
        reasons={row["ref_area"]: _codes(row["comparability_reason"]) for row in own},
        figures=_counted((row["comparability"], int(row["figures"])) for row in own),
        rates={} if rates.empty else _rates(rates),
        is_sum=bool(rows["is_sum"].eq(True).any()),
        frame=rows,
        rate_frame=rates,
    )


def _codes(joined: object) -> list[str]:
    return joined.split(";") if isinstance(joined, str) and joined else []


def _counted(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the sums by level, best level first."""
    found: dict[str, int] = {}
    for level, count in sorted(pairs):
        found[level] = found.get(level, 0) + count
    return found


def _rates(rows: pd.DataFrame) -> dict[str, dict[int, Rate]]:
    limits = ("value", "dispersed_lower", "dispersed_upper")
    columns = [rows[name].tolist() for name in ("ref_area", "year", *limits)]
    found: dict[str, dict[int, Rate]] = {}
    for area, year, *rate in zip(*columns, strict=True):
        found.setdefault(area, {})[year] = Rate(*rate)
    return found


@cache
def _level_of_reason() -> dict[str, str]:
    """Return the level that each reason sets, by code."""
    listed = codelists.load("comparability_reason")
    return dict(zip(listed["code"], listed["comparability"], strict=True))
