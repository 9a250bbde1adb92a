"""Versions, extracts, pages, charts and images, and the recall of figures.

`series` has the rule of what may be shown of a figure, `i18n` the texts of each language. All
outputs are made from the warehouse; only recalls touch raw files.
"""
