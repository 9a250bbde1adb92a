"""Parse pages of small multiples."""

import re
from dataclasses import dataclass
from html import unescape

from page_figures import of_page


@dataclass
class Panel:
    """A panel of the page."""

    anchor: str
    state: str
    name: str
    last: str
    words: str
    figure: dict


@dataclass
class Years:
    """A table of states by years: headings, and by state the text and the signs of each cell."""

    years: list[int]
    rows: dict[str, list[tuple[str, str]]]


def panels(page: str, anchor: str = "") -> list[Panel]:
    """Return the panels of a page in order; `anchor` is the id of the figure they belong to."""
    figures = of_page(page)
    found = [
        Panel(
            match["id"],
            match["state"].upper(),
            unescape(match["name"]),
            unescape(match["last"]),
            unescape(match["words"]),
            figures[match["id"]],
        )
        for match in re.finditer(
            r'<li id="(?P<id>[^"]+)" data-state="(?P<state>\w+)"[^>]*>\s*'
            r'<p class="panel"><a [^>]*>(?P<name>[^<]+)</a> <span class="last">(?P<last>[^<]*)'
            r'.*?aria-label="(?P<words>[^"]+)"',
            page,
            re.S,
        )
    ]
    return [panel for panel in found if panel.anchor.startswith(f"{anchor}-")] if anchor else found


def table(page: str, anchor: str) -> Years:
    """Return the table of a figure."""
    text = page.split(f'id="{anchor}-caption"')[1].split("</table>")[0]
    years = [int(year) for year in re.findall(r'<th scope="col">(\d+)</th>', text)]
    rows = {
        state.upper(): [_cell(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
        for state, row in re.findall(r'<tr data-state="(\w+)">(.*?)</tr>', text)
    }
    return Years(years, rows)


def words(page: str) -> str:
    """Return the text of a page, without tags and scripts."""
    body = page.split("<main")[1].split("</main>")[0]
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", body, flags=re.S)
    return re.sub(r"\s+", " ", unescape(text))


def _cell(text: str) -> tuple[str, str]:
    """Return the figure of a cell, and the signs behind it."""
    signs = "".join(re.findall(r"<sup>([^<]*)", text))
    figure = re.sub(r"<sup>.*?</sup>", "", text)
    return unescape(figure).replace("\u202f", ""), signs
