"""The pages in a real browser: headless Chromium, opened from disk."""

import json
import shutil
from pathlib import Path

import pytest
from invented_site import invented_warehouse

from pipelines.site.build import build
from schemas import codelists

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DRAWN = ".chart .main-svg"


@pytest.fixture(scope="module")
def site(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    build(invented_warehouse(built, folder / "tests.duckdb"), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def browser():
    if not Path(CHROMIUM).is_file():
        pytest.skip("no Chromium: apt-get install chromium (Debian's package)")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Visit:
    """A page opened from disk, with what it asked for and what it complained of."""

    def __init__(self, browser, file: Path, width: int = 1280, **options):
        self.page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(file.as_uri())

    def draw_all(self) -> None:
        """Goes down the page until each chart has drawn itself."""
        charts = self.page.locator(".chart")
        for at in range(charts.count()):
            charts.nth(at).scroll_into_view_if_needed()
            charts.nth(at).locator(".main-svg").first.wait_for()

    def lines(self, within: str) -> int:
        """Lines drawn there; Plotly also writes a path for a point alone, which draws nothing."""
        paths = self.page.locator(f"{within} path.js-line").all()
        return sum("L" in path.get_attribute("d") for path in paths)

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.fixture
def visit(browser, site):
    opened = []

    def go(path: str, **options) -> Visit:
        visit = Visit(browser, site / path, **options)
        opened.append(visit.page)
        return visit

    yield go
    for page in opened:
        page.close()


def test_gaps_suppressed_figures_and_breaks_part_the_line(visit):
    """Argentina: 2014-16, then 2018 alone, then 2020-21 and dashes to the provisional 2022."""
    arg = visit("en/country/arg.html")
    arg.draw_all()
    assert arg.lines("#victims-int_tests") == 3
    assert arg.page.locator("#victims-int_tests .trace.bars path").count() == 1


@pytest.mark.parametrize(
    ("years", "lines"),
    [((2017, 2018, 2019, 2020, 2021), 1), ((2017, 2018, 2020, 2021), 2)],
    ids=["whole", "gap"],
)
def test_a_gap_in_the_data_is_two_lines_on_the_page(built, browser, tmp_path, years, lines):
    rows = "\n".join(f"ARG|VIC_DETECT|{year}|{year - 1990}|A|CY|||" for year in years)
    build(invented_warehouse(built, tmp_path / "gap.duckdb", rows, ""), tmp_path / "site")
    arg = Visit(browser, tmp_path / "site/en/country/arg.html")
    arg.draw_all()
    assert arg.lines("figure") == lines
    arg.page.close()


@pytest.mark.parametrize("path", ["index.html", "fr/index.html", "en/country/arg.html",
                                  "es/country/chl.html", "pt/country/jam.html",
                                  "fr/country/hti.html"])  # fmt: skip
def test_no_complaint_and_no_request_outside_the_folder(visit, site, path):
    opened = visit(path)
    opened.draw_all()
    assert opened.complaints == []
    assert opened.requests
    assert [url for url in opened.requests if not url.startswith((site.as_uri(), "data:,"))] == []


@pytest.mark.parametrize("language", codelists.LANGUAGES)
@pytest.mark.parametrize("page", ["index.html", "country/arg.html", "country/jam.html",
                                  "country/hti.html"])  # fmt: skip
def test_no_sideways_scrolling_at_320_pixels(visit, language, page):
    opened = visit(f"{language}/{page}", width=320)
    opened.draw_all()
    assert opened.overflow() == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_drawn_is_cut_off_at_the_side(visit, width):
    """Every text of a chart lies within the chart."""
    for path in ("es/country/arg.html", "fr/country/chl.html", "en/country/ecu.html"):
        opened = visit(path, width=width)
        opened.draw_all()
        outside = opened.page.evaluate(
            """() => [...document.querySelectorAll('.chart')].flatMap(chart => {
                const box = chart.getBoundingClientRect();
                return [...chart.querySelectorAll('text')].filter(text => {
                    const own = text.getBoundingClientRect();
                    return own.width && (own.left < box.left - 1 || own.right > box.right + 1);
                }).map(text => text.textContent);
            })"""
        )
        assert outside == [], f"{path} at {width}"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_two_words_of_a_chart_lie_on_each_other(visit, width):
    for path in ("es/country/arg.html", "fr/country/chl.html", "pt/country/ecu.html"):
        opened = visit(path, width=width)
        opened.draw_all()
        clashes = opened.page.evaluate(
            """() => [...document.querySelectorAll('.chart')].flatMap(chart => {
                const found = [...chart.querySelectorAll('.annotation-text, .bartext, .ytick text')]
                    .map(text => [text.textContent, text.getBoundingClientRect()]);
                return found.flatMap(([words, a], at) => found.slice(at + 1)
                    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
                        && a.top < b.bottom - 3 && b.top < a.bottom - 3)
                    .map(([other]) => words + ' / ' + other));
            })"""
        )
        assert clashes == [], f"{path} at {width}"


def test_hostile_labels_make_no_link_and_run_no_script(visit):
    jam = visit("en/country/jam.html")
    jam.draw_all()
    links = jam.page.eval_on_selector_all("a", "links => links.map(a => a.href || a.href.baseVal)")
    assert [link for link in links if "evil" in link] == []
    inside = jam.page.locator(".chart a").count()
    assert inside == 0
    assert jam.page.evaluate("window.bad") is None
    assert jam.page.locator("h1").inner_text().startswith("<a href=")


def test_the_browser_draws_the_figures_of_the_table(visit):
    """What Plotly holds after drawing is what the JSON on the page says."""
    arg = visit("en/country/arg.html")
    arg.draw_all()
    for chart in arg.page.locator(".chart").all():
        drawn = chart.evaluate("box => box.data.map(trace => [trace.x, trace.y])")
        source = arg.page.locator("#" + chart.get_attribute("data-figure")).text_content()
        assert drawn == [[trace["x"], trace["y"]] for trace in json.loads(source)["data"]]


def test_the_chart_is_one_labelled_image_with_its_words(visit):
    arg = visit("pt/country/arg.html")
    arg.draw_all()
    name = "Argentina: 1\u202f247 vítimas detectadas em 2022 (número provisório)"
    image = arg.page.get_by_role("img", name=name)
    assert image.count() == 1
    words = arg.page.locator("#" + image.get_attribute("aria-describedby")).inner_text()
    assert words.startswith("Gráfico por ano, 2014–2022.")


def test_a_page_reads_without_scripts(visit):
    arg = visit("es/country/arg.html", java_script_enabled=False)
    assert not arg.page.locator(".chart").first.is_visible()
    assert arg.page.locator("noscript p").first.is_visible()
    assert arg.page.get_by_role("cell", name="1\u202f521").is_visible()


def test_the_skip_link_comes_first_and_leads_to_the_content(visit):
    arg = visit("en/country/arg.html")
    arg.page.keyboard.press("Tab")
    assert arg.page.evaluate("document.activeElement.className") == "skip"
    arg.page.keyboard.press("Enter")
    assert arg.page.evaluate("location.hash") == "#main"


def test_all_charts_are_drawn_before_printing(visit):
    arg = visit("en/country/arg.html")
    arg.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert arg.page.locator(DRAWN).first.is_visible()
    drawn = arg.page.eval_on_selector_all(".chart", "boxes => boxes.map(box => !!box.data)")
    assert drawn == [True, True]


def test_a_printed_chart_fits_a_page(visit):
    """A4 between margins of 15 mm is 680 CSS pixels wide."""
    arg = visit("en/country/arg.html", width=1600)
    arg.draw_all()
    arg.page.emulate_media(media="print")
    drawing = arg.page.locator("#victims-int_tests .main-svg").first
    assert drawing.bounding_box()["width"] <= 680
