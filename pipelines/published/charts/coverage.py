"""Coverage of one indicator: the status of each state and year, never the size of a figure.

A cell has a colour for the kind of status and a sign for the status itself, so that no meaning
depends on colour. States are in the order given, which is alphabetical: none is ranked.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pipelines.published.charts import theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language

SIGN: Final = {
    "reported": "●",
    "suppressed": "<",
    "partial": "◐",
    "withheld": "!",
    "withdrawn": "↩",
    "missing": "∅",
    "gap": "○",
    "late": "…",
    "ended": "×",
    "not_yet": "·",
    "never": "–",
}
"""The sign of each code of the list `coverage_status`, in the order of the key."""

FILL: Final = {
    "reported": "#86b7e0",
    "suppressed": "#f0b183",
    "partial": "#d3e6f5",
    "withheld": "#f4e88a",
    "withdrawn": "#f4e88a",
    "missing": "#b9b4b0",
    "gap": "#b9b4b0",
    "late": "#b9b4b0",
    "ended": "#b9b4b0",
    "not_yet": "#ffffff",
    "never": "#ffffff",
}
"""The colour of its kind: a total, a hidden one, parts, one in doubt, none, none expected."""

HAS_TOTAL: Final = ("reported", "suppressed")
HAS_FIGURE: Final = (*HAS_TOTAL, "partial")

_ROW: Final = 18
_LETTER: Final = 7.2
_KEY_WIDTH: Final = 84
_KEY_LINE: Final = 18
_FILLS: Final = tuple(dict.fromkeys(FILL.values()))


@dataclass(frozen=True)
class Grid:
    """The status of each state and year.

    Attributes:
        states: codes in the order of the rows.
        years: all years of the period.
        status: code of the list `coverage_status` by state and year.
    """

    states: Sequence[str]
    years: range
    status: dict[tuple[str, int], str]

    def row(self, state: str) -> list[str]:
        """Return the status of each year of a state."""
        return [self.status[state, year] for year in self.years]

    @property
    def counts(self) -> Counter[str]:
        """Count of cells with each status."""
        return Counter(self.status.values())

    @property
    def used(self) -> list[str]:
        """Statuses that occur, in the order of the key."""
        return [status for status in SIGN if status in self.counts]


def read_grid(frame: pd.DataFrame, states: Sequence[str]) -> Grid:
    """Return the grid of one indicator from rows of `published.coverage`."""
    years = frame["time_period"].astype(int).tolist()
    cells = zip(frame["ref_area"].tolist(), years, strict=True)
    status = dict(zip(cells, frame["coverage_status"].tolist(), strict=True))
    return Grid(states, range(min(years), max(years) + 1), status)


def spec(grid: Grid, caption: Caption, language: Language) -> Figure:
    """Return the chart as a Plotly figure, for windows of 600 pixels and more.

    Args:
        grid: the statuses.
        caption: the texts on the chart.
        language: the reader's.
    """
    names = [language.name("area", state) for state in grid.states]
    side = round(_LETTER * max(len(name) for name in names)) + 12
    key = theme.wrap(_key(grid, language), _KEY_WIDTH)
    layout = theme.layout(caption, language, _ROW * len(names), side)
    margin = layout["margin"]
    room = 12 + _KEY_LINE * len(key) - theme.AXIS_ROOM
    bottom = margin["b"] + room
    return theme.figure(
        [_cells(grid, names, language)],
        layout,
        height=layout["height"] + room + theme.AXIS_ROOM,
        margin=margin | {"r": 8, "t": margin["t"] + theme.AXIS_ROOM, "b": bottom},
        xaxis=_years(grid.years),
        yaxis=_states(names),
        annotations=[
            _key_lines(key, side),
            theme.foot(caption, side) | {"yshift": -(room + theme.AXIS_ROOM)},
        ],
    )


def _cells(grid: Grid, names: list[str], language: Language) -> dict[str, Any]:
    rows = [grid.row(state) for state in grid.states]
    names_of = {status: theme.safe(language.name("coverage_status", status)) for status in SIGN}
    return {
        "type": "heatmap",
        "x": list(grid.years),
        "y": list(range(len(names))),
        "z": [[_FILLS.index(FILL[status]) for status in row] for row in rows],
        "zmin": -0.5,
        "zmax": len(_FILLS) - 0.5,
        "colorscale": _steps(),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": [[theme.safe(SIGN[status]) for status in row] for row in rows],
        "texttemplate": "%{text}",
        "textfont": {"size": 12, "color": theme.INK},
        "customdata": [[names_of[status] for status in row] for row in rows],
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
    }


def _steps() -> list[list[object]]:
    """Return a scale of colours in steps: each fill from one boundary to the next."""
    ends = [at / len(_FILLS) for at in range(len(_FILLS) + 1)]
    pairs = zip(_FILLS, ends, ends[1:], strict=False)
    return [[end, fill] for fill, *both in pairs for end in both]


def _years(years: range) -> dict[str, Any]:
    axis = theme.year_axis(years)
    # Above the cells, and at most every second year: four digits need the width of two cells.
    own = {"side": "top", "range": [years[0] - 0.5, years[-1] + 0.5]}
    return axis | own | {"dtick": 1 if len(years) <= 12 else 2, "minor": {}, "ticklen": 3}


def _states(names: list[str]) -> dict[str, Any]:
    return {
        "range": [len(names) - 0.5, -0.5],
        "tickvals": list(range(len(names))),
        "ticktext": [theme.safe(name) for name in names],
        "tickfont": {"size": 12, "color": theme.INK},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _key(grid: Grid, language: Language) -> str:
    """Return each sign that occurs with its meaning; no line may break between the two."""
    pairs = [f"{SIGN[status]} {language.name('coverage_status', status)}" for status in grid.used]
    return "   ".join(pair.replace(" ", "\u00a0") for pair in pairs)


def _key_lines(lines: Sequence[str], side: int) -> dict[str, Any]:
    return theme.at_the_edge("key", lines, side, y=0, yanchor="top", yshift=-10)
