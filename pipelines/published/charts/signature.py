"""The foot of a chart: caveat, source, and the edition of its figures."""

from pipelines.published.charts.caption import Figure
from pipelines.published.charts.theme import FOOT_LINE, FOOT_WIDTH, wrap


def signed(figure: Figure, edition: str) -> Figure:
    """Return the figure with a line that names the edition, and room for it."""
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


def foot(figure: Figure) -> str:
    """Return the foot in one line, escaped like every text of a figure, for below the chart."""
    [note] = [note for note in figure["layout"]["annotations"] if note["name"] == "source"]
    return str(note["text"]).replace("<br>", " ")
