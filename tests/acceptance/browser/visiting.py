"""A page that is open in the browser: what it asked for, what it complained of, what it shows."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-prefers-reduced-motion",
)
WIDTHS = (320, 768, 1280)
DRAWN = """() => [...document.querySelectorAll('.chart')].filter(chart => chart.checkVisibility())
    .every(chart => Number(chart.dataset.width) === chart.clientWidth)"""
"""True if each chart in sight is drawn, as wide as its place."""


class Visit:
    """A page opened from disk or from a server."""

    def __init__(self, browser: Any, address: str, width: int = 1280, **options: Any):
        self.page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        self.scheme = options.get("color_scheme", "light")
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self._note(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address)

    def _note(self, text: str) -> None:
        """Keep what the browser complains of, but that the machine was slow to run a script."""
        if "preloaded using link preload" not in text:
            self.complaints.append(text)

    def open(self, address: str, width: int = 1280, height: int = 800) -> "Visit":
        """Open an address in the same tab, as a new one would, with nothing emulated.

        The page that is open goes first: else an address that differs after its `#` alone would not
        be loaded.
        """
        self.page.goto("about:blank")
        self.page.emulate_media(media="null", color_scheme=self.scheme, forced_colors="none")
        self.page.set_viewport_size({"width": width, "height": height})
        self.requests.clear()
        self.complaints.clear()
        self.page.goto(address)
        return self

    def go(self, file: Path) -> None:
        """Open another page in the same tab, with its charts drawn."""
        self.page.goto(file.as_uri())
        self.draw_all()

    def draw_all(self) -> None:
        """Draw all charts, as a program does that prints the page."""
        self.page.evaluate("window.tipstat?.allDrawn?.()")
        self.page.wait_for_function(DRAWN)

    def scroll_through(self) -> None:
        """Scroll down the page until each chart in sight has drawn itself."""
        charts = self.page.locator(".chart:visible")
        for at in range(charts.count()):
            charts.nth(at).scroll_into_view_if_needed()
            charts.nth(at).locator(".main-svg").first.wait_for()

    def resize(self, width: int) -> None:
        """Change the width of the window, and wait until the charts follow."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.wait_for_function(DRAWN)

    def lines(self, within: str) -> int:
        """Count the lines drawn there. Plotly's path for a point alone draws nothing."""
        paths = self.page.locator(f"{within} path.js-line").all()
        return sum("L" in path.get_attribute("d") for path in paths)

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    def outside(self, root: str) -> list[str]:
        """Return the requests that left the site."""
        assert self.requests
        return [url for url in self.requests if not url.startswith((root, "data:,", "about:"))]

    def close(self) -> None:
        """Close the tab."""
        self.page.close()


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, under the address that is yielded."""
    handler = partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
