"""The guard: compare a release with the figures that stand before it, and say what looks wrong.

A release can have the right form and still be false: months times ten, a category lost, women and
men exchanged, the file of another year. Such a release waits until a person has looked at it. The
thresholds let the real releases pass: of the 7,868 figures that both of UNODC's have, 7 % differ,
at most 25 % in a state, a year or a column, and no year's sum by a third.
"""

from pipelines.harmonised.guard.release import beside, doubts, is_partial

__all__ = ["beside", "doubts", "is_partial"]
