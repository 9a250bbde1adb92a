"""The page of a state as a reader takes it in: sentences, remarks, charts, tables."""

from functools import cache
from pathlib import Path

from country_pages import files
from lxml.html import HtmlElement
from parsed_page import Page, tidy

from pipelines.published.site.pages import country
from schemas import codelists

STATES = codelists.oas_states()
SPACE = "\u202f"
BLOCKS = {"HAPPENED": "happened", "WHO": "who", "NEIGHBOURS": "neighbours", "JUSTICE": "justice"}
"""Ids of the blocks by the question that they answer."""


@cache
def parsed(built: Path, area: str, language: str = "en") -> Page:
    path = f"{language}/country/{area.lower()}.html"
    return Page(files(built, country, language)[path])


def page(built: Path, area: str, language: str = "en") -> HtmlElement:
    """Return the page of a state."""
    return parsed(built, area, language).root


def figures(built: Path, area: str, language: str = "en") -> dict[str, dict]:
    """Return the figures that the page draws, by the id of their block."""
    charts = parsed(built, area, language).drawn().get("charts", {})
    return {anchor: chart["figure"] for anchor, chart in charts.items()}


def sentence(html: HtmlElement, block: str) -> str:
    """Return the sentence of a block."""
    [found] = html.xpath(f"//section[@id='{block}']/h2")
    return tidy(found.text_content())


def remarks(html: HtmlElement, block: str) -> list[str]:
    """Return the codes of the remarks of a block."""
    return html.xpath(f"//section[@id='{block}']//*[@data-remark]/@data-remark")


def rows(html: HtmlElement, block: str) -> list[tuple[str, list[str]]]:
    """Return heading and cells of each row of a block's table, without remarks."""
    return [
        (
            tidy(row.xpath("th")[0].text_content()),
            [(cell.text or "").replace(SPACE, "").strip() for cell in row.xpath("td")],
        )
        for row in html.xpath(f"//section[@id='{block}']//table//tbody/tr")
    ]


def words(html: HtmlElement, block: str) -> str:
    """Return all that a block says, without its table."""
    [found] = html.xpath(f"//section[@id='{block}']")
    return tidy("".join(found.xpath(".//text()[not(ancestor::details)]")))
