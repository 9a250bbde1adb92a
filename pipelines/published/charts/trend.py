"""One indicator over time, such as detected victims: one state, one source."""

from typing import Final

import pandas as pd

from pipelines.published.charts import _marks, _theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import notes, read_series

INDICATORS: Final = ("VIC_DETECT",)
_HEIGHT: Final = 300


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """The chart as a Plotly figure.

    Args:
        frame: rows of one state, source and indicator: the columns of `published.headline`, and
            `rule` where figures are withheld; counts a year.
        years: the years on the axis; one without a row is a gap.
        caption: the words on the chart.
        language: of the reader.
    """
    (shown,) = read_series(frame, frame["indicator"].unique(), years)
    numbered = notes([shown])
    greatest = shown.highest
    side = _theme.side_room([greatest], language)
    return _theme.figure(
        _marks.traces(shown, language),
        _theme.layout(caption, language, _HEIGHT, side),
        xaxis=_theme.year_axis(years),
        yaxis=_theme.scale(greatest, lines=4),
        shapes=_marks.break_rules(numbered),
        annotations=[
            *_marks.labels(shown, language),
            *_marks.break_labels(numbered, years, language),
            _theme.foot(caption, side),
        ],
    )
