"""A page of the site as its readers' browsers parse it: elements, texts, tables, charts."""

import json
import re
from pathlib import Path

from lxml.html import HtmlElement, document_fromstring

from schemas import codelists

LANGUAGES = codelists.LANGUAGES


def spaced(text: str) -> str:
    """Return an English text with thousands as pages print them."""
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "\u202f", text)


def tidy(text: str) -> str:
    """Return the text with the spaces that HTML shows; no-break spaces are kept."""
    return re.sub(r"[ \n]+", " ", text).strip(" ")


def word_count(text: str) -> int:
    """Return the number of words; a number is one, and signs that stand alone are none."""
    return sum(any(map(str.isalnum, word)) for word in text.replace("\u202f", "").split())


def _text(element: HtmlElement) -> str:
    return tidy(element.text_content())


class Page:
    """A parsed page, from its file or its text: its source, its elements and their text."""

    def __init__(self, page: Path | str):
        self.text = page if isinstance(page, str) else page.read_text(encoding="utf-8")
        self.root = document_fromstring(self.text)

    def between(self, opening: str, closing: str) -> str:
        """Return the source between two texts, each the first that is found."""
        return self.text.split(opening, 1)[1].split(closing, 1)[0]

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str], str]]:
        """Return attributes and text of the elements with that name and those attributes."""
        return [
            (dict(each.attrib), _text(each))
            for each in self.root.iter(tag)
            if wanted.items() <= {*each.attrib.items()}
        ]

    def anchors(self) -> set[str]:
        """Return the ids of the elements."""
        return {*self.root.xpath("//@id")}

    def tables(self) -> list[list[list[str]]]:
        """Return the cells of each table, row by row."""
        return [
            [[_text(cell) for cell in row.iter("th", "td")] for row in table.iter("tr")]
            for table in self.root.iter("table")
        ]

    def drawn(self) -> dict[str, dict]:
        """Return what the page's script draws: template, texts, and charts by anchor."""
        found = [text for attrs, text in self.all("script", id="drawn")]
        return json.loads(found[0]) if found else {}

    def charts(self) -> dict[str, dict]:
        """Return the charts of the page by anchor: specification and texts."""
        found = [text for attrs, text in self.all("script", id="figures")]
        return json.loads(found[0])["charts"] if found else {}


def every_page(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))
