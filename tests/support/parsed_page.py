"""A page of the site as its readers' browsers parse it: elements, texts, tables, charts."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from schemas import codelists

LANGUAGES = codelists.LANGUAGES


def spaced(text: str) -> str:
    """Return an English text with thousands as pages print them."""
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "\u202f", text)


def tidy(text: str) -> str:
    """Return the text with the spaces that HTML shows; no-break spaces are kept."""
    return re.sub(r"[ \n]+", " ", text).strip(" ")


class Page(HTMLParser):
    """A parsed page, from its file or its text: the elements, the text of each, and the tables."""

    VOID = frozenset(
        {"meta", "link", "br", "input", "path", "circle", "rect", "line", "polyline", "!doctype"}
    )

    def __init__(self, page: Path | str):
        super().__init__()
        self.text = page if isinstance(page, str) else page.read_text(encoding="utf-8")
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.figures: list[str] = []
        self.feed(self.text)
        assert not self.open, f"{page}: not closed: {[tag for tag, *_ in self.open]}"

    def handle_starttag(self, tag, attrs):
        """Open an element, unless it has no content."""
        element = (tag, dict(attrs), [])
        self._note(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        """Note an element without content."""
        self._note((tag, dict(attrs), []))

    def _note(self, element):
        """Keep an element, and the id of the figure that it is part of."""
        self.elements.append(element)
        around = [attrs.get("id", "") for tag, attrs, _ in self.open if tag == "figure"]
        self.figures.append(around[0] if around else "")

    def handle_endtag(self, tag):
        """Close the element that was opened last, and options before it, which may stay open."""
        while tag != "option" and self.open[-1][0] == "option":
            self.open.pop()
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        """Add text to all open elements."""
        for _, _, texts in self.open:
            texts.append(data)

    def between(self, opening: str, closing: str) -> str:
        """Return the source between two texts, each the first that is found."""
        return self.text.split(opening, 1)[1].split(closing, 1)[0]

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str | None], str]]:
        """Return attributes and text of the elements with that name and those attributes."""
        return [
            (attrs, tidy("".join(texts)))
            for name, attrs, texts in self.elements
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    def tables(self, figure: str | None = None) -> list[list[list[str]]]:
        """Return the cells of each table, row by row, of the page or of one figure."""
        found: list[list[list[str]]] = []
        for (tag, _, texts), around in zip(self.elements, self.figures, strict=True):
            if figure not in (None, around):
                continue
            if tag == "table":
                found.append([])
            elif tag == "tr":
                found[-1].append([])
            elif tag in ("th", "td"):
                found[-1][-1].append(tidy("".join(texts)))
        return found

    def table(self, figure: str) -> list[list[str]]:
        """Return the cells of the table of a figure."""
        [table] = self.tables(figure)
        return table

    def charts(self) -> dict[str, dict]:
        """Return the charts of the page by anchor: specification and texts."""
        found = [text for attrs, text in self.all("script", id="figures")]
        return json.loads(found[0])["charts"] if found else {}


def page(site: Path, code: str, language: str = "en") -> Page:
    return Page(site / language / "country" / f"{code.lower()}.html")


def every_page(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))
