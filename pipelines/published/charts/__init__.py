"""Charts: `spec(...)` turns the rows of one series into a Plotly figure, as a plain dict.

One file a chart. No I/O, no query, no Plotly: `plotly.graph_objects.Figure(spec)` shows a spec in
a notebook, and the pages carry it as JSON. The rules that every chart obeys are asserted in
tests/published/charts/test_charts.py.
"""
