"""Versions, extracts, pages, charts and images, and the recall of figures.

All outputs are made from the warehouse, with the texts of `pipelines.words`; only recalls touch raw
files.
"""
