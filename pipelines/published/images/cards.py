"""The pictures that other sites show beside a link to a page: its first sentence and chart.

Plotly draws the same figure as on the page, so it needs Chromium: one browser and one page for all.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pipelines.published.charts.drawing import FONT, PALETTE
from pipelines.published.images import browser
from pipelines.published.site.card import Card, Draw
from pipelines.published.site.content_security import PLOTLY

_SIZE: Final = (1200, 630)
_PAGE: Final = """<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0; box-sizing: border-box; width: 1200px; height: 630px; padding: 36px 48px 26px;
  display: flex; flex-direction: column; background: {paper}; color: {ink}; font-family: {font}; }}
h1 {{ margin: 0 0 14px; font-size: 44px; line-height: 1.16; letter-spacing: -.01em; }}
#chart {{ flex: 1; min-height: 0; overflow: hidden; }}
#chart > div {{ zoom: {zoom}; }}
h2 {{ margin: 0 0 8px; font-size: 22px; font-weight: 400; color: {grey}; }}
p {{ margin: 10px 0 0; display: flex; gap: 24px; font-size: 17px; line-height: 1.3;
  color: {grey}; }}
p span {{ flex: 1; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3;
  overflow: hidden; }}
b {{ align-self: end; font-size: 26px; color: {accent}; }}
</style><h1></h1><h2></h2><div id="chart"></div><p><span></span><b>tipstat</b></p>
<script src="{plotly}"></script>"""
_ZOOM: Final = 1.75
"""Other sites show the picture at half its size or less: the chart's texts must still be read."""

# A sentence of many words gets smaller letters, so that the chart keeps half of the picture.
_SHOW: Final = """
(async ({ sentence, unit, figure, note, language, zoom }) => {
    const part = (each) => document.querySelector(each);
    const [head, chart] = [part("h1"), part("#chart")];
    document.documentElement.lang = language;
    [head.textContent, part("h2").textContent, part("span").textContent] = [sentence, unit, note];
    const most = figure ? 215 : 450;
    for (let size = figure ? 44 : 60; size > 28; size -= 2) {
        head.style.fontSize = `${size}px`;
        if (head.offsetHeight <= most) break;
    }
    chart.replaceChildren();
    if (!figure) return;
    const place = chart.appendChild(document.createElement("div"));
    const { data, layout } = JSON.parse(figure);
    const width = Math.floor(chart.clientWidth / zoom);
    const height = Math.floor(chart.clientHeight / zoom);
    const sized = { ...layout, width, height, autosize: false };
    await Plotly.newPlot(place, data, sized, { staticPlot: true });
})
"""


def drawer(base_url: str) -> Draw | None:
    """Return what draws the pictures of pages that are published; None without a browser."""
    return draw if base_url and browser.is_installed() else None


def draw(cards: Sequence[Card]) -> Sequence[bytes | None]:
    """Draw cards as PNG; None for each that could not be drawn: no build fails for a picture."""
    values = [vars(card) | {"zoom": _ZOOM} for card in cards]
    style = {name: PALETTE[name] for name in ("paper", "ink", "grey", "accent")}
    text = _PAGE.format(**style, font=FONT, zoom=_ZOOM, plotly=PLOTLY.as_uri())
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "card.html"
        page.write_text(text, encoding="utf-8")
        scripts = [f"({_SHOW})({json.dumps(value)})" for value in values]
        made = browser.pictures(page.as_uri(), scripts, _SIZE)
    return [*made, *[None] * (len(cards) - len(made))]
