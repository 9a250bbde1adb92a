"""Ask whether a sudden jump, or a turn, explains a series better than a steady change.

Why not Pettitt's test: docs/decisions/statistics.md.
"""

from typing import Final, Literal, NamedTuple

import numpy as np

from schemas import parameters

_LEAST_YEARS: Final = parameters.whole("least_years_beside_a_turn")


class JumpOrTurn(NamedTuple):
    """A change that explains a series better than a steady one.

    Attributes:
        kind: a jump from one level to another, or a turn from rising to falling or back.
        year: the first year after the jump, or that of the turn.
    """

    kind: Literal["jump", "turn"]
    year: int


def better_than_steady(
    years: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> JumpOrTurn | None:
    """Compare a jump and a turn with a steady change of the logarithms, by least squares.

    A jump has a level and a change, as a line has. A turn, two lines of opposite direction that
    meet, has two numbers more, for which it pays as in Schwarz's criterion (G. Schwarz, Estimating
    the Dimension of a Model, The Annals of Statistics 6 (1978), 461-464).

    Args:
        years: in order, two or more.
        lower: the least that each figure may be.
        upper: the greatest that each may be; a suppressed figure counts as the middle.
    """
    sizes = np.log((lower + upper) / 2 + 0.5)
    line, _ = _fit(sizes, years - years[0])
    if (step := _best_jump(years, sizes, line)) or (step := _best_turn(years, sizes, line)):
        return step
    return None


def _best_jump(years: np.ndarray, sizes: np.ndarray, line: float) -> JumpOrTurn | None:
    left = [_spread(sizes[:place]) + _spread(sizes[place:]) for place in range(1, len(years))]
    best = int(np.argmin(left))
    return JumpOrTurn("jump", int(years[best + 1])) if left[best] < line else None


def _best_turn(years: np.ndarray, sizes: np.ndarray, line: float) -> JumpOrTurn | None:
    best, found = line * len(years) ** (-2 / len(years)), None
    for turn in years[_LEAST_YEARS - 1 : 1 - _LEAST_YEARS]:
        away = years - turn
        left, slopes = _fit(sizes, np.minimum(away, 0), np.maximum(away, 0))
        if left < best and slopes[0] * slopes[1] < 0:
            best, found = left, JumpOrTurn("turn", int(turn))
    return found


def _fit(sizes: np.ndarray, *slopes: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the sum of squares that lines leave, and their slopes."""
    lines = np.column_stack([np.ones(len(sizes)), *slopes])
    found = np.linalg.lstsq(lines, sizes)[0]
    return float(np.square(sizes - lines @ found).sum()), found[1:]


def _spread(sizes: np.ndarray) -> float:
    """Return the sum of squares that one level leaves."""
    return float(np.square(sizes - sizes.mean()).sum())
