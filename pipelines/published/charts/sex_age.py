"""Persons by sex and age over time: one state, one source."""

from collections.abc import Sequence

import pandas as pd

from pipelines.published.charts import _parts
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Series


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """The chart as a Plotly figure.

    Args:
        frame: rows of one state, source and indicator: the columns of `published.headline`, `rule`
            where figures are withheld, and `part`: codes of sex and age, joined by a dot.
        years: the years on the shared axis; one without a row is a gap.
        caption: the words on the chart.
        language: of the reader.
    """
    parts = _parts.read(frame, years)
    return _parts.panels(parts, drawn(parts), caption, language, name)


def drawn(parts: Sequence[Series]) -> list[Series]:
    """The parts that have a panel: those by sex and age, and a sex or an age that tells more.

    It tells more if it has a figure in a year of which no part by sex and age has one.
    """
    both = [part for part in parts if is_by_both(part.indicator)]
    told = {year for part in both for year in _years(part)}
    return [part for part in _parts.known(parts) if part in both or not told >= _years(part)]


def is_by_both(part: str) -> bool:
    """Return whether it is a part by sex and by age."""
    return "_T" not in part.split(".")


def _years(part: Series) -> set[int]:
    """The years in which it has a figure, suppressed or not."""
    known = (Kind.FIGURE, Kind.SUPPRESSED)
    return {point.year for point in part.points if point.kind in known}


def name(part: str, language: Language) -> str:
    """The name of a sex, an age, or both."""
    text = f"part_{code(part)}"
    if text in language.words:
        return language.say(text)
    sex, age = part.split(".")
    names = [("sex", sex), ("age", age)]
    return ", ".join(language.name(*each) for each in names if each[1] != "_T")


def code(part: str) -> str:
    """The part as it stands in the codes of texts."""
    return part.replace(".", "_").lower()
