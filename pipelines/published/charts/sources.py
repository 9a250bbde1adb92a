"""Sources side by side: one indicator of one state, a panel per source on a shared scale.

Sources are never averaged, and no line joins one to another.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.charts.panels import Panel, stack
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import Note, Series, notes


def spec(
    series: Sequence[Series],
    names: Sequence[str],
    years: range,
    caption: Caption,
    language: Language,
) -> Figure:
    """Return the chart as a Plotly figure.

    Args:
        series: one per source, over the same years.
        names: the heading of each panel.
        years: the years on the shared axis; a year without a figure is a gap.
        caption: the texts on the chart.
        language: the reader's.
    """
    greatest = max(each.highest for each in series)
    panels = [
        Panel(name, each, own, greatest)
        for name, each, own in zip(names, series, numbered(series), strict=True)
    ]
    return stack(panels, years, caption, language)


def numbered(series: Sequence[Series]) -> list[list[Note]]:
    """Return the footnotes of each series; numbers continue from one series to the next."""
    all_notes: list[list[Note]] = []
    for each in series:
        before = sum(map(len, all_notes))
        all_notes.append([replace(note, number=note.number + before) for note in notes([each])])
    return all_notes
