"""The frame of every page: language switch, menu, breadcrumb, foot, social title."""

import re
from pathlib import Path

import pytest
from conftest import ROOT
from honest_charts.colours import contrast
from invented_site import LANGUAGES, Page, every_page

from pipelines.published.i18n.language import LOCALE
from pipelines.published.site.rendering import MENU

STYLE = ROOT / "pipelines" / "published" / "site" / "static" / "style.css"


@pytest.fixture(scope="module")
def framed(site) -> dict[Path, Page]:
    """The pages in two languages, which have the same templates as the others."""
    files = [site / "index.html", *every_page(site / "en"), *every_page(site / "fr")]
    return {file: Page(file) for file in files}


def links(page: Page, within: str) -> list[tuple[str, str]]:
    """Return address and words of the links in the only part of that class or name."""
    tag = within if within in ("footer",) else "nav"
    part = re.search(rf"<{tag}[^>]*{'' if tag == within else within}.*?</{tag}>", page.text, re.S)
    assert part, within
    return re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', part.group())


def language_of(page: Page) -> str:
    ((html, _),) = page.all("html")
    return html["lang"]


def test_every_page_is_in_the_language_of_its_folder(site, framed):
    for file, page in framed.items():
        folder = file.relative_to(site).parts[0]
        assert language_of(page) == (folder if folder in LANGUAGES else "en"), file


def test_the_switch_leads_to_the_same_page_in_each_language(site, framed):
    for file, page in framed.items():
        own = file.relative_to(site).parts
        below = Path(*own[1:]) if own[0] in LANGUAGES else Path(*own)
        targets = [
            (file.parent / attributes["href"]).resolve()
            for attributes, _ in page.all("a")
            if "hreflang" in attributes
        ]
        assert targets == [(site / code / below).resolve() for code in LANGUAGES], file
        assert all(target.is_file() for target in targets)


def test_the_switch_names_each_language_in_itself(framed):
    for page in framed.values():
        switch = [(each, text) for each, text in page.all("a") if "hreflang" in each]
        assert [text for _, text in switch] == ["English", "Español", "Português", "Français"]
        (current,) = [each["lang"] for each, _ in switch if "aria-current" in each]
        assert current == language_of(page)


def test_every_page_is_reached_from_the_menu_of_every_page(framed):
    for page in framed.values():
        assert len(links(page, "menu")) == len(MENU) - 1


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("en/index.html", ["Home"]),
        ("en/country/arg.html", ["Home", "All states", "Argentina"]),
        ("es/country/usa.html", ["Inicio", "Todos los Estados", "Estados Unidos"]),
        ("fr/gaps.html", ["Accueil", "Lacunes et besoins"]),
        ("pt/indicator/vic_detect.html", ["Início", "Indicadores", "Vítimas detectadas"]),
        ("en/method/sex.html", ["Home", "Method and definitions", "Sex"]),
        ("en/gaps/per_convict.html", ["Home", "Gaps and needs", "Persons convicted"]),
        ("en/compare/index.html", ["Home", "Compare"]),
    ],
)
def test_the_breadcrumb_leads_from_home_to_the_page(site, path, way):
    [(_, text)] = Page(site / path).all("nav", **{"class": "breadcrumb"})
    assert text == " ".join(way)


def test_every_breadcrumb_begins_at_home_and_ends_here(site, framed):
    for file, page in framed.items():
        crumbs = links(page, "breadcrumb")
        is_home = file.name == "index.html" and file.parent.name in (*LANGUAGES, site.name)
        targets = [(file.parent / address.split("#")[0]).resolve() for address, _ in crumbs]
        assert targets[:1] == ([] if is_home else [site / language_of(page) / "index.html"])
        assert len(page.all("li", **{"aria-current": "page"})) == 1


def test_a_shared_link_has_title_description_and_language_and_no_picture(framed):
    for file, page in framed.items():
        meta = {
            each.get("property") or each.get("name"): each.get("content")
            for each, _ in page.all("meta")
        }
        ((_, title),) = page.all("title")
        assert f"{meta['og:title']} – tipstat".split() == title.split(), file
        assert meta["og:description"] == meta["description"]
        assert meta["og:locale"] == LOCALE[language_of(page)]
        assert meta["description"].strip()
        assert "og:image" not in meta
        others = page.all("meta", property="og:locale:alternate")
        assert {each["content"] for each, _ in others} == {
            LOCALE[code] for code in LANGUAGES if code != language_of(page)
        }


def test_the_foot_leads_to_prevalence_citation_licence_and_corrections(site, framed):
    for file, page in framed.items():
        fragments = []
        for address, _ in links(page, "footer"):
            path, fragment = address.split("#")
            target = (file.parent / path).resolve()
            assert f'id="{fragment}"' in target.read_text(encoding="utf-8"), (file, address)
            fragments.append(fragment)
        assert fragments == ["prevalence", "cite", "licence", "corrections"]
        ((_, foot),) = page.all("footer")
        assert re.search(r"tipstat \d+\.\d+\.\d+", foot)


@pytest.mark.parametrize("ground", ["#ffffff", "shade"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "line"])
def test_text_has_contrast(ink, ground):
    colours = dict(re.findall(r"--(\w+): (#\w{6});", STYLE.read_text(encoding="utf-8")))
    assert contrast(colours[ink], colours.get(ground, ground)) >= 4.5


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
