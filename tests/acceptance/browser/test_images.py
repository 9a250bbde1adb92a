"""What leaves a page: images with all their texts inside the frame, and one figure embedded."""

import base64
import html
import re
from urllib.parse import unquote

import pytest

from browser import explorer_page
from browser.visiting import Visit

WIDTH, HEIGHT = 1200, 675
PAGES = {"en": "gtm", "es": "mex", "pt": "lca", "fr": "usa"}
"""A state with many panels, large numbers, suppressed figures or long texts, by language."""
TEXTS = """async (svg) => {
    const holder = document.body.appendChild(document.createElement("div"));
    holder.innerHTML = svg;
    const image = holder.querySelector("svg");
    const frame = image.getBoundingClientRect();
    const all = [...image.querySelectorAll("text")].filter((each) => each.textContent.trim());
    const found = all.map((each) => {
        const box = each.getBoundingClientRect();
        const lines = [...each.querySelectorAll("tspan.line")].map((line) => line.textContent);
        const text = (lines.length ? lines.join(" ") : each.textContent).replace(/\\s+/g, " ");
        const [left, right] = [box.left - frame.left, box.right - frame.left];
        const [top, bottom] = [box.top - frame.top, box.bottom - frame.top];
        return { text, left, right, top, bottom };
    });
    holder.remove();
    return found;
}"""
"""The texts of an image, each with its box."""
LARGEST = """(name) => {
    const chart = structuredClone(tipstat.charts[name]);
    const points = chart.spec.panels[0].series[0].points;
    points.forEach((point, at) => { point[1] = 12345678 + at; point[2] = ""; });
    chart.title = Array(20).fill("transnationalement").join(" ");
    chart.source = Array(60).fill(chart.source.split(" ")[1]).join(" ");
    tipstat.charts[name] = chart;
}"""
"""Makes a chart one of two-digit millions, with the longest headline and a long source."""


@pytest.fixture
def opened(tab, shipped):
    return lambda path: tab.open(f"{shipped.as_uri()}/{path}")


@pytest.fixture(scope="module")
def blank(browser):
    """A page without a policy, which may show an image."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def image(visit: Visit, chart: str, form: str) -> bytes:
    script = "([chart, form]) => tipstat.image(tipstat.charts[chart], form)"
    address = visit.page.evaluate(script, [chart, form])
    head, content = address.split(",", 1)
    return base64.b64decode(content) if head.endswith("base64") else unquote(content).encode()


def texts(blank, visit: Visit, chart: str) -> list[dict]:
    return blank.evaluate(TEXTS, image(visit, chart, "svg").decode())


def outside(found: list[dict]) -> list[str]:
    return [
        each["text"]
        for each in found
        if min(each["left"], each["top"], WIDTH - each["right"], HEIGHT - each["bottom"]) < 2
    ]


def over(found: list[dict]) -> list[tuple[str, str]]:
    """Return the pairs of texts of which one covers the other."""
    return [
        (one["text"], other["text"])
        for at, one in enumerate(found)
        for other in found[at + 1 :]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 3
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 3
    ]


@pytest.mark.parametrize(
    "language",
    ["en", "fr", *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ("es", "pt"))],
)
def test_every_text_of_an_image_is_inside_its_frame(opened, blank, language):
    visit = opened(f"{language}/country/{PAGES[language]}.html")
    charts = visit.page.evaluate("tipstat.charts")
    assert len(charts) > 2
    for name, chart in charts.items():
        found = texts(blank, visit, name)
        assert outside(found) == [], name
        assert over(found) == [], name
        whole = " ".join(each["text"] for each in found)
        edition = visit.page.evaluate("tipstat.language.edition")
        script = "(name) => tipstat.meanings(tipstat.charts[name].spec)"
        meanings = visit.page.evaluate(script, name)
        own = [chart[each] for each in ("title", "subtitle", "note", "source")]
        for part in (*own, edition, *meanings):
            assert " ".join(part.split()) in whole, name


def test_the_longest_texts_and_largest_numbers_fit(opened, blank):
    visit = opened("fr/country/usa.html")
    for name in ("trend", "sex_age"):
        visit.page.evaluate(LARGEST, name)
        found = texts(blank, visit, name)
        assert outside(found) == []
        assert any("12 345" in each["text"].replace("\u202f", " ") for each in found)


@pytest.mark.parametrize(
    "asked",
    ["s=ARG,BRA,COL,LCA,PER,TTO", "s=TTO&m=rate", "s=ARG,BRA,MEX&v=over", "s=MEX,USA&f=cited"],
)
def test_every_text_of_an_image_of_the_explorer_is_inside_its_frame(opened, blank, asked):
    visit = explorer_page.wait(opened(f"fr/explorer.html#{asked}"))
    found = texts(blank, visit, "explorer")
    assert outside(found) == []
    assert over(found) == []
    whole = " ".join(each["text"] for each in found)
    chart = visit.page.evaluate("tipstat.charts.explorer")
    edition = visit.page.evaluate("tipstat.editions.fr")
    for part in (*(chart[each] for each in ("title", "subtitle", "note", "source")), edition):
        assert " ".join(part.split()) in whole
    assert image(visit, "explorer", "png").startswith(b"\x89PNG")


@pytest.mark.parametrize(("anchor", "width"), [("trend", 390), ("sources", 1280)])
def test_an_embedded_figure_fits_its_frame(browser, shipped, tmp_path, anchor, width):
    """Nothing of it is cut and nothing is left blank, with its code on a page of another site."""
    country = (shipped / "fr/country/can.html").read_text(encoding="utf-8")
    [code] = re.findall(rf'data-copy="([^"]*embed={anchor}&#34;[^"]*)"', country)
    code = html.unescape(code).replace('src="/', f'src="{shipped.as_uri()}/')
    host = tmp_path / "host.html"
    host.write_text(f"<!doctype html><body style='margin:0'>{code}", encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 1200})
    page = context.new_page()
    page.goto(host.as_uri())
    page.frame_locator("iframe").locator(f"#{anchor} .main-svg").first.wait_for()
    room, needed = page.frames[1].evaluate("[innerHeight, document.body.scrollHeight]")
    shown = page.frames[1].evaluate("document.querySelector('main').offsetHeight")
    context.close()
    assert needed <= room
    assert shown > room - 10


def test_an_embedded_figure_has_its_source_and_caveat_and_no_bar(opened):
    page = opened("en/country/bra.html?embed=trend").page
    page.locator("#trend .main-svg").first.wait_for()
    shown = page.locator("body").inner_text()
    assert "United Nations Office on Drugs and Crime" in shown
    assert "not all victims" in shown
    assert not page.locator(".bar").is_visible()
    assert not page.locator("h1").is_visible()
    assert not page.locator(".folds").is_visible()
    assert [each.get_attribute("id") for each in page.get_by_role("tabpanel").all()] == ["trend"]
