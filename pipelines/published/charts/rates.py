"""A rate over time, with its interval: one indicator, state and source."""

import math
from typing import Any, Final

import pandas as pd

from pipelines.published.charts import marks, theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import notes, read_series

_HEIGHT: Final = 300
_LINES: Final = 4


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """Return the chart as a Plotly figure.

    Args:
        frame: rows of one state, source and indicator: the columns of `published.headline`, of
            which `value` is the rate per 100,000 residents, empty where there is none; and
            `dispersed_lower` and `dispersed_upper`, empty for a rate that a source prints.
        years: the years on the axis; a year without a rate is a gap.
        caption: the texts on the chart.
        language: the reader's.
    """
    (series,) = read_series(frame, frame["indicator"].unique(), years)
    numbered = notes([series])
    greatest = max(series.highest, float(frame["dispersed_upper"].fillna(0).max()))
    scale = _scale(greatest)
    last = [marks.label(point, language) for point in series.of(Kind.FIGURE)[-1:]]
    side = theme.room_for([*map(language.number, (scale["dtick"], round(greatest))), *last])
    limits = _limits(frame)
    return theme.figure(
        [_with_interval(trace, limits) for trace in marks.traces(series, language)],
        theme.layout(caption, language, _HEIGHT, side),
        xaxis=theme.year_axis(years),
        yaxis=scale,
        shapes=marks.break_rules(numbered),
        annotations=[
            *marks.labels(series, language),
            *marks.break_labels(numbered, years, language),
            theme.foot(caption, side),
        ],
    )


def _limits(frame: pd.DataFrame) -> dict[int, tuple[float, float]]:
    """Return the reach of each year's interval below and above its rate."""
    known = frame[frame["value"].notna() & frame["dispersed_upper"].notna()]
    below = (known["value"] - known["dispersed_lower"]).clip(lower=0)
    above = (known["dispersed_upper"] - known["value"]).clip(lower=0)
    return dict(zip(known["year"], zip(below, above, strict=True), strict=True))


def _with_interval(trace: dict[str, Any], limits: dict[int, tuple[float, float]]) -> dict[str, Any]:
    """Return the trace with its intervals, if it has markers to hold them."""
    if "markers" not in trace["mode"] or not limits:
        return trace
    reach = [
        limits.get(year, (None, None)) if value is not None else (None, None)
        for year, value in zip(trace["x"], trace["y"], strict=True)
    ]
    return trace | {
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [above for _, above in reach],
            "arrayminus": [below for below, _ in reach],
            "color": theme.QUIET_INK,
            "thickness": 1.5,
            "width": 4,
        }
    }


def _scale(greatest: float) -> dict[str, Any]:
    """Return an axis from zero to above the greatest rate, which may be below one."""
    rough = greatest / _LINES or 1
    power = 10 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough * 0.7)
    decimals = max(-math.floor(math.log10(step) + 1e-9), 0)
    return theme.scale(greatest, _LINES) | {
        "range": [0, greatest * 1.15 or 1],
        "dtick": step,
        "tickformat": f",.{decimals}f",
    }
