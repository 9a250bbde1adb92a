"""No fault on any page, at any width: axe-core, sideways scrolling, text cut off, text on text."""

from pathlib import Path

import pytest
from invented_site import LANGUAGES

from browser import faults
from browser.visiting import WIDTHS, Visit

EVERY_PAGE_IN = "es"
SHARES = 12


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_of_a_language(tab, pages, share):
    opened = pages(EVERY_PAGE_IN)[share::SHARES]
    assert opened
    assert [fault for page in opened for fault in at_each_width(tab, page, WIDTHS[:1])] == []


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {EVERY_PAGE_IN}))
def test_every_kind_of_page_in_the_other_languages(tab, kinds, language):
    assert [fault for page in kinds(language) for fault in at_each_width(tab, page)] == []


def at_each_width(tab: Visit, page: Path, contrast_at: tuple[int, ...] = WIDTHS) -> list[str]:
    """The page's faults; the contrast of words, which takes the most time, at some widths."""
    tab.go(page)
    found = []
    for width in WIDTHS:
        tab.resize(width)
        said = f"{page.parent.parent.name}/{page.parent.name}/{page.name} at {width}"
        seen = faults.of_axe(tab, contrast=width in contrast_at) + faults.of_sight(tab)
        found += [f"{said}: {fault}" for fault in seen]
    return found


SPOILT = {
    "axe image-alt": "document.querySelector('main').append(new Image())",
    "axe role-img-alt": "document.querySelector('.chart').removeAttribute('aria-labelledby')",
    "axe html-has-lang": "document.documentElement.lang = ''",
    "axe color-contrast": "document.querySelector('main p').style.color = '#999'",
    "axe target-size": "[1, 2].forEach(n => document.querySelector('h2').append(Object.assign("
    "document.createElement('button'), {textContent: n, style: 'font-size: 5px; padding: 0'})))",
    "axe heading-order": "document.querySelector('h2').outerHTML = '<h5>far down</h5>'",
    "axe link-name": "document.querySelector('main a').textContent = ''",
    "px too wide": "document.querySelector('h1').style.minWidth = '2000px'",
    "cut off": "document.querySelector('h1').style = 'height: 9px; overflow: clip'",
    "overlap": "document.querySelector('h2').style.marginTop = '-4rem'",
}
"""By the fault that must be found, what makes it."""


@pytest.mark.parametrize("fault", SPOILT)
def test_a_fault_is_found(visit, fault):
    arg = visit("en/country/arg.html")
    arg.draw_all()
    before = faults.of_axe(arg) + faults.of_sight(arg)
    arg.page.evaluate(SPOILT[fault])
    after = faults.of_axe(arg) + faults.of_sight(arg)
    assert [each for each in after if fault in each and each not in before]
