"""What machines find the figures by: catalogue, reference metadata, list of pages.

No module here computes a figure, and none writes a file: extracts and site do.
"""
