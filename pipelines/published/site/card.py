"""What the picture of a page shows, which other sites put beside a link to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

from pipelines.published.charts.drawing import TEMPLATE
from pipelines.published.site.block import Block
from pipelines.words.language import Language


@dataclass(frozen=True)
class Card:
    """A picture of 1200 x 630 pixels.

    Attributes:
        sentence: the answer of the first block.
        unit: what its chart shows: measure, unit and years.
        figure: its chart as JSON, with the template; "" where there is none.
        note: the meaning of its marks, and the source line.
        language: code of the language.
    """

    sentence: str
    unit: str
    figure: str
    note: str
    language: str


Draw = Callable[[Sequence[Card]], Sequence[bytes | None]]
"""Draws cards as PNG; None for one that could not be drawn. It raises nothing."""


def path(page: str) -> str:
    """Return the path of the picture of a page, beside it."""
    return f"{page.removesuffix('.html')}.png"


def of(block: Block, language: Language) -> Card:
    """Return the card of a page whose first block this is."""
    chart = block.chart
    figure = ""
    if chart and chart.figure:
        layout = {"template": TEMPLATE} | chart.figure["layout"]
        figure = orjson.dumps(chart.figure | {"layout": layout}).decode()
    key = chart.key if chart else ()
    note = " · ".join(filter(None, [*(f"{sign} {text}" for sign, text in key), block.source]))
    return Card(block.sentence, chart.unit if chart else "", figure, note, language.code)
