"""The foot of a chart: what it is not, its source, the edition of the figures it was made from."""

from pipelines.published.charts._theme import FOOT_LINE, FOOT_WIDTH, wrap
from pipelines.published.charts.caption import Figure


def signed(figure: Figure, edition: str) -> Figure:
    """The same figure with a line that says which edition it is of, and room for it."""
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
    """The foot in one line, safe as every text of a figure: the page prints it below the chart."""
    [note] = [note for note in figure["layout"]["annotations"] if note["name"] == "source"]
    return str(note["text"]).replace("<br>", " ")
