"""The guard: compare a release with the current figures of its source, and name what looks wrong.

A release can have the right form and still be false: months multiplied by ten, a category lost,
women and men exchanged, the file of another year. Such a release waits until a person has reviewed
it. What is usual is learnt from the source's own current figures at the moment of the test: each
family of tests states the chance of what it found if the release is true, which is wide by itself
where history is short (`doubt.SHARES`). Nothing is stored.

`compare` gives the doubts. A person who takes a file in reads the proof sheet beside them, since a
false figure within a source's usual steps looks like a true one. Where nobody does, a release waits
as well if the profile would notice only large errors.
"""

from pipelines.harmonised.guard.doubt import Doubt, table
from pipelines.harmonised.guard.pairs import stacked
from pipelines.harmonised.guard.release import Comparison, compare, is_partial

__all__ = ["Comparison", "Doubt", "compare", "is_partial", "stacked", "table"]
