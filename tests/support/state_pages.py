"""The page of a state as a reader takes it in: sentence, cards, headlines, charts, tables."""

from functools import cache
from pathlib import Path

import lxml.html
import orjson
from country_pages import files

from pipelines.published.site.pages import country
from schemas import codelists

LANGUAGES = tuple(codelists.LANGUAGES)
STATES = codelists.oas_states()
SPACE = "\u202f"


@cache
def page(built: Path, area: str, language: str = "en") -> lxml.html.HtmlElement:
    """Return the page of a state."""
    path = f"{language}/country/{area.lower()}.html"
    return lxml.html.fromstring(files(built, country, language)[path])


@cache
def charts(built: Path, area: str, language: str = "en") -> dict:
    """Return the charts of a page by the id of their panel."""
    found = page(built, area, language).xpath("//script[@id='figures']")
    return orjson.loads(found[0].text)["charts"] if found else {}


def texts(html: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(each.text_content().replace(SPACE, "").split()) for each in html.xpath(path)]


def sentence(html: lxml.html.HtmlElement) -> str:
    return texts(html, "//p[@class='sentence']")[0]


def card(html: lxml.html.HtmlElement, number: int) -> str:
    return texts(html, "//ul[@class='cards']/li")[number]


def headlines(html: lxml.html.HtmlElement) -> dict[str, str]:
    """Return the headline of each tab by the id of its panel."""
    titles = html.xpath("//div[@role='tabpanel']//h2")
    return {each.get("id").removesuffix("-headline"): each.text_content() for each in titles}


def rows(html: lxml.html.HtmlElement, panel: str) -> dict[str, list[str]]:
    """Return the cells of a panel's table by the heading of their row, without remarks."""
    found = html.xpath(f"//div[@id='{panel}']//table//tbody/tr")
    return {
        each.xpath("th")[0].text_content(): [
            (td.text or "").replace(SPACE, "").strip() for td in each.xpath("td")
        ]
        for each in found
    }


def about(html: lxml.html.HtmlElement, panel: str) -> str:
    return " ".join(texts(html, f"//details[@id='{panel}-about']//p"))


def printed(point: list) -> str:
    """Return a point of a chart as a table prints it."""
    if len(point) > 2 and "S" in point[2]:
        limit = "<5" if point[4] == 4 else f"≤{point[4]}"
        return f"{point[3]}–{point[4]}" if point[3] else limit
    return f"{point[1]:g}"
