"""Helpers without any knowledge of statistics: paths, locks, files, terminal, spellings.

Code that knows what a figure, a source or a publication is belongs elsewhere.
"""
