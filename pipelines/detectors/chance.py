"""Whether something is more than chance: sign tests, Holm's rule."""

import numpy as np
from scipy import stats


def greater_half(successes: np.ndarray, failures: np.ndarray) -> np.ndarray:
    """P of at least so many successes if success and failure were equally likely."""
    return stats.binom.sf(successes - 1, successes + failures, 0.5)


def holm(p: np.ndarray, level: float = 0.05) -> np.ndarray:
    """Which hypotheses Holm's rule rejects, so that one false rejection has at most that chance."""
    order = np.argsort(p, kind="stable")
    passed = p[order] * np.arange(len(p), 0, -1) <= level
    rejected = np.zeros(len(p), dtype=bool)
    rejected[order] = np.logical_and.accumulate(passed)
    return rejected
