"""The browser, the tab that most tests share, and the pages that it opens."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from parsed_page import LANGUAGES, every_page

from browser import explorer_page
from browser.visiting import FLAGS, Visit

sync_api = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="package")
def browser():
    """Chromium; not left open for other tests, whose event loops Playwright's would disturb."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no Chromium: apt-get install chromium (Debian's package)")
    if not _has_usual_font():
        pytest.skip("no font as wide as Arial: apt-get install fonts-liberation")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield launched
        launched.close()


def _has_usual_font() -> bool:
    """Return True if pages are as wide as with most readers; only Linux has `fc-match`."""
    match = shutil.which("fc-match")
    if not match:
        return sys.platform != "linux"
    found = subprocess.run([match, "Arial"], capture_output=True, text=True, check=True).stdout
    return any(family in found for family in ("Arial", "Arimo", "Liberation"))


@pytest.fixture(scope="package")
def tab(browser):
    """One tab for one page after another."""
    opened = Visit(browser, "about:blank")
    yield opened
    opened.close()


@pytest.fixture
def visit(tab, site):
    """Open a page of the invented figures."""
    return lambda path: tab.open((site / path).as_uri())


@pytest.fixture
def opened_explorer(tab, shipped):
    """Open the explorer at an address, as a reader would who follows a link."""

    def go(rest: str = "", language: str = "en", query: str = "", width: int = 1280) -> Visit:
        page = (shipped / language / "explorer.html").as_uri()
        return explorer_page.wait(tab.open(page + query + (rest and f"#{rest}"), width))

    return go


@pytest.fixture(scope="package")
def english_explorer(browser, shipped):
    """The explorer in a tab of its own, which stays open."""
    opened = Visit(browser, (shipped / "en/explorer.html").as_uri())
    yield opened
    opened.close()


@pytest.fixture
def explorer(english_explorer):
    """Ask for something by the address of the explorer that is open."""
    return lambda rest: explorer_page.ask(english_explorer, rest)


@pytest.fixture
def pages(shipped):
    """The pages of the shipped figures in one language, in the order of their paths."""
    return lambda language: every_page(shipped / language)


@pytest.fixture
def kinds(shipped):
    """The longest page of each kind in one language, and all that are alone of their kind."""
    return lambda language: _kinds(shipped, language)


def _kinds(site: Path, language: str) -> list[Path]:
    """List kinds with many pages first, states before all: who opens one in so many has them."""
    folder = site / language
    folders = sorted(each.name for each in folder.iterdir() if each.is_dir())
    folders = [each for each in folders if each not in ("country", "standard")]
    several = ["country/???.html", "country/*-figures.html", "country/*-knowledge.html"]
    several += [*(f"{each}/*.html" for each in folders), "knowledge/demand.html"]
    several += ["standard/*/[A-Z]*.html", "standard/*/age.html", "standard/*/index.html"]
    several += ["standard/*/document.html", "standard/*/governance.html"]
    longest = [max(folder.glob(each), key=lambda file: file.stat().st_size) for each in several]
    first = [site / "index.html"] if language == LANGUAGES[0] else []
    return [*longest, *sorted(folder.glob("*.html")), *first]
