"""Tools for reading files: text tables, workbooks, reshaping, labels, suppressed figures.

Nothing here knows a particular publication; sources call these tools.
"""
