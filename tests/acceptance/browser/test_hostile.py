"""Hostile texts stay texts: no script runs, no link is made, nothing overflows."""

import re

import pytest
import short_runs
from parsed_page import Page

from browser import faults
from browser.hostile import EVIL, TEXTS, hostile_warehouse
from pipelines.published.site.build import build_site
from pipelines.questionnaire import checks_as_data

LANGUAGE = "es"
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
IN_A_CHART = re.compile(r", text in #|, span in #needs$|th in #overview$")
ADDRESSES = "links => links.map(link => link.getAttribute('href') || link.href.baseVal)"


@pytest.fixture(scope="module")
def hostile_pages(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        short_runs.in_language(LANGUAGE, patch.setattr)
        warehouse = hostile_warehouse(built, folder / "tipstat.duckdb")
        build_site(warehouse, folder / "site", form_rules=checks_as_data.data())
    return folder / "site"


@pytest.fixture
def opened(kinds, hostile_pages, shipped):
    """The hostile pages of each kind, beside those of the shipped figures."""
    paths = [file.relative_to(shipped) for file in kinds(LANGUAGE)]
    extra = [path.parent / "ury.html" for path in paths if path.parent.name == "country"][:1]
    return [hostile_pages / path for path in [*paths, *extra]]


def test_every_text_is_on_some_page(hostile_pages):
    text = "".join(
        Page(file).all("body")[0][1] for file in hostile_pages.glob(f"{LANGUAGE}/*/*.html")
    )
    assert [each for each in TEXTS if not TURNED.search(each) and each not in text] == []


def test_no_script_runs_no_link_is_made_and_nothing_overflows_at_320_pixels(tab, opened):
    """In a chart a long name may end at its edge; the table has it. Heads stand upright."""
    tab.open("about:blank")
    for file in opened:
        tab.go(file)
        assert tab.complaints == [], file
        assert tab.page.evaluate("window.bad") is None, file
        assert tab.page.locator(".chart a, img, iframe, object, form[action]").count() == 0, file
        addresses = tab.page.eval_on_selector_all("a", ADDRESSES)
        assert [each for each in addresses if EVIL in each or "script:" in each] == [], file
        tab.resize(320)
        seen = [fault for fault in faults.of_sight(tab) if not IN_A_CHART.search(fault)]
        assert seen == [], file


def test_no_text_turns_the_words_after_it(hostile_pages):
    turned = [file for file in hostile_pages.rglob("*.html") if TURNED.search(file.read_text())]
    assert turned == []
