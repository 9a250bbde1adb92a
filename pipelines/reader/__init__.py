"""Tools for reading files: text tables, workbooks, reshaping, labels, suppressed figures.

Sources call these tools; nothing here is about a particular publication.
"""
