"""The justice chain: formal contact, prosecution, conviction; one state, one source.

Each has a panel on a scale of its own, and there is no total: the flows of a year are no cohort.
"""

from typing import Final

import pandas as pd

from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.charts.panels import Panel, stack
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import notes, read_series

INDICATORS: Final = ("PER_CONTACT", "PER_PROSEC", "PER_CONVICT")


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """Return the chart as a Plotly figure.

    Args:
        frame: rows of one state and one source: the columns of `published.headline`, and `rule`
            where figures are withheld; counts of persons a year.
        years: the years on the shared axis; a year without a row is a gap.
        caption: the texts on the chart.
        language: the reader's.
    """
    chain = read_series(frame, INDICATORS, years)
    numbered = notes(chain)
    panels = [
        Panel(
            name=language.name("indicator", each.indicator),
            series=each,
            notes=[note for note in numbered if note.indicator == each.indicator],
            greatest=each.highest,
        )
        for each in chain
    ]
    return stack(panels, years, caption, language)
