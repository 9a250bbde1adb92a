"""Seconds until a page of `TIPSTAT_HOME` can be read, and has its chart, at a quarter of the speed.

    site_browser_job.py PATH

Opens the page from disk in headless Chromium, in a new profile each time. Prints, as JSON, the
seconds until the first text is painted and until the first chart is drawn, for each of the times.
"""

import json
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pipelines.lib import paths

TIMES = 5
SLOWER = 4
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
DRAWN = ".chart .main-svg text"
NOW = "performance.now() / 1000"


def main() -> None:
    """Opens the page so many times."""
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        print(json.dumps([_open(browser, paths.site() / sys.argv[1]) for _ in range(TIMES)]))
        browser.close()


def _open(browser: Browser, file: Path) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(file.as_uri(), wait_until="commit")
    page.locator(".chart").first.scroll_into_view_if_needed()
    page.locator(DRAWN).first.wait_for(state="attached")
    drawn = page.evaluate(NOW)
    painted = page.evaluate(PAINTED)
    page.close()
    return {"painted": painted, "drawn": drawn}


if __name__ == "__main__":
    main()
