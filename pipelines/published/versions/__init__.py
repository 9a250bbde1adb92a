"""Published versions: warehouse, pages and extracts together, each complete and immutable.

`data/published/versions/<id>/` has one, with a manifest of checksums; `data/published/current` is a
link to the version that readers see. A run makes the next one in `data/published/next`, and
publishes it in one step once it passes the gate.
"""
