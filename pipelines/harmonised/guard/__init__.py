"""The guard: compare a release with the current figures of its source, and name what looks wrong.

A release can have the right form and still be false: months multiplied by ten, a category lost,
women and men exchanged, the file of another year. Such a release waits until a person has reviewed
it. The thresholds let the real releases pass: of the 7,868 figures that both releases of UNODC
have, 7 % differ, at most 25 % in a state, year or column, and no year's sum differs by a third.
"""

from pipelines.harmonised.guard.pairs import stacked
from pipelines.harmonised.guard.release import Comparison, compare, is_partial

__all__ = ["Comparison", "compare", "is_partial", "stacked"]
