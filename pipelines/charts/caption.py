"""The words that stand on a figure."""

from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]
"""A Plotly figure: `data`, a list of traces, and `layout`."""


@dataclass(frozen=True)
class Caption:
    """What a chart says in words, plain text in the reader's language.

    Attributes:
        headline: one true sentence.
        subtitle: measure, unit of count, place and period.
        caveat: what the figures are not.
        source: publisher, publication, release and licence.
    """

    headline: str
    subtitle: str
    caveat: str
    source: str


def untitled(figure: Figure) -> Figure:
    """The same figure for a page that prints its titles as text above it.

    What was taken off stands in `layout.meta.titled`: images of the chart are made with it.
    """
    layout = figure["layout"]
    kept = {name: value for name, value in layout.items() if name != "title"}
    shrunk = {
        "margin": layout["margin"] | {"t": _ROOM_ABOVE},
        "height": layout["height"] - layout["margin"]["t"] + _ROOM_ABOVE,
        "meta": {"titled": {name: layout[name] for name in ("title", "margin", "height")}},
    }
    return {"data": figure["data"], "layout": kept | shrunk}


_ROOM_ABOVE = 24
