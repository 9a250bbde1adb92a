"""Take images of charts and print pages with the system's Chromium, headless and without a network.

Charts are drawn by the page itself, so an image is what the page's own button gives.

Why no other renderer: docs/decisions/pages.md.
"""

import asyncio
import base64
import contextlib
import json
import shutil
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

import choreographer

from pipelines.published.images.refusal import PrintError

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE: Final = 120  # seconds
# The width of a page's column; print styles fit it to the paper.
_WINDOW: Final = {"width": 1280, "height": 1200, "deviceScaleFactor": 1, "mobile": False}
_MARGIN: Final = 0.5  # inches, the unit of the DevTools protocol
_PAPER: Final = {
    "paperWidth": 8.27,
    "paperHeight": 11.69,
    **{f"margin{side}": _MARGIN for side in ("Top", "Bottom", "Left", "Right")},
    "preferCSSPageSize": True,  # the pages say how they fit a sheet
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
# The explorer has its chart once it has loaded the series.
_IMAGE: Final = """
(async (name, form) => {
    const nextFrame = () => new Promise(requestAnimationFrame);
    const drawn = () => window.tipstat?.drawn?.[name];
    while (!drawn() && !window.tipstat?.charts?.[name]) await nextFrame();
    const refusal = document.querySelector(".refusal:not([hidden])");
    if (refusal) return { refusal: refusal.innerText };
    const picture = () => tipstat.image(tipstat.charts[name], form);
    const address = await (drawn() ? tipstat.picture(name, form) : picture());
    const [head, content] = address.split(/,(.*)/s);
    return head.endsWith("base64") ? { bytes: content } : { text: decodeURIComponent(content) };
})
"""
# The load event may be that of the blank page before.
_WHOLE: Final = """
new Promise((whole) => {
    if (document.readyState === "complete") whole();
    else addEventListener("load", () => whole());
})
"""
# Links to other pages of the site do not work in a single file.
_COMPLETE: Final = """
(async () => {
    await window.tipstat?.allDrawn?.();
    for (const link of document.querySelectorAll("a[href]")) {
        const isElsewhere = link.protocol === "file:" && link.pathname !== location.pathname;
        if (isElsewhere) link.removeAttribute("href");
    }
})
"""

Result = TypeVar("Result")


def image(address: str, chart: str, form: str) -> bytes:
    """Return a chart of a page as an image, `svg` or `png`."""
    return asyncio.run(_patiently(_image(address, chart, form)))


def pictures(address: str, scripts: Sequence[str], size: tuple[int, int]) -> list[bytes | None]:
    """Return a PNG of a page after each of some scripts; None where a script fails.

    The list ends early if the browser does.

    Args:
        address: address of the page.
        scripts: expressions in JavaScript, whose promise is waited for.
        size: width and height of the page in pixels.
    """
    made: list[bytes | None] = []
    # Whatever becomes of the browser, the pictures before it are whole.
    with contextlib.suppress(Exception):
        asyncio.run(_pictures(address, scripts, size, made))
    return made


def pdf(address: str) -> bytes:
    """Return a page as tagged PDF on A4."""
    return asyncio.run(_patiently(_pdf(address)))


async def _patiently(work: Coroutine[Any, Any, Result]) -> Result:
    try:
        return await asyncio.wait_for(work, _PATIENCE)
    except TimeoutError as late:
        raise PrintError(f"Chromium took more than {_PATIENCE} seconds; try again") from late


async def _image(address: str, chart: str, form: str) -> bytes:
    async with _page(address) as tab:
        made = await _evaluated(tab, f"({_IMAGE})({json.dumps(chart)}, {json.dumps(form)})")
    if "refusal" in made:
        raise PrintError(" ".join(made["refusal"].split()))
    return base64.b64decode(made["bytes"]) if "bytes" in made else made["text"].encode()


async def _pdf(address: str) -> bytes:
    async with _page(address) as tab:
        await _evaluated(tab, f"({_COMPLETE})()")
        printed = await tab.send_command("Page.printToPDF", _PAPER)
    return base64.b64decode(printed["result"]["data"])


async def _pictures(
    address: str, scripts: Sequence[str], size: tuple[int, int], made: list[bytes | None]
) -> None:
    """Add the pictures to a list, each within the time that a page may take."""
    width, height = size
    async with _page(address, _WINDOW | {"width": width, "height": height}) as tab:
        for script in scripts:
            try:
                await asyncio.wait_for(_evaluated(tab, script), _PATIENCE)
            except PrintError:
                made.append(None)
                continue
            taken = await tab.send_command("Page.captureScreenshot", {"format": "png"})
            made.append(base64.b64decode(taken["result"]["data"]))


@asynccontextmanager
async def _page(
    address: str, window: Mapping[str, Any] = _WINDOW
) -> AsyncIterator[choreographer.Tab]:
    """Open a page in a browser of its own."""
    async with choreographer.Browser(path=_chromium()) as browser:
        tab = await browser.create_tab()
        loaded = tab.subscribe_once("Page.loadEventFired")
        await tab.send_command("Page.enable")
        await tab.send_command("Emulation.setDeviceMetricsOverride", dict(window))
        await tab.send_command("Page.navigate", {"url": address})
        await loaded
        await _evaluated(tab, _WHOLE)
        yield tab


async def _evaluated(tab: choreographer.Tab, expression: str) -> Any:  # noqa: ANN401
    """Return what a script's promise gives."""
    asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    answer = await tab.send_command("Runtime.evaluate", asked)
    outcome = answer["result"]
    if "exceptionDetails" in outcome:
        raise PrintError("the page could not draw its charts; look at it in a browser")
    return outcome["result"].get("value")


def is_installed() -> bool:
    """Return whether there is a Chromium."""
    return _installed() is not None


def _installed() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _chromium() -> str:
    """Return the path of the system's Chromium."""
    found = _installed()
    if not found:
        raise PrintError(
            "no Chromium to draw the charts; install the package chromium"
            " (Debian, Ubuntu: apt-get install chromium)"
        )
    return found
