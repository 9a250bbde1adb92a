"""Who reports what: state by year, one indicator; what is known of each total, never how large.

A cell has a colour for the kind of status and a sign for the status itself, so that no meaning
hangs on colour. The states stand in the order given: alphabetical, since none is ranked.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pipelines.published.charts import _theme
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
"""The colour of its kind: a total, a hidden one, parts, one in doubt, none, none to be expected."""

HAS_TOTAL: Final = ("reported", "suppressed")
HAS_FIGURE: Final = (*HAS_TOTAL, "partial")

_ROW: Final = 18
_LETTER: Final = 7.2
_KEY_WIDTH: Final = 84
_KEY_LINE: Final = 18
_FILLS: Final = tuple(dict.fromkeys(FILL.values()))


@dataclass(frozen=True)
class Grid:
    """What is known of each state and year.

    Attributes:
        states: codes in the order to show.
        years: all years of the period.
        status: code of the list `coverage_status` by state and year.
    """

    states: Sequence[str]
    years: range
    status: dict[tuple[str, int], str]

    def row(self, state: str) -> list[str]:
        """The status of each year of a state."""
        return [self.status[state, year] for year in self.years]

    @property
    def counts(self) -> Counter[str]:
        """Count how many cells have each status."""
        return Counter(self.status.values())

    @property
    def used(self) -> list[str]:
        """The statuses that occur, in the order of the key."""
        return [status for status in SIGN if status in self.counts]


def read_grid(frame: pd.DataFrame, states: Sequence[str]) -> Grid:
    """The grid of the rows of `published.coverage` of one indicator; states in that order."""
    years = frame["time_period"].astype(int).tolist()
    cells = zip(frame["ref_area"].tolist(), years, strict=True)
    status = dict(zip(cells, frame["coverage_status"].tolist(), strict=True))
    return Grid(states, range(min(years), max(years) + 1), status)


def spec(grid: Grid, caption: Caption, language: Language) -> Figure:
    """The chart as a Plotly figure, for windows of 600 pixels and more.

    Args:
        grid: what to show.
        caption: the words on the chart.
        language: of the reader.
    """
    names = [language.name("area", state) for state in grid.states]
    side = round(_LETTER * max(len(name) for name in names)) + 12
    key = _theme.wrap(_key(grid, language), _KEY_WIDTH)
    layout = _theme.layout(caption, language, _ROW * len(names), side)
    margin = layout["margin"]
    room = 12 + _KEY_LINE * len(key) - _theme.AXIS_ROOM
    bottom = margin["b"] + room
    return _theme.figure(
        [_cells(grid, names, language)],
        layout,
        height=layout["height"] + room + _theme.AXIS_ROOM,
        margin=margin | {"r": 8, "t": margin["t"] + _theme.AXIS_ROOM, "b": bottom},
        xaxis=_years(grid.years),
        yaxis=_states(names),
        annotations=[
            _key_lines(key, side),
            _theme.foot(caption, side) | {"yshift": -(room + _theme.AXIS_ROOM)},
        ],
    )


def _cells(grid: Grid, names: list[str], language: Language) -> dict[str, Any]:
    rows = [grid.row(state) for state in grid.states]
    said = {status: _theme.safe(language.name("coverage_status", status)) for status in SIGN}
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
        "text": [[_theme.safe(SIGN[status]) for status in row] for row in rows],
        "texttemplate": "%{text}",
        "textfont": {"size": 12, "color": _theme.INK},
        "customdata": [[said[status] for status in row] for row in rows],
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
    }


def _steps() -> list[list[object]]:
    """A scale of colours in steps: each fill from one boundary to the next."""
    ends = [at / len(_FILLS) for at in range(len(_FILLS) + 1)]
    pairs = zip(_FILLS, ends, ends[1:], strict=False)
    return [[end, fill] for fill, *both in pairs for end in both]


def _years(years: range) -> dict[str, Any]:
    axis = _theme.year_axis(years)
    # Above the cells, and every second year at most: four digits need the width of two cells.
    own = {"side": "top", "range": [years[0] - 0.5, years[-1] + 0.5]}
    return axis | own | {"dtick": 1 if len(years) <= 12 else 2, "minor": {}, "ticklen": 3}


def _states(names: list[str]) -> dict[str, Any]:
    return {
        "range": [len(names) - 0.5, -0.5],
        "tickvals": list(range(len(names))),
        "ticktext": [_theme.safe(name) for name in names],
        "tickfont": {"size": 12, "color": _theme.INK},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _key(grid: Grid, language: Language) -> str:
    """Each sign that occurs, and what it means; no line may end between the two."""
    pairs = [f"{SIGN[status]} {language.name('coverage_status', status)}" for status in grid.used]
    return "   ".join(pair.replace(" ", "\u00a0") for pair in pairs)


def _key_lines(lines: Sequence[str], side: int) -> dict[str, Any]:
    return _theme.at_the_edge("key", lines, side, y=0, yanchor="top", yshift=-10)
