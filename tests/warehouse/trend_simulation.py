"""Collections of series like the shipped ones, of which is known which rise and which fall."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import special, stats

from pipelines.warehouse.statistics import ranks, trend
from pipelines.warehouse.statistics.series import JudgedSeries
from schemas import parameters

FAMILY: Final = pd.read_csv(Path(__file__).parents[1] / "fixtures" / "trend_family.csv")
"""The years and the mean of each shipped series that is judged, whether its source hides figures
under 5, and whether it is one of subdivisions. It is kept, so that the seeds stay good when figures
change."""
GREATEST_VARIATION: Final = 0.6
"""Standard deviation by mean, of the counts of one year."""
TRENDS: Final = 0.2
"""Share of the series that rise or fall, by 8 to 25 % a year."""

Likeness = Callable[[np.random.Generator], np.ndarray]
"""Likeness of neighbouring years, for each series of the family."""
Claims = Callable[[list[JudgedSeries]], np.ndarray]
"""1 for each series that is called rising, -1 for each that is called falling, else 0."""


@dataclass(frozen=True)
class Collection:
    """Series of one draw.

    Attributes:
        series: the series.
        slope: by how much the logarithm of the mean changes a year; 0 without trend.
        is_step: whether the mean jumps once.
    """

    series: list[JudgedSeries]
    slope: np.ndarray
    is_step: np.ndarray


def alike(rho: float) -> Likeness:
    """All series are as alike."""
    return lambda _: np.full(len(FAMILY), rho)


def as_the_shipped(random: np.random.Generator) -> np.ndarray:
    """Series differ as much as the shipped ones, as far as that can be estimated."""
    of_states = random.normal(0.46, 0.19, len(FAMILY))
    of_subdivisions = random.normal(0.13, 0.20, len(FAMILY))
    return np.clip(np.where(FAMILY["is_divided"], of_subdivisions, of_states), 0, 0.95)


def collections(
    number: int, seed: int, likeness: Likeness, dispersion: float, steps: float = 0
) -> Iterator[Collection]:
    """So many draws; `steps` is the share of series without trend that jump once."""
    random = np.random.default_rng(seed)
    for _ in range(number):
        kind = random.random(len(FAMILY))
        is_step = (kind >= TRENDS) & (kind < TRENDS + steps)
        sign = random.choice([-1, 1], len(FAMILY))
        slope = np.where(kind < TRENDS, sign * np.log1p(random.uniform(0.08, 0.25, len(FAMILY))), 0)
        jump = np.where(is_step, sign * np.log(random.uniform(2.5, 6, len(FAMILY))), 0)
        rho = likeness(random)
        drawn = [
            _series(random, row, slope[place], jump[place], rho[place], dispersion)
            for place, row in enumerate(FAMILY.itertuples())
        ]
        yield Collection(drawn, slope, is_step)


def _series(
    random: np.random.Generator, like: tuple, slope: float, jump: float, rho: float, spread: float
) -> JudgedSeries:
    """Draw counts about a mean that moves, as the source would print them."""
    years = np.array(like.years.split(), dtype=int)
    size = slope * (years - years.mean())
    size += jump * (
        np.arange(len(years)) >= random.integers(len(years) / 3, 2 * len(years) / 3 + 1)
    )
    counts = over_dispersed(
        _normal(random, years, rho), like.level * np.exp(size - jump / 2), spread
    )
    is_hidden = (counts < 5) & like.hides
    return JudgedSeries(
        years=years,
        value=np.where(is_hidden, np.nan, counts),
        lower=np.where(is_hidden, 0, counts),
        upper=np.where(is_hidden, 4, counts),
        persons=np.full(len(years), np.nan),
        is_divided=np.full(len(years), like.is_divided),
    )


def _normal(random: np.random.Generator, years: np.ndarray, rho: float) -> np.ndarray:
    """A stationary AR(1) process, year by year, of which the years are kept."""
    every = random.standard_normal(years[-1] - years[0] + 1)
    for place in range(1, len(every)):
        every[place] = rho * every[place - 1] + np.sqrt(1 - rho**2) * every[place]
    return every[years - years[0]]


def over_dispersed(normal: np.ndarray, mean: np.ndarray, dispersion: float) -> np.ndarray:
    """Negative binomial counts at the quantiles of normal numbers; variance by mean is given."""
    chance = special.ndtr(normal)
    spread = np.minimum(dispersion, GREATEST_VARIATION**2 * mean)
    is_poisson = spread <= 1
    size = np.where(is_poisson, 1, mean / (np.where(is_poisson, 2, spread) - 1))
    return np.where(
        is_poisson,
        stats.poisson.ppf(chance, mean),
        stats.nbinom.ppf(chance, size, 1 / np.where(is_poisson, 2, spread)),
    )


class Errors(NamedTuple):
    """Error rates of a method, on average over collections.

    Attributes:
        false: share of false claims among those on series that do not jump.
        found: share of the trends that are claimed.
        jumps: share of the jumps that are claimed as trends.
    """

    false: float
    found: float
    jumps: float


def errors(drawn: Iterable[Collection], claims: Claims) -> Errors:
    """Measure how often claims are false, and how often trends are found."""
    counted = []
    for each in drawn:
        claimed = claims(each.series)
        is_trend, is_right = each.slope != 0, claimed == np.sign(each.slope)
        made = (claimed != 0) & ~each.is_step
        false = (made & ~is_right).sum() / max(1, made.sum())
        found = (is_trend & is_right).sum()
        jumps = (each.is_step & (claimed != 0)).sum()
        counted.append((false, found, is_trend.sum(), jumps, each.is_step.sum()))
    false, found, of_trends, jumps, of_steps = np.mean(counted, axis=0)
    return Errors(false, found / of_trends, jumps / of_steps if of_steps else 0.0)


def claims_of_tipstat(series: list[JudgedSeries]) -> np.ndarray:
    """1 for each series that the pipeline calls rising, -1 for each that it calls falling."""
    verdict = trend.verdicts(series)["trend_verdict"]
    return (verdict == "rising").to_numpy(int) - (verdict == "falling").to_numpy(int)


def claims_of_kendall(series: list[JudgedSeries]) -> np.ndarray:
    """The same by Mann and Kendall's test, which assumes that years are independent: a control."""
    tested = [
        stats.kendalltau(each.years, ranks.comparable(each.value, each.upper)) for each in series
    ]
    tau, p_value = np.nan_to_num(np.transpose(tested), nan=[[0], [1]])
    return np.where(
        stats.false_discovery_control(p_value) <= parameters.number("false_claims_of_trends"),
        np.sign(tau),
        0,
    )
