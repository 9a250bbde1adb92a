"""Draw the pictures that other sites show beside a link to these pages, one per language.

    make social

They have a name, the question and the map of tiles, and nothing that ages. They are part of the
project: static/social-<language>.png, 1200 x 630.
"""

import csv
import html
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from browser.visiting import FLAGS
from pipelines.words import interface_text
from schemas import codelists

ROOT = Path(__file__).parents[3]
SITE = ROOT / "pipelines" / "published" / "site"
SIZE = {"width": 1200, "height": 630}
_TILE = 46
_COLOURS = ("#0f4c81", "#3d6f9c", "#6c93b5", "#9cb7cf")
"""Dealt out by turns: the picture says nothing of any state."""
_PAGE = """
<html lang="{language}"><style>
body {{ margin: 0; width: 1200px; height: 630px; display: grid; grid-template-columns: 1fr 470px;
  align-items: center; background: #fff; color: #17212b;
  font-family: "Segoe UI", Roboto, Arial, sans-serif; }}
div {{ padding: 0 0 0 72px; }} b {{ font-size: 40px; color: #0f4c81; }}
h1 {{ margin: 18px 0 0; font-size: 58px; line-height: 1.15; letter-spacing: -0.02em; }}
</style><body><div><b>tipstat</b><h1>{question}</h1></div>
<svg width="400" height="560">{tiles}</svg></body></html>
"""


def main() -> None:
    """Draw all pictures and print their sizes."""
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("needs a browser: as root, apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport=SIZE)
        for language in codelists.LANGUAGES:
            place = SITE / "static" / f"social-{language}.png"
            question = interface_text.labels(language)["home_question"]
            page.set_content(
                _PAGE.format(language=language, question=html.escape(question), tiles=_tiles())
            )
            page.screenshot(path=place)
            sys.stdout.write(f"{place.name}: {place.stat().st_size:,} bytes\n")
        browser.close()


def _tiles() -> str:
    """Return the tiles of the states as they lie on the map of the region."""
    with (SITE / "pages" / "home_tiles.csv").open(encoding="utf-8", newline="") as lines:
        places = [(int(row["column"]), int(row["row"])) for row in csv.DictReader(lines)]
    return "".join(
        f'<rect x="{(column - 1) * _TILE}" y="{(row - 1) * _TILE}" width="{_TILE - 6}" '
        f'height="{_TILE - 6}" rx="6" fill="{_COLOURS[turn * 7 % len(_COLOURS)]}"/>'
        for turn, (column, row) in enumerate(places)
    )


if __name__ == "__main__":
    main()
