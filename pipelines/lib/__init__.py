"""Helpers without any knowledge of statistics: paths, locks, files, terminal, spellings.

Code about figures, sources or publications belongs elsewhere.
"""
