"""Helpers that know nothing of statistics: paths, lock, terminal, spellings, spreadsheet cells.

What knows a figure, a source or a publication belongs elsewhere.
"""
