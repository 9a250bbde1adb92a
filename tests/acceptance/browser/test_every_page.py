"""No fault on any page, at any width: axe-core, sideways scrolling, text cut off, text on text."""

from pathlib import Path

import pytest
from parsed_page import LANGUAGES

from browser import faults
from browser.visiting import WIDTHS, Visit

SHARES = 12
exhaustive = pytest.mark.exhaustive


@exhaustive
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_of_a_language(tab, pages, share):
    opened = pages("es")[share::SHARES]
    assert opened
    assert [fault for page in opened for fault in at_each_width(tab, page)] == []


@pytest.mark.parametrize(
    ("language", "one_in"),
    [
        ("fr", 3),  # the longest words
        *(pytest.param(each, 1, marks=exhaustive) for each in LANGUAGES),
    ],
)
def test_every_kind_of_page(tab, kinds, shipped, language, one_in):
    """With all charts drawn all rules of axe are asked, the contrast of words among them.

    Nothing leaves the folder, and the browser complains of nothing.
    """
    for page in kinds(language)[::one_in]:
        tab.open(page.as_uri(), WIDTHS[-1])
        tab.draw_all()
        for width in reversed(WIDTHS):
            tab.resize(width)
            rules = faults.OF_WIDTH if width == WIDTHS[1] else faults.WHOLE
            assert (page, width, faults.of_axe(tab, rules)) == (page, width, [])
            assert (page, width, _seen(tab)) == (page, width, [])
        assert tab.complaints == [], page
        assert tab.outside(shipped.as_uri()) == [], page


def at_each_width(tab: Visit, page: Path) -> list[str]:
    """Return the faults of a page, which is then open at the greatest width with its charts drawn.

    Axe looks before charts are drawn. Most of its rules do not depend on the width.
    """
    narrower, widest = WIDTHS[:-1], WIDTHS[-1]
    tab.page.set_viewport_size({"width": widest, "height": 800})
    tab.page.goto(page.as_uri())
    found = [(widest, fault) for fault in faults.of_axe(tab, faults.STRUCTURE)]
    for width in reversed(narrower):
        tab.page.set_viewport_size({"width": width, "height": 800})
        found += [(width, fault) for fault in faults.of_axe(tab, faults.OF_WIDTH)]
    tab.draw_all()
    for width in WIDTHS:
        tab.resize(width)
        found += [(width, fault) for fault in _seen(tab)]
    place = "/".join(page.parts[-3:])
    return [f"{place} at {width}: {fault}" for width, fault in found]


def _seen(tab: Visit) -> list[str]:
    """Return faults to the eye, if they are there when the page is opened at that width too.

    After a change of width Chromium keeps the columns of headings that run upwards.
    """
    if not faults.of_sight(tab):
        return []
    tab.page.reload()
    tab.draw_all()
    return faults.of_sight(tab)


SPOILT = {
    "axe image-alt": "document.querySelector('main').append(new Image())",
    "axe role-img-alt": "document.querySelector('.chart').removeAttribute('aria-label')",
    "axe html-has-lang": "document.documentElement.lang = ''",
    "axe color-contrast": "document.querySelector('main p').style.color = '#999'",
    "axe heading-order": "document.querySelector('h2').outerHTML = '<h5>far down</h5>'",
    "axe link-name": "document.querySelector('main a').textContent = ''",
    "px too wide": "document.querySelector('footer').style.minWidth = '2000px'",
    "cut off": "document.querySelector('h1').style = 'height: 9px; overflow: clip'",
    "overlap": "document.querySelector('.cards').style.marginTop = '-40px'",
}
"""By the fault that must be found, what makes it."""


@pytest.mark.parametrize("find", [faults.of_axe, faults.of_sight])
def test_each_fault_is_found(visit, find):
    spoilt = {
        fault: how
        for fault, how in SPOILT.items()
        if fault.startswith("axe") == (find is faults.of_axe)
    }
    arg = visit("en/country/arg.html")
    arg.draw_all()
    before = find(arg)
    for how in spoilt.values():
        arg.page.evaluate(how)
    after = [each for each in find(arg) if each not in before]
    assert [fault for fault in spoilt if not any(fault in each for each in after)] == []
