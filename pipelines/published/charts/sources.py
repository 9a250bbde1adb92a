"""Sources side by side: one indicator of one state, a panel per source on a shared scale.

The sources are never averaged, and no line joins one to another.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.published.charts._panels import Panel, stack
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.series import Note, Series, notes


def spec(
    shown: Sequence[Series],
    names: Sequence[str],
    years: range,
    caption: Caption,
    language: Language,
) -> Figure:
    """The chart as a Plotly figure.

    Args:
        shown: the series of each source, over the same years.
        names: what stands above each panel.
        years: the years on the shared axis; one without a figure is a gap.
        caption: the words on the chart.
        language: of the reader.
    """
    greatest = max(each.highest for each in shown)
    panels = [
        Panel(name, each, own, greatest)
        for name, each, own in zip(names, shown, numbered(shown), strict=True)
    ]
    return stack(panels, years, caption, language)


def numbered(shown: Sequence[Series]) -> list[list[Note]]:
    """The footnotes of each series; numbers run on from one to the next."""
    all_notes: list[list[Note]] = []
    for each in shown:
        before = sum(map(len, all_notes))
        all_notes.append([replace(note, number=note.number + before) for note in notes([each])])
    return all_notes
