"""Versions, extracts, pages, charts and images, and how a figure is recalled.

All of it is made from the warehouse. Nothing here reads raw or harmonised files.
"""
