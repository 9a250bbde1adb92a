"""Draw charts and print pages with the system's Chromium, headless and without a network.

One browser serves a whole command. Kaleido draws figures; choreographer, on which it is built,
prints pages. It waits for the promise that every chart is drawn; `chromium --print-to-pdf` can only
wait for a time.
"""

import asyncio
import base64
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import choreographer
import kaleido

from pipelines.published.charts.caption import Figure
from pipelines.published.images.refusal import PrintError

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE: Final = 120  # seconds
_WIDTH: Final = 800
_SCALE: Final = {"png": 2}
# The width of a page's column; print styles fit it to the paper.
_WINDOW: Final = {"width": 880, "height": 1200, "deviceScaleFactor": 1, "mobile": False}
_MARGIN: Final = 0.6  # inches, the unit of the DevTools protocol
_PAPER: Final = {
    "paperWidth": 8.27,
    "paperHeight": 11.69,
    **{f"margin{side}": _MARGIN for side in ("Top", "Bottom", "Left", "Right")},
    "printBackground": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
    "displayHeaderFooter": True,
    "headerTemplate": "<span></span>",
    "footerTemplate": (
        '<div style="width:100%;font-size:8px;text-align:center"><span class="title"></span>'
        ' · <span class="pageNumber"></span>/<span class="totalPages"></span></div>'
    ),
}
# Links to other pages of the site do not work in a single file.
_COMPLETE: Final = """
(async () => {
    await window.allDrawn?.();
    for (const link of document.querySelectorAll("a[href]")) {
        const isElsewhere = link.protocol === "file:" && link.pathname !== location.pathname;
        if (isElsewhere) link.removeAttribute("href");
    }
})()
"""


def images(figures: Sequence[Figure], form: str) -> list[bytes]:
    """Return each figure as an image: `svg`, `png` or `pdf`."""
    return asyncio.run(_patiently(_images(figures, form)))


def pdf(page: Path) -> bytes:
    """Return a page as tagged PDF on A4, with all its charts."""
    return asyncio.run(_patiently(_pdf(page)))


async def _patiently(work: Any) -> Any:  # noqa: ANN401
    try:
        return await asyncio.wait_for(work, _PATIENCE)
    except TimeoutError as late:
        raise PrintError(f"Chromium took more than {_PATIENCE} seconds; try again") from late


async def _images(figures: Sequence[Figure], form: str) -> list[bytes]:
    page = kaleido.PageGenerator(mathjax=False)  # it would be downloaded
    size = {"format": form, "width": _WIDTH, "scale": _SCALE.get(form, 1)}
    async with kaleido.Kaleido(path=_chromium(), page_generator=page) as drawer:
        return [
            await drawer.calc_fig(figure, size | {"height": figure["layout"]["height"]})
            for figure in figures
        ]


async def _pdf(page: Path) -> bytes:
    async with choreographer.Browser(path=_chromium()) as browser:
        tab = await browser.create_tab()
        loaded = tab.subscribe_once("Page.loadEventFired")
        await tab.send_command("Page.enable")
        await tab.send_command("Emulation.setDeviceMetricsOverride", _WINDOW)
        await tab.send_command("Page.navigate", {"url": page.as_uri()})
        await loaded
        awaited = {"expression": _COMPLETE, "awaitPromise": True}
        outcome = await tab.send_command("Runtime.evaluate", awaited)
        if "exceptionDetails" in outcome["result"]:
            raise PrintError(f"the charts of {page.name} were not drawn")
        printed = await tab.send_command("Page.printToPDF", _PAPER)
    return base64.b64decode(printed["result"]["data"])


def _chromium() -> str:
    """Return the path of the system's Chromium."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        raise PrintError(
            "no Chromium to draw the charts; install the package chromium"
            " (Debian, Ubuntu: apt-get install chromium)"
        )
    return found
