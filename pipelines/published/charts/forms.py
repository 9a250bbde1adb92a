"""Persons by form of exploitation over time: one state, one source. Forms may overlap."""

import pandas as pd

from pipelines.published.charts import _parts
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """The chart as a Plotly figure.

    Args:
        frame: rows of one state, source and indicator: the columns of `published.headline`, `rule`
            where figures are withheld, and `part`: codes of forms of exploitation.
        years: the years on the shared axis; one without a row is a gap.
        caption: the words on the chart; they have to say that forms may overlap.
        language: of the reader.
    """
    parts = _parts.read(frame, years)
    return _parts.panels(parts, _parts.known(parts), caption, language, name)


def name(part: str, language: Language) -> str:
    """The name of a form."""
    return language.name("exploitation", part)
