"""Statistics that SQL cannot compute: limits of a count, changes of a series.

Functions from frames to frames, or of a few numbers; they know no database. The methods are those
of SciPy and statsmodels, which only a build of the warehouse imports: importing them takes longer
than most commands.
"""
