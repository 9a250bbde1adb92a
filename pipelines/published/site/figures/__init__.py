"""The figures of pages: a chart, its table, its notes and the files to download, of many states.

A module reads what it needs of the warehouse once, and makes the figures of a state or a page of
it. Where a figure stands is said in `pages`; the sentences about it are in `wording`.
"""
