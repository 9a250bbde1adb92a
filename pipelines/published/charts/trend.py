"""One indicator over time, such as detected victims: one state, one source."""

from typing import Final

import pandas as pd

from pipelines.published.charts import marks, theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import notes, read_series

INDICATORS: Final = ("VIC_DETECT",)
_HEIGHT: Final = 300


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """Return the chart as a Plotly figure.

    Args:
        frame: rows of one state, source and indicator: the columns of `published.headline`, and
            `rule` where figures are withheld; counts a year.
        years: the years on the axis; a year without a row is a gap.
        caption: the texts on the chart.
        language: the reader's.
    """
    (series,) = read_series(frame, frame["indicator"].unique(), years)
    numbered = notes([series])
    side = theme.side_room([series.highest], language)
    return theme.figure(
        marks.traces(series, language),
        theme.layout(caption, language, _HEIGHT, side),
        xaxis=theme.year_axis(years),
        yaxis=theme.scale(series.highest, lines=4),
        shapes=marks.break_rules(numbered),
        annotations=[
            *marks.labels(series, language),
            *marks.break_labels(numbered, years, language),
            theme.foot(caption, side),
        ],
    )
