"""The look of the explorer's chart, which stands once in its page: template, layout, looks.

What the traces of one meaning share is here, by their `meta`; a trace of `explorer.py` has only its
figures, and what differs.
"""

from collections.abc import Mapping
from typing import Any, Final

from pipelines.published.charts.drawing import FONT, PALETTE, TEMPLATE, as_tokens

Look = dict[str, Any]
"""Properties of a trace of Plotly."""


def lines(colour: str) -> dict[str, Look]:
    """Return the looks of exact figures in a colour of the palette."""
    paint = PALETTE[colour]
    return {
        "observed": {"mode": "lines+markers", "marker": {"color": paint}},
        "uncertain": {
            "mode": "markers",
            "marker": {"color": PALETTE["paper"], "line": {"color": paint, "width": 2}},
        },
        "dashed": {
            "mode": "lines",
            "line": {"color": paint, "dash": "dash"},
            "hoverinfo": "skip",
        },
    }


_LABEL: Final = {
    "mode": "markers+text",
    "marker": {"size": 14, "opacity": 0},
    "hoverinfo": "skip",
}
"""A text at a point: its mark, which is not seen, keeps it off the mark of the figure."""

LOOKS: Final[Mapping[str, Look]] = lines("accent") | {
    "suppressed": {
        "type": "bar",
        "marker": {"color": PALETTE["paper"], "line": {"color": PALETTE["warm"], "width": 1.5}},
        "textfont": {"color": PALETTE["warm"], "size": 12},
    },
    "no_rate": {
        "mode": "text",
        "text": "×",
        "textposition": "top center",
        "textfont": {"color": PALETTE["grey"], "size": 14},
        "hoverinfo": "skip",
    },
    "last": _LABEL
    | {
        "texttemplate": "<b>%{y:,~r}</b>",
        "textposition": "middle right",
        "textfont": {"color": PALETTE["accent"], "size": 16},
    },
    "highest": _LABEL
    | {
        "texttemplate": "%{y:,~r}",
        "textposition": "top center",
        "textfont": {"color": PALETTE["ink"], "size": 13},
    },
}
"""The looks by meaning."""

_SYMBOLS: Final = ("circle", "square", "triangle-up", "diamond")
"""Symbols of the lines of a panel, in order; their colours are those of the template."""

_INTERVAL: Final = {
    "type": "data",
    "symmetric": False,
    "color": PALETTE["earlier"],
    "thickness": 1.5,
    "width": 0,
}
_SCATTER: Final = {
    "cliponaxis": False,
    "hoverinfo": "text",
    "line": {"width": 2.4},
    "marker": {"size": 9},
    "error_y": _INTERVAL,
}
_BAR: Final = {
    "cliponaxis": False,
    "hoverinfo": "text",
    "width": 0.5,
    "textposition": "outside",
    "textangle": 0,
}
_TITLE: Final = {
    "x": 0,
    "y": 1,
    "xanchor": "left",
    "yanchor": "bottom",
    "yshift": 5,
    "align": "left",
    "font": {"color": PALETTE["ink"], "size": 14},
}
_REASON: Final = {"yanchor": "top", "font": {"color": PALETTE["warm"], "size": 13}}
_RULE: Final = {
    "type": "line",
    "y0": 0,
    "y1": 1,
    "line": {"color": PALETTE["warm"], "width": 1.5, "dash": "dot"},
}


def layout() -> dict[str, Any]:
    """Return what the browser lays around the traces, colours as names of the style sheet.

    - `template`: the look of all charts, with what all traces share here;
    - `looks`: the properties of the traces of each meaning;
    - `layout`: the layout of a chart before its panels are placed;
    - `title`, `reason`: annotations with the name of a panel and with the reason of a break;
    - `break`: the line before the year of a break;
    - `slots`: colour and symbol of each line of a panel;
    - `palette`: the colours by name, for images and where a style sheet lacks one.
    """
    of_all = TEMPLATE["layout"]
    ticks = {"ticks": "outside", "ticklen": 4, "tickcolor": PALETTE["edge"]}
    label = {"bgcolor": PALETTE["ink"], "font": {"color": PALETTE["paper"], "family": FONT}}
    colours = zip(of_all["colorway"], _SYMBOLS, strict=True)
    look = {
        "template": {
            "layout": of_all | {"xaxis": of_all["xaxis"] | ticks},
            "data": {"scatter": [_SCATTER], "bar": [_BAR]},
        },
        "looks": LOOKS,
        "layout": {"grid": {"pattern": "independent"}, "hoverlabel": label},
        "title": _TITLE,
        "reason": _REASON,
        "break": _RULE,
        "slots": [{"color": colour, "symbol": symbol} for colour, symbol in colours],
    }
    palette = {f"--{name}": colour for name, colour in PALETTE.items()}
    return as_tokens(look) | {"palette": palette}
