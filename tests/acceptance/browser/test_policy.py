"""The content security policy in a real browser: pages opened from disk, and served."""

import json
import shutil
from pathlib import Path

import pytest
from parsed_page import Page

from browser.visiting import served
from pipelines.published.site import content_security
from pipelines.published.site.pages import check, explorer

sync_api = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.enable_socket  # for the server on this machine

PAGES = ("index.html", "en/country/jam.html")
ATTACK = """
<script>window.foreign = 1</script>
<script src="foreign.js"></script>
<script src="{root}static/foreign.js"></script>
<script src="data:text/javascript,window.foreign=6"></script>
<link rel="stylesheet" href="https://evil.example/style.css">
<img src="https://evil.example/pixel.png" alt="">
<img src="data:," onerror="window.foreign = 2">
<a id="bait" href="javascript:window.foreign=3">x</a>
<svg><script>window.foreign = 4</script></svg>
"""
WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => window.violations.push(
    event.violatedDirective + " " + event.sourceFile + ":" + event.lineNumber));
"""


@pytest.fixture(scope="module")
def pages(site, tmp_path_factory):
    """The pages of the invented figures, to be changed at will."""
    return shutil.copytree(site, tmp_path_factory.mktemp("attacked"), dirs_exist_ok=True)


@pytest.fixture(scope="module", params=["disk", "server"])
def address(request, pages):
    """The address of the pages."""
    if request.param == "disk":
        yield pages.as_uri()
        return
    with served(pages) as where:
        yield where


@pytest.fixture(scope="module")
def watched(browser):
    """A tab that notes what violates the policy of its page."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    yield page
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_all_its_charts_violates_nothing(watched, address, path):
    watched.goto(f"{address}/{path}")
    watched.evaluate("window.tipstat?.allDrawn?.()")
    for button in watched.locator("[data-save=svg]:visible").all():
        with watched.expect_download():
            button.click()
    assert watched.evaluate("window.violations") == []
    drawn = watched.locator(".chart.js-plotly-plot:visible").count()
    assert watched.locator(".chart:visible").count() == drawn


def test_no_script_of_others_runs_and_nothing_foreign_is_loaded(watched, address, pages):
    """Neither text nor file nor handler nor address, though all of it stands in the page."""
    path = Path("en/country/attacked.html")
    html = (pages / "en/country/arg.html").read_text(encoding="utf-8")
    files = [pages / "static/foreign.js", pages / "en/country/foreign.js"]
    for file in files:
        file.write_text("window.foreign = 5", encoding="utf-8")
    attack = ATTACK.format(root="../../")
    (pages / path).write_text(html.replace("</h1>", f"</h1>{attack}"), encoding="utf-8")
    watched.goto(f"{address}/{path}")
    watched.locator("#bait").click()
    watched.evaluate("window.tipstat.allDrawn()")
    assert watched.evaluate("window.foreign") is None
    violated = [each.split(" ")[0] for each in watched.evaluate("window.violations")]
    assert violated.count("script-src-elem") >= 4
    assert {"img-src", "style-src-elem", "script-src-attr"} <= {*violated}
    for file in [*files, pages / path]:
        file.unlink()


def test_the_description_for_search_engines_stands_as_data(watched, address):
    watched.goto(f"{address}/en/country/jam.html")
    described = watched.locator("script[type='application/ld+json']").text_content()
    assert json.loads(described)["@type"] == "Dataset"
    assert watched.evaluate("window.violations") == []


def test_served_pages_ask_nobody_else_and_complain_of_nothing(tab, shipped, kinds):
    """test_every_page.py asks the same from disk."""
    with served(shipped) as where:
        for file in kinds("pt")[::6]:
            tab.open(f"{where}/{file.relative_to(shipped)}")
            tab.scroll_through()
            assert tab.complaints == [], file
            assert tab.outside(where) == [], file
        tab.page.goto("about:blank")


def test_every_page_has_the_policy_and_no_script_but_the_loader(site):
    for file in site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        root = "../" * (len(file.relative_to(site).parts) - 1)
        assert html.index("Content-Security-Policy") < html.index("<script"), file
        scripts = html.count("<script") - html.count('<script type="application/')
        assert scripts == 1, file
        own = {"explorer": explorer.SCRIPTS, "check": check.SCRIPTS}.get(file.stem, ())
        has_charts = 'id="drawn"' in html or file.stem == "explorer"
        loader = content_security.loader(root, own, has_charts=has_charts)
        assert f"<script>{loader}</script>" in html, file
        assert not Page(file).root.xpath("//@style"), file
        assert "<style" not in html, file


def test_the_policy_allows_no_inline_code():
    arguments = dict(part.split(" ", 1) for part in content_security.policy("../").split("; "))
    assert arguments["default-src"] == "'none'"
    assert "unsafe" not in arguments["script-src"]
    assert "'unsafe-inline'" not in arguments["style-src"]
