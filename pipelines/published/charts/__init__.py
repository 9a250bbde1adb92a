"""Charts: plain data, without any look, that the pages' one builder draws.

Figures, marks and panels of a chart come from here; colours and sizes from the builder in
`site/static`.
"""
