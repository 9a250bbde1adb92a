"""What SQL cannot work out of the figures: limits of a count, changes of a series.

Here are functions from frames to frames, or of a few numbers; they know no database. SciPy and
statsmodels have the methods. Importing them takes longer than most verbs, so that only a build of
the warehouse does.
"""

from typing import Final

LEAST_POINTS: Final = 8
"""Years with a figure below which nothing is said of a trend. Seven in perfect order are still too
likely by chance, among a hundred series that are judged together and remember the year before."""
