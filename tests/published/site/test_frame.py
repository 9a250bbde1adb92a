"""The frame of every page: languages, menu, foot, and what other sites show of a link."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from parsed_page import LANGUAGES, Page

from pipelines.published.site import build
from pipelines.published.site.pages import data, feed, home, indicator, revisions
from pipelines.published.site.rendering import FOOT_MENU, MENU
from pipelines.words.language import LOCALE

BASE = "https://example.org/tip"
XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def framed(shipped) -> dict[Path, Page]:
    """The single pages in two languages, and the first and the last page of each folder."""
    chosen: list[Path] = []
    for top in (shipped / "en", shipped / "fr"):
        for folder in (top, *(each for each in sorted(top.iterdir()) if each.is_dir())):
            files = sorted(folder.glob("*.html" if folder == top else "**/*.html"))
            chosen += files if folder == top else [files[0], files[-1]]
    return {file: Page(file) for file in chosen}


@pytest.fixture(scope="module")
def published(built, tmp_path_factory) -> Path:
    """Pages as they are published at an address: the feed, what it leads to, and two kinds more."""
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "KINDS", (home, indicator, revisions, data, feed))
        build.build_site(built, folder, f"{BASE}/")
    return folder


def language_of(page: Page) -> str:
    ((html, _),) = page.all("html")
    return html["lang"]


def meta(page: Page) -> dict[str, str]:
    return {
        each.get("property") or each.get("name"): each.get("content")
        for each, _ in page.all("meta")
    }


def test_every_page_is_in_the_language_of_its_folder(shipped, framed):
    for file, page in framed.items():
        assert language_of(page) == file.relative_to(shipped).parts[0]


def test_the_switch_leads_to_the_same_page_in_each_language(shipped, framed):
    for file, page in framed.items():
        below = Path(*file.relative_to(shipped).parts[1:])
        switch = [each for each, _ in page.all("a") if "hreflang" in each]
        targets = [(file.parent / each["href"]).resolve() for each in switch]
        assert targets == [(shipped / code / below).resolve() for code in LANGUAGES], file
        assert all(target.is_file() for target in targets)
        names = [each["aria-label"] for each in switch]
        assert names == ["English", "Español", "Português", "Français"]


def test_every_page_is_reached_from_every_page(shipped, framed):
    for file, page in framed.items():
        addresses = {
            (file.parent / each["href"].split("#")[0]).resolve()
            for each, _ in page.all("a")
            if not each["href"].startswith("http")
        }
        top = shipped / language_of(page)
        assert addresses >= {(top / path).resolve() for _, path in (*MENU, *FOOT_MENU)}, file


def test_the_foot_names_the_edition_and_what_the_figures_are_not(shipped, framed):
    script = (shipped / "static" / "edition.js").read_text(encoding="utf-8")
    editions = json.loads(script.removeprefix("window.tipstat = ").removesuffix(";\n"))["editions"]
    assert (
        editions["fr"] == f"tipstat {version('tipstat')}, toutes les sources au 1er décembre 2026"
    )
    for page in framed.values():
        ((_, foot),) = page.all("footer")
        assert {"class": "edition"} in [each for each, _ in page.all("span")]
        assert not re.search(r"tipstat \d", foot)
        if language_of(page) == "en":
            assert "Detected victims are those the authorities found, not all victims." in foot


def test_a_link_to_a_page_has_title_description_and_language(framed):
    for file, page in framed.items():
        found = meta(page)
        ((_, title),) = page.all("title")
        assert f"{found['og:title']} – tipstat".split() == title.split(), file
        assert found["og:description"] == found["description"]
        assert found["description"].strip()
        assert found["og:locale"] == LOCALE[language_of(page)]


def test_without_an_address_nothing_absolute_is_written(shipped, framed):
    for name in ("feed.xml", "sitemap.xml", "robots.txt"):
        assert not list(shipped.rglob(name))
    for page in framed.values():
        assert not meta(page).keys() & {"og:url", "og:image"}
        assert not page.all("link", rel="canonical")


def test_the_sitemap_has_each_page_in_each_language(published):
    places = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    pages = {
        path.relative_to(published).as_posix()
        for code in LANGUAGES
        for path in (published / code).rglob("*.html")
    }
    listed = set()
    for url in ET.parse(published / "sitemap.xml").getroot().findall("s:url", places):
        path = url.findtext("s:loc", namespaces=places).removeprefix(f"{BASE}/")
        listed.add(path)
        assert url.findtext("s:lastmod", namespaces=places) == "2026-12-01"
        others = {each.get("hreflang"): each.get("href") for each in url.iter(XHTML_LINK)}
        assert others == {code: f"{BASE}/{code}/{path.partition('/')[2]}" for code in LANGUAGES}
    assert listed == pages
    assert len(pages) > 20


def test_robots_may_read_all_but_single_figures_and_old_versions(published):
    robots = RobotFileParser()
    robots.parse((published / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.site_maps() == [f"{BASE}/sitemap.xml"]
    for path in ("en/index.html", "extracts/catalog.ttl"):
        assert robots.can_fetch("any", f"{BASE}/{path}")
    for path in ("sdmx/v2/data/x", "versions/2026/site/en/index.html", "api/v1/national.csv"):
        assert not robots.can_fetch("any", f"{BASE}/{path}")


def test_a_page_that_is_published_names_its_address_and_a_picture(published):
    for language in LANGUAGES:
        for path in ("index.html", "revisions.html", "indicator/vic_detect.html"):
            page = Page(published / language / path)
            address = f"{BASE}/{language}/{path}"
            found = meta(page)
            assert found["og:url"] == address
            assert [each["href"] for each, _ in page.all("link", rel="canonical")] == [address]
            picture = published / found["og:image"].removeprefix(f"{BASE}/")
            assert picture.stat().st_size < 60_000
            # The width and height of a PNG file are its bytes 16 to 24.
            head = picture.read_bytes()[16:24]
            assert (int.from_bytes(head[:4]), int.from_bytes(head[4:])) == (1200, 630)


def test_the_feed_has_every_release_once_and_its_links_lead_to_pages(published):
    ids = set()
    for language in LANGUAGES:
        feed = ET.parse(published / language / "feed.xml").getroot()
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        days = [entry.findtext(f"{ATOM}updated") for entry in entries]
        assert days == sorted(days, reverse=True)
        assert feed.findtext(f"{ATOM}updated") == days[0]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", day) for day in days)
        for entry in entries:
            ids.add(entry.findtext(f"{ATOM}id"))
            assert entry.findtext(f"{ATOM}title").strip()
            assert entry.findtext(f"{ATOM}summary").strip()
            address = entry.find(f"{ATOM}link").get("href").removeprefix(f"{BASE}/")
            path, _, anchor = address.partition("#")
            assert f'id="{anchor}"' in (published / path).read_text(encoding="utf-8") or not anchor
    assert len(ids) == len(entries) * len(LANGUAGES)
