"""Statistics that SQL cannot compute: limits of a count, changes of a series.

Functions from frames to frames, or of a few numbers; they know no database. The methods are those
of SciPy and statsmodels, which only a build of the warehouse imports: importing them takes longer
than most commands.
"""

from typing import Final

LEAST_POINTS: Final = 8
"""Years with a figure below which there is no verdict on a trend. Seven in perfect order are still
too likely by chance among a hundred series judged together, whose years resemble those before."""

CLEAR: Final = 0.05
"""Greatest share of false claims among all claims, in the long run (Y. Benjamini and Y. Hochberg,
Controlling the false discovery rate, Journal of the Royal Statistical Society B 57 (1995),
289-300)."""
