"""The justice chain: formal contact, prosecution, conviction; one state, one source.

A panel each on its own scale, never a shared total: the flows of a year are not a cohort.
"""

from typing import Final

import pandas as pd

from pipelines.published.charts._panels import Panel, stack
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import notes, read_series

INDICATORS: Final = ("PER_CONTACT", "PER_PROSEC", "PER_CONVICT")


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """The chart as a Plotly figure.

    Args:
        frame: rows of one state and one source: the columns of `published.headline`, and `rule`
            where figures are withheld; counts of persons a year.
        years: the years on the shared axis; one without a row is a gap.
        caption: the words on the chart.
        language: of the reader.
    """
    shown = read_series(frame, INDICATORS, years)
    numbered = notes(shown)
    panels = [
        Panel(
            name=language.name("indicator", each.indicator),
            shown=each,
            notes=[note for note in numbered if note.indicator == each.indicator],
            greatest=each.highest,
        )
        for each in shown
    ]
    return stack(panels, years, caption, language)
