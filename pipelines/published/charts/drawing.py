"""What all charts share: one palette, one template, and one way to put a figure together.

A figure has no look of its own: its colours are those of `PALETTE` and all else is in `TEMPLATE`.
`as_tokens` replaces the colours by their names, which a page fills in from its style sheet, so that
one figure serves light, dark and paper. A notebook shows the figure as it is.

Pages take a figure as it is written here: Plotly would check each of its properties, which costs
more than all else of a page. `checked` does so for notebooks, and for the tests of all charts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
import plotly.graph_objects as go

from pipelines.published.charts.table import Table
from pipelines.words.language import Language

PALETTE: Final = {
    "ink": "#17212b",
    "grey": "#55606c",
    "grid": "#e4e8ec",
    "edge": "#8c97a2",
    "paper": "#ffffff",
    "accent": "#0f4c81",
    "warm": "#a64b00",
    "band": "#c9d6e3",
    "earlier": "#6f8496",
}
"""Colours by the name of their custom property in the style sheet.

Text and lines stand out from paper by 4.5:1, marks by 3:1; `grid` and `band` alone mean nothing.
"""

FONT: Final = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
LEFT: Final = 152
"""Pixels for the longest name of a state, in bold."""

_AXIS: Final = {
    "showgrid": False,
    "zeroline": False,
    "fixedrange": True,
    "linecolor": PALETTE["edge"],
    "tickfont": {"size": 13},
    "ticklabelstandoff": 4,
    "automargin": False,
}
TEMPLATE: Final[dict[str, Any]] = {
    "layout": {
        "font": {"family": FONT, "size": 13, "color": PALETTE["grey"]},
        "paper_bgcolor": PALETTE["paper"],
        "plot_bgcolor": PALETTE["paper"],
        "colorway": [PALETTE["accent"], PALETTE["warm"], PALETTE["ink"], PALETTE["earlier"]],
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "barmode": "overlay",
        "margin": {"l": 48, "r": 60, "t": 18, "b": 26},
        "xaxis": _AXIS,
        "yaxis": _AXIS
        | {
            "showgrid": True,
            "gridcolor": PALETTE["grid"],
            "rangemode": "tozero",
            "zeroline": True,
            "zerolinecolor": PALETTE["edge"],
            "nticks": 5,
            "tickformat": ",~f",
        },
        "annotationdefaults": {"showarrow": False, "font": {"size": 13}},
    }
}
"""The look of every chart."""

Figure = dict[str, Any]
"""What Plotly draws, as its JSON: `data` and `layout`, without the template."""


@dataclass(frozen=True)
class Chart:
    """A chart with what readers need who do not see it.

    Attributes:
        figure: what Plotly draws; None where the page itself draws the table.
        table: the same figures as a table.
        key: the marks that it has, each with its meaning: pairs of a sign and a text.
        native: how a spreadsheet draws it: `line`, each column with numbers over the years; `bar`,
            the first column with numbers; "" for not at all.
        narrow: the figure for a phone, where it needs another form; None if it is the same.
        unit: what it shows: measure, unit and years.
        values: what is filled into the texts of its block where it stands by its declaration.
    """

    figure: Figure | None
    table: Table
    key: Sequence[tuple[str, str]] = ()
    native: str = ""
    narrow: Figure | None = None
    unit: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Sheet:
    """The parts of a figure, in lists."""

    language: Language
    data: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)

    def scatter(self, **trace: Any) -> None:  # noqa: ANN401  # properties of Plotly
        """Add lines or marks."""
        self.data.append({"type": "scatter", "cliponaxis": False} | trace)

    def bar(self, **trace: Any) -> None:  # noqa: ANN401
        """Add bars."""
        self.data.append({"type": "bar", "cliponaxis": False} | trace)

    def shape(self, **shape: Any) -> None:  # noqa: ANN401
        """Add a line or a rectangle."""
        self.shapes.append(shape)

    def text(self, x: object, y: object, text: str, colour: str = "ink", **more: Any) -> None:  # noqa: ANN401
        """Add a text at a point, in a colour of the palette."""
        font = {"color": PALETTE[colour]}
        self.annotations.append({"x": x, "y": y, "text": text, "font": font} | more)

    def figure(self) -> Figure:
        """Return the figure, in whose texts no name makes a link or a style."""
        signs = f"{self.language.decimal}{self.language.thousands}"
        parts = {"shapes": self.shapes, "annotations": self.annotations, "separators": signs}
        return {
            "data": _without_markup(self.data),
            "layout": _without_markup(self.layout | parts),
        }


def shortened(name: str, longest: int) -> str:
    """Return a name in so many letters at most, to stand in a chart; its table has it whole."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def checked(figure: Figure) -> go.Figure:
    """Return a figure as Plotly's own, with the template.

    Raises:
        ValueError: Plotly does not know one of its properties.
    """
    return go.Figure(figure["data"], {"template": TEMPLATE} | figure["layout"])


_MARKUP: Final = re.compile(r"<(?!/?(?:b|br|extra)>)")
"""Begins markup that Plotly would follow; bold type and new lines are ours."""


def _without_markup(part: Any) -> Any:  # noqa: ANN401  # JSON
    """Return a part of a figure in whose texts names stay text."""
    if isinstance(part, str):
        return _MARKUP.sub("&lt;", part)
    if isinstance(part, dict):
        return {name: _without_markup(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_without_markup(each) for each in part]
    return part


def as_tokens(part: Any) -> Any:  # noqa: ANN401  # JSON
    """Return figures, or parts of them, as JSON whose colours are names: `--accent`."""
    text = orjson.dumps(part)
    for name, colour in PALETTE.items():
        text = text.replace(f'"{colour}"'.encode(), f'"--{name}"'.encode())
    return orjson.loads(text)
