"""What leaves a page: images with all their texts inside the frame, and one figure embedded."""

import base64
from urllib.parse import unquote

import pytest
import short_runs

from browser import explorer_page
from browser.visiting import Visit
from pipelines.published.site import build
from pipelines.published.site.pages import home

PAGES = {"en": "gtm", "es": "mex", "pt": "dma", "fr": "usa"}
"""A state with large numbers, suppressed figures, long texts or one chart alone, by language."""
BASE = "https://example.org/tip"
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
        const [left, right] = [box.left - frame.left, frame.right - box.right];
        const [top, bottom] = [box.top - frame.top, frame.bottom - box.bottom];
        const room = Math.min(left, right, top, bottom);
        return { text, left, top, right: left + box.width, bottom: top + box.height, room };
    });
    holder.remove();
    return found;
}"""
"""The texts of an image, each with its box and its distance from the frame."""
LONGEST = """(name) => {
    const chart = tipstat.drawn[name];
    chart.title = Array(40).fill("transnationalement").join(" ");
    chart.note = Array(60).fill(chart.source.split(" ")[1]).join(" ");
}"""
"""Gives a chart the longest title and a long note."""


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
    script = """([chart, form]) => tipstat.picture
        ? tipstat.picture(chart, form) : tipstat.image(tipstat.charts[chart], form)"""
    address = visit.page.evaluate(script, [chart, form])
    head, content = address.split(",", 1)
    return base64.b64decode(content) if head.endswith("base64") else unquote(content).encode()


def texts(blank, visit: Visit, chart: str) -> list[dict]:
    return blank.evaluate(TEXTS, image(visit, chart, "svg").decode())


def outside(found: list[dict]) -> list[str]:
    return [each["text"] for each in found if each["room"] < 2]


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
    ["fr", *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ("en", "es", "pt"))],
)
@pytest.mark.parametrize("path", ["country/{}", "index", "indicator/vic_detect"])
def test_every_text_of_an_image_is_inside_its_frame(opened, blank, language, path):
    """Sentence, unit, key, source and edition among them."""
    visit = opened(f"{language}/{path.format(PAGES[language])}.html")
    charts = visit.page.evaluate("tipstat.drawn")
    assert charts
    edition = visit.page.evaluate("tipstat.editions[document.documentElement.lang]")
    for name, chart in charts.items():
        found = texts(blank, visit, name)
        assert outside(found) == [], name
        assert over(found) == [], name
        whole = " ".join(each["text"] for each in found)
        for part in (*(chart[each] for each in ("title", "unit", "note", "source")), edition):
            assert " ".join(part.split()) in whole, name
        assert image(visit, name, "png").startswith(b"\x89PNG")


def test_the_longest_texts_fit(opened, blank):
    visit = opened("fr/country/usa.html")
    for name in visit.page.evaluate("Object.keys(tipstat.drawn)"):
        visit.page.evaluate(LONGEST, name)
        found = texts(blank, visit, name)
        assert outside(found) == []
        assert over(found) == []


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


@pytest.fixture(scope="module")
def addressed(built, tmp_path_factory):
    """The region's page as it is published at an address, in French."""
    folder = tmp_path_factory.mktemp("addressed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "KINDS", (home,))
        short_runs.in_language("fr", patch.setattr)
        build.build_site(built, folder, BASE)
    return folder


@pytest.mark.parametrize(("anchor", "width"), [("same-states", 390), ("who", 1280)])
def test_an_embedded_figure_fits_its_frame(browser, addressed, tmp_path, anchor, width):
    """Nothing of it is cut and nothing is left blank, with its code on a page of another site."""
    context = browser.new_context(viewport={"width": width, "height": 1200})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((addressed / "fr/index.html").as_uri())
    page.locator(f"[data-embed={anchor}]").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('iframe')")
    code = page.evaluate("navigator.clipboard.readText()")
    assert f'src="{BASE}/fr/index.html?embed={anchor}"' in code
    host = tmp_path / "host.html"
    local = code.replace(BASE, addressed.as_uri())
    host.write_text(f"<!doctype html><body style='margin:0'>{local}", encoding="utf-8")
    page.goto(host.as_uri())
    page.frame_locator("iframe").locator(f"#{anchor} .main-svg").first.wait_for()
    room, needed = page.frames[1].evaluate("[innerHeight, document.body.scrollHeight]")
    shown = page.frames[1].evaluate("document.querySelector('main').offsetHeight")
    context.close()
    assert needed <= room
    assert shown > room - 10


def test_an_embedded_figure_has_its_source_and_caveat_and_no_bar(opened):
    page = opened("en/country/bra.html?embed=happened").page
    page.locator("#happened .main-svg").first.wait_for()
    assert page.locator(".block:visible").count() == 1
    for part in ("h2", ".evidence", ".calm", ".source"):
        assert page.locator(f"#happened > {part}").is_visible()
    assert not any(page.locator(each).is_visible() for each in (".bar", "h1", ".onward", "footer"))
