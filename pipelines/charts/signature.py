"""The line under a chart's source that says which edition of the figures it was made from."""

from pipelines.charts._theme import FOOT_LINE, FOOT_WIDTH, wrap
from pipelines.charts.caption import Figure


def signed(figure: Figure, edition: str) -> Figure:
    """The same figure with that line, and room for it."""
    lines = wrap(edition, FOOT_WIDTH)
    layout = figure["layout"]
    room = FOOT_LINE * len(lines)
    notes = [
        note | {"text": "<br>".join([note["text"], *lines])} if note["name"] == "source" else note
        for note in layout["annotations"]
    ]
    margin = layout["margin"] | {"b": layout["margin"]["b"] + room}
    taller = {"annotations": notes, "margin": margin, "height": layout["height"] + room}
    return {"data": figure["data"], "layout": layout | taller}
