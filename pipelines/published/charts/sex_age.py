"""Persons by sex and age over time: one state, one source."""

from collections.abc import Sequence

import pandas as pd

from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.charts.panels_by_part import read_parts, stacked_panels, with_figures
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import Series


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """Return the chart as a Plotly figure.

    Args:
        frame: rows of one state, source and indicator: the columns of `published.headline`, `rule`
            where figures are withheld, and `part`: codes of sex and age, joined by a dot.
        years: the years on the shared axis; a year without a row is a gap.
        caption: the texts on the chart.
        language: the reader's.
    """
    parts = read_parts(frame, years)
    return stacked_panels(parts, drawn(parts), caption, language, name)


def drawn(parts: Sequence[Series]) -> list[Series]:
    """Return the parts that have a panel: by sex and age, and a sex or an age that adds to them.

    It does so if it has a figure in a year without any by sex and age.
    """
    both = [part for part in parts if is_by_both(part.indicator)]
    years = {year for part in both for year in _years(part)}
    return [part for part in with_figures(parts) if part in both or not years >= _years(part)]


def is_by_both(part: str) -> bool:
    """Return whether the part is by sex and by age."""
    return "_T" not in part.split(".")


def _years(part: Series) -> set[int]:
    """Return the years in which the part has a figure, suppressed or not."""
    return {point.year for point in part.points if point.is_known}


def name(part: str, language: Language) -> str:
    """Return the name of a sex, an age, or both."""
    text = f"part_{code(part)}"
    if text in language.words:
        return language.say(text)
    sex, age = part.split(".")
    names = [("sex", sex), ("age", age)]
    return ", ".join(language.name(*each) for each in names if each[1] != "_T")


def code(part: str) -> str:
    """Return the part as the codes of interface texts write it."""
    return part.replace(".", "_").lower()
