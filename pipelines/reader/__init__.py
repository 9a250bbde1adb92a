"""Tools for reading files: text tables, workbooks, reshaping, labels, suppressed figures.

It knows no publication; a source knows its own and calls this.
"""
