"""Take pictures of the kinds of page, for those who change them, and two for the README.

    make run shots

One page of each kind at two widths goes into shots/, which git ignores, and two go into docs/. Two
more of Dagster's web interface go there, if `tipstat dev` serves it.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from browser.visiting import FLAGS, Visit

ROOT = Path(__file__).parents[3]
SITE = ROOT / "data" / "published" / "site"
WIDTHS = (390, 1280)
LANGUAGES = ("en", "es", "pt", "fr")
README = {"state.png": ("en/country/dom.html", "body"), "region.png": ("en/index.html", "body")}
"""Pictures of the README: by name, the page and the place at the top of the window."""

DAGSTER = "http://127.0.0.1:3000"
INTERFACE = {
    "dagster_graph.png": (
        "locations/pipelines.definitions/asset-groups/published/lineage", "Materialized"
    ),
    "dagster_release.png": (
        "assets/releases/int_unodc_glotip?view=partitions&partition=2025-04-14", "published"
    ),
}  # fmt: skip
"""Pictures of docs/data-team.md: by name, the page of Dagster's web interface and its last word."""

SIZE = {"width": 1280, "height": 1000}


def main() -> None:
    """Take all pictures and print where they are."""
    chromium = shutil.which("chromium")
    if not chromium or not SITE.is_dir():
        sys.exit("needs the pages and a browser: make run, and as root: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for turn, page in enumerate(one_of_each_kind(SITE / "en")):
            language = LANGUAGES[turn % len(LANGUAGES)]
            for width in WIDTHS:
                shoot(browser, SITE / language / page, width)
        for name, (page, place) in README.items():
            picture(browser, SITE / page, place, ROOT / "docs" / name)
        for name, (page, last) in INTERFACE.items():
            interface(browser, f"{DAGSTER}/{page}", last, ROOT / "docs" / name)
        browser.close()
    sys.stdout.write(f"{len(list((ROOT / 'shots').iterdir()))} pictures in shots/, two in docs/\n")


def one_of_each_kind(folder: Path) -> list[Path]:
    """The single pages, the index of each folder, and the longest page of each folder and kind."""
    chosen = [
        *folder.glob("*.html"),
        *folder.glob("**/index.html"),
        folder / "knowledge/demand.html",
    ]
    chosen.append(
        max(folder.glob("country/*-knowledge.html"), key=lambda file: file.stat().st_size)
    )
    for kind in sorted({file.parent for file in folder.rglob("*.html")} - {folder}):
        chosen.append(max(kind.glob("*.html"), key=lambda file: file.stat().st_size))
    return sorted({file.relative_to(folder) for file in chosen})


def shoot(browser: Browser, file: Path, width: int) -> None:
    """Take a picture of the whole page with its charts."""
    opened = Visit(browser, file.as_uri(), width)
    opened.draw_all()
    name = "-".join(file.relative_to(SITE).with_suffix("").parts)
    opened.page.screenshot(path=ROOT / "shots" / f"{name}-{width}.png", full_page=True)
    opened.close()


def picture(browser: Browser, file: Path, place: str, out: Path) -> None:
    """Take a picture of a window from that place on."""
    opened = Visit(browser, file.as_uri(), SIZE["width"])
    opened.page.set_viewport_size(SIZE)
    opened.draw_all()
    opened.page.locator(place).first.evaluate("place => place.scrollIntoView()")
    opened.page.screenshot(path=out)
    opened.close()


def interface(browser: Browser, address: str, last: str, out: Path) -> None:
    """Take a picture of a page of Dagster once it shows a word; none if Dagster is not there."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    try:
        page.goto(address)
    except Error:
        sys.stdout.write(f"no {out.name}: start 'tipstat dev' for it\n")
        return
    page.get_by_text(last).first.wait_for()
    page.wait_for_timeout(1000)  # the graph moves to its place
    page.screenshot(path=out)
    page.close()


if __name__ == "__main__":
    main()
