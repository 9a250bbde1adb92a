"""The page of a state as a reader takes it in: sentence, cards, headlines, charts, tables."""

from functools import cache
from pathlib import Path

from country_pages import files
from lxml.html import HtmlElement
from parsed_page import Page

from pipelines.published.site.pages import country
from schemas import codelists

LANGUAGES = tuple(codelists.LANGUAGES)
STATES = codelists.oas_states()
SPACE = "\u202f"


@cache
def parsed(built: Path, area: str, language: str = "en") -> Page:
    path = f"{language}/country/{area.lower()}.html"
    return Page(files(built, country, language)[path])


def page(built: Path, area: str, language: str = "en") -> HtmlElement:
    """Return the page of a state."""
    return parsed(built, area, language).root


@cache
def charts(built: Path, area: str, language: str = "en") -> dict:
    """Return the charts of a page by the id of their panel."""
    return parsed(built, area, language).charts()


def texts(html: HtmlElement, path: str) -> list[str]:
    return [" ".join(each.text_content().replace(SPACE, "").split()) for each in html.xpath(path)]


def sentence(html: HtmlElement) -> str:
    return texts(html, "//p[@class='sentence']")[0]


def card(html: HtmlElement, number: int) -> str:
    return texts(html, "//ul[@class='cards']/li")[number]


def headlines(html: HtmlElement) -> dict[str, str]:
    """Return the headline of each tab by the id of its panel."""
    titles = html.xpath("//div[@role='tabpanel']//h2")
    return {each.get("id").removesuffix("-headline"): each.text_content() for each in titles}


def rows(html: HtmlElement, panel: str) -> dict[str, list[str]]:
    """Return the cells of a panel's table by the heading of their row, without remarks."""
    found = html.xpath(f"//div[@id='{panel}']//table//tbody/tr")
    return {
        each.xpath("th")[0].text_content(): [
            (td.text or "").replace(SPACE, "").strip() for td in each.xpath("td")
        ]
        for each in found
    }


def about(html: HtmlElement, panel: str) -> str:
    return " ".join(texts(html, f"//details[@id='{panel}-about']//p"))


def printed(point: list) -> str:
    """Return a point of a chart as a table prints it."""
    if len(point) > 2 and "S" in point[2]:
        limit = f"{point[3]}–{point[4]}" if point[3] else f"≤{point[4]}"
        return "<5" if point[4] == 4 else limit
    return f"{point[1]:g}"
