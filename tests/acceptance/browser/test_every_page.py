"""No fault on any page, at any width: axe-core, sideways scrolling, text cut off, text on text."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from parsed_page import LANGUAGES

from browser import faults
from browser.visiting import WIDTHS, Visit

SHARES = 12
SCHEMES = {"dark": faults.CONTRAST, "light": faults.WHOLE}
"""The rules of axe that are asked in each colour scheme; a page is left in the last one."""

exhaustive = pytest.mark.exhaustive


@exhaustive
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_of_a_language(tab, pages, shipped, share):
    opened = pages("es")[share::SHARES]
    assert opened
    assert [fault for page in opened for fault in at_each_width(tab, page, shipped)] == []


@pytest.mark.parametrize(
    "language",
    ["fr", *(pytest.param(each, marks=exhaustive) for each in LANGUAGES if each != "fr")],
)
def test_every_kind_of_page(tab, kinds, shipped, language):
    assert len(kinds(language)) > 9
    narrow = SCHEMES if language != "fr" else {"light": faults.WHOLE}
    found = [
        fault for page in kinds(language) for fault in at_each_width(tab, page, shipped, narrow)
    ]
    assert found == []


def at_each_width(
    tab: Visit, page: Path, site: Path, narrow: Mapping[str, object] = SCHEMES
) -> list[str]:
    """Return the faults of a page with its charts drawn, what leaves the site among them.

    `narrow` has the colour schemes that are asked on a phone too, where colours are the same.
    """
    tab.open(page.as_uri(), WIDTHS[-1])
    tab.draw_all()
    found = []
    for width in reversed(WIDTHS):
        tab.resize(width)
        schemes = {WIDTHS[0]: narrow, WIDTHS[1]: {}, WIDTHS[2]: SCHEMES}[width]
        for scheme, rules in schemes.items():
            tab.page.emulate_media(color_scheme=scheme)
            found += [(width, f"{scheme}: {fault}") for fault in faults.of_axe(tab, rules)]
        found += [(width, fault) for fault in _seen(tab)]
    found += [(width, complaint) for complaint in [*tab.complaints, *tab.outside(site.as_uri())]]
    return [f"{'/'.join(page.parts[-3:])} at {width}: {fault}" for width, fault in found]


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
    "overlap": "document.querySelector('.blocks').style.marginTop = '-40px'",
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
