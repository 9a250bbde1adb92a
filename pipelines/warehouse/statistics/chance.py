"""Null distributions of the trend score: simulated series with autocorrelation, without trend.

Normal AR(1) series are drawn over the years of a series, gaps kept, for each autocorrelation of
`autocorrelation.STEPS`. The result depends on these years alone, so it is tabulated: `chance.csv`
has a row for each run of years of the shipped series and each autocorrelation. `make chance`
simulates it again. Runs of years that are not in the table are simulated on demand, from the same
seed, with the same result, in a tenth of a second each.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from scipy import special

from pipelines.warehouse.statistics import autocorrelation
from pipelines.warehouse.statistics.autocorrelation import STEPS, Residuals
from schemas import codelists

DRAWS: Final = 12_500
"""Series drawn for each autocorrelation."""
SPREAD: Final = 0.15
"""Standard deviation of the autocorrelation among the series of a level. To assume one for all
would double the false claims of trends where they differ."""
TABLE: Final = Path(__file__).with_name("chance.csv")

Years = tuple[int, ...]
"""Years since the first, which is 0."""

_COMPARED: Final = 2_000
"""Series of each autocorrelation whose residuals calibrate the estimate."""
_ROUNDING: Final = 1e-9
_SEED: Final = 20_250_414
_COLUMNS: Final = ("years", "rho", "products", "squares", "at_least")


@dataclass(frozen=True)
class Chance:
    """Null distribution of the score over one set of years.

    Attributes:
        years: these years.
        at_least: how many of `DRAWS` series have a score S of this size or more: a row for each
            autocorrelation, a column for each size, 0 or 1 and each 2 more than the one before, up
            to one that none can have.
        residuals: mean residuals from a straight line, for each autocorrelation.
    """

    years: Years
    at_least: np.ndarray
    residuals: Residuals

    def p_value(self, score: float, rho: float) -> float:
        """Return the two-sided probability of a score so far from 0.

        Each simulated series has an autocorrelation of its own, around that of its level; the
        shares of `_shares` weight them, the commonest with all `DRAWS`. The series that is judged
        counts as one of those drawn, so that no probability is 0 (B. V. North, D. Curtis and P. C.
        Sham, A note on the calculation of empirical P values from Monte Carlo procedures, American
        Journal of Human Genetics 71 (2002), 439-441).
        """
        sizes = np.arange(self.at_least.shape[1]) * 2 + _pairs(self.years) % 2
        place = np.searchsorted(sizes[:-1], score - _ROUNDING)
        share = _shares(rho)
        parts = share / share.max()
        as_far, drawn = parts @ self.at_least[:, place], parts @ self.at_least[:, 0]
        return float((1 + as_far) / (1 + drawn))


def distribution(years: np.ndarray) -> Chance:
    """Return the null distribution for such years, wherever they begin."""
    pattern = since_first(years)
    return shipped().get(pattern) or drawn(pattern)


def since_first(years: np.ndarray) -> Years:
    """Return years as distances from the first."""
    return tuple((years - years[0]).tolist())


@cache
def shipped() -> dict[Years, Chance]:
    """Return the null distributions in `chance.csv`, by years."""
    found: dict[Years, list[list[str]]] = {}
    for row in codelists.rows(TABLE):
        pattern = tuple(map(int, row["years"].split()))
        found.setdefault(pattern, []).append([row[name] for name in _COLUMNS[2:]])
    chances = {}
    for pattern, rows in found.items():
        at_least = np.zeros((len(STEPS), _pairs(pattern) // 2 + 2), dtype=int)
        for place, (*_, numbers) in enumerate(rows):
            known = numbers.split()  # counts missing at the end are 0
            at_least[place, : len(known)] = list(map(int, known))
        products, squares = np.array([row[:2] for row in rows], dtype=float).T
        chances[pattern] = Chance(pattern, at_least, Residuals(products, squares))
    return chances


@cache
def drawn(years: Years) -> Chance:
    """Simulate the null distribution for a run of years."""
    at_least, residuals = [], []
    for step, rho in enumerate(STEPS):
        series = _series(years, rho, np.random.default_rng([_SEED, step, *years]))
        at_least.append(_at_least(series))
        left = autocorrelation.residuals(np.array(years), series[:, :_COMPARED])
        residuals.append([round(float(part.mean()), 6) for part in left])
    return Chance(years, np.array(at_least), Residuals(*np.transpose(residuals)))


def write(patterns: Iterable[Years], file: Path) -> None:
    """Simulate the null distributions for some runs of years, and write them as `chance.csv`."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened, lineterminator="\n")
        table.writerow(_COLUMNS)
        for years in sorted(patterns):
            chance = drawn(years)
            for rho, *left, at_least in zip(STEPS, *chance.residuals, chance.at_least, strict=True):
                numbers = " ".join(map(str, at_least[at_least > 0]))
                known = f"{rho:.2f}", *(f"{part:.6f}" for part in left)
                table.writerow([" ".join(map(str, years)), *known, numbers])


def _series(years: Years, rho: float, random: np.random.Generator) -> np.ndarray:
    """Return stationary AR(1) series without trend: one row per year, one column per series."""
    series = random.standard_normal((len(years), DRAWS), dtype=np.float32)
    for place, gap in enumerate(np.diff(years), start=1):
        kept = rho**gap
        series[place] = kept * series[place - 1] + np.sqrt(1 - kept**2) * series[place]
    return series


def _at_least(series: np.ndarray) -> np.ndarray:
    """Count the series with a score of each size, or more."""
    rises = np.zeros(series.shape[1], dtype=np.int32)
    for place, earlier in enumerate(series, start=1):
        rises += np.add.reduce(series[place:] > earlier, axis=0, dtype=np.int32)
    pairs = len(series) * (len(series) - 1) // 2
    sizes = np.bincount(np.abs(2 * rises - pairs) // 2, minlength=pairs // 2 + 2)
    return np.cumsum(sizes[::-1])[::-1]


def _pairs(years: Years) -> int:
    return len(years) * (len(years) - 1) // 2


@cache
def _shares(rho: float) -> np.ndarray:
    """Return the share of series at each of `STEPS`, for a level whose mean is rho."""
    normal = special.ndtri((np.arange(400) + 0.5) / 400)
    own = np.clip(rho + SPREAD * normal, STEPS[0], STEPS[-1])
    distance = np.abs(own[:, np.newaxis] - STEPS) / STEPS[1]
    return np.maximum(0, 1 - distance).mean(axis=0)
