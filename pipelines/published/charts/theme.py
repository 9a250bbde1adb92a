"""The look of all charts: layout, axes, colours, and texts made safe and short.

Plotly reads HTML-like tags in any text, so every text goes through `safe`.
"""

import math
import textwrap
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final

from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language

INK: Final = "#1a1a1a"
QUIET_INK: Final = "#4a4a4a"
LINE: Final = "#0b4f8a"
SUPPRESSED: Final = "#a34700"
SUPPRESSED_FILL: Final = "#f7ddcb"
GRID: Final = "#e4e4e4"
PAPER: Final = "#ffffff"
FONT: Final = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

LEFT_EDGE: Final = 1
FOOT_LINE: Final = 16
FOOT_WIDTH: Final = 120
"""Letters in a line of the foot, which fit an image of 800 pixels: Plotly wraps no text.

On a page the foot is text below the chart."""
TITLE_WIDTH: Final = 72
NAME_WIDTH: Final = 41
AXIS_ROOM: Final = 34


def safe(text: str) -> str:
    """Escape a text, so that Plotly prints it as it is, without tags or links."""
    return escape(text, quote=False)


@lru_cache(maxsize=64)
def wrap(text: str, width: int, most: int | None = None) -> tuple[str, ...]:
    """Split a text into lines of at most `width` letters, each escaped.

    Where it needs more lines than `most`, the last line ends in dots.
    """
    lines = textwrap.wrap(text, width, break_on_hyphens=False, max_lines=most, placeholder=" …")
    return tuple(safe(line) for line in lines)


def short(name: str, most: int = NAME_WIDTH) -> str:
    """Shorten a name to a line of a narrow chart; the table beside it has the full name."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def scale(greatest: float, lines: int) -> dict[str, Any]:
    """Return an axis of counts from zero to above the greatest figure, with about `lines` lines."""
    rough = max(greatest / lines, 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough * 0.7)
    return {
        "range": [0, max(greatest * 1.15, step)],
        "tick0": 0,
        "dtick": step,
        "tickformat": ",d",
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": QUIET_INK,
        "zerolinewidth": 1,
        "tickfont": {"size": 12, "color": QUIET_INK},
    }


def year_axis(years: range) -> dict[str, Any]:
    """Return an axis of years that labels the last year.

    It has at most five labels, since a telephone has no room for more.
    """
    step = next(step for step in (1, 2, 3, 4, 5, 10, 20, 50, 100) if len(years) / step <= 5)
    return {
        "range": [years[0] - 0.6, years[-1] + 0.6],
        "tick0": years[-1],
        "dtick": step,
        "tickformat": "d",
        "tickangle": 0,
        "minor": {"dtick": 1, "tick0": years[-1], "ticks": "outside", "ticklen": 3},
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": QUIET_INK,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 12, "color": QUIET_INK},
    }


def layout(caption: Caption, language: Language, plot_height: int, side: int) -> dict[str, Any]:
    """Return the layout that all figures share, without axes and marks.

    `side` is the room in pixels beside the plot: left for the labels of the axis, right for the
    label of the last figure.
    """
    headline = wrap(caption.headline, TITLE_WIDTH)
    subtitle = wrap(caption.subtitle, TITLE_WIDTH + 30)
    above = 30 + 24 * len(headline) + 17 * len(subtitle)
    under = AXIS_ROOM + FOOT_LINE * len(_foot_lines(caption)) + 6
    return {
        # Without a template plotly.py adds its own to a figure in a notebook.
        "template": {},
        "title": {
            "text": "<br>".join(headline),
            "subtitle": {"text": "<br>".join(subtitle), "font": {"size": 13, "color": QUIET_INK}},
            "font": {"size": 20, "color": INK},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            # Plotly puts a title of several lines 14 pixels too high, which would cut the first.
            "pad": {"l": LEFT_EDGE, "t": 18 if len(headline) > 1 else 4},
            "y": 1,
            "yanchor": "top",
            "yref": "container",
        },
        "font": {"family": FONT, "size": 13, "color": INK},
        "separators": language.separators,
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "height": above + plot_height + under,
        "margin": {"l": side, "r": side, "t": above, "b": under},
        "showlegend": False,
        "barmode": "overlay",
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": LINE, "font": {"size": 14, "color": INK}},
    }


def side_room(greatest: Sequence[float], language: Language) -> int:
    """Return the pixels that counts up to the greatest need beside the plot."""
    return room_for(language.number(round(each * 1.15)) for each in greatest)


def room_for(printed: Iterable[str]) -> int:
    """Return the pixels that the longest of the printed figures needs beside the plot."""
    return 14 + 8 * max(map(len, printed))


def at_the_edge(name: str, lines: Sequence[str], side: int, **more: object) -> dict[str, Any]:
    """Return an annotation at the left edge of the figure, `side` pixels beside the plot."""
    return {
        "name": name,
        "text": "<br>".join(lines),
        "font": {"size": 13, "color": INK},
        "align": "left",
        "showarrow": False,
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": LEFT_EDGE - side,
        "yref": "paper",
        **more,
    }


def foot(caption: Caption, side: int) -> dict[str, Any]:
    """Return the annotation with caveat and source, so that they leave a page with the chart."""
    return at_the_edge(
        "source",
        _foot_lines(caption),
        side,
        font={"size": 12, "color": QUIET_INK},
        y=0,
        yanchor="top",
        yshift=-AXIS_ROOM,
    )


def _foot_lines(caption: Caption) -> tuple[str, ...]:
    return wrap(f"{caption.caveat} {caption.source}", FOOT_WIDTH)


def figure(data: list[Figure], layout: dict[str, Any], **more: Any) -> Figure:  # noqa: ANN401
    """Return a figure of traces and a layout; `more` are keys of the layout."""
    return {"data": data, "layout": layout | more}
