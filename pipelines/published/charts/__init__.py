"""Charts: `spec(...)` turns the rows of a figure into a Plotly figure, a plain dict.

One module per kind of chart. None reads files, queries or imports Plotly: a notebook shows a spec
with `plotly.graph_objects.Figure(spec)`, and the pages hold it as JSON. The rules that every chart
obeys are in tests/published/charts/test_charts.py.
"""
