"""Versions of what is published: warehouse, pages and extracts together, each whole and immutable.

`data/published/versions/<id>/` holds one, with a manifest of checksums; `data/published/current`
leads to the one that readers see. A run makes the next one in `data/published/next`, which takes
its place in one step once the gate lets it through.
"""
