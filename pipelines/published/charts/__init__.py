"""Charts: plain data, without any look, that the pages' one builder draws.

A chart's figures, marks and panels are decided here; colours and sizes are those of the builder in
`site/static`.
"""
