"""What SQL cannot work out of the figures: limits of a count, changes of a series.

Here are functions from frames to frames, or of a few numbers; they know no database. SciPy and
statsmodels have the methods. Importing them takes longer than most verbs, so that only a build of
the warehouse does.
"""
