"""No fault on any page, at any width, zoomed, on paper, in forced colours, by the keyboard.

axe-core, sideways scrolling, text cut off, text on text, a focus that is not seen.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from parsed_page import LANGUAGES

from browser import faults
from browser.visiting import WIDTHS, Visit

SHARES = 12
A4_WIDTH = 700
"""CSS pixels between margins of 12 mm; pages ask for 10 mm."""
SCHEMES = {"dark": faults.CONTRAST, "light": faults.WHOLE}
"""The rules of axe that are asked in each colour scheme; a page is left in the last one."""
ALL = {WIDTHS[2]: SCHEMES, WIDTHS[1]: {}, WIDTHS[0]: SCHEMES}
"""Schemes and rules at each width; most elements are the same at another."""
DARK_TOO = {WIDTHS[2]: SCHEMES, WIDTHS[0]: {"light": faults.LAYOUT}}
LIGHT = {WIDTHS[2]: {"light": faults.WHOLE}, WIDTHS[0]: {}}
FEWEST = {WIDTHS[2]: {"light": faults.STRUCTURE}, WIDTHS[0]: {}}
ALIKE = ("check", "demand", "document")
"""Pages that are not opened in French: of templates that others have, or of `test_check`."""

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
    """In French contrast on every third, of a state and the region the dark and each way too.

    published/site/test_colours.py asks of all colours whether they can be read.
    """
    opened = [each for each in kinds(language) if language != "fr" or each.stem not in ALIKE]
    assert len(opened) > 9
    found = []
    for at, page in enumerate(opened):
        is_whole = language != "fr" or page in (opened[0], shipped / "fr/index.html")
        of_french = DARK_TOO if is_whole else FEWEST if at % 3 else LIGHT
        found += at_each_width(tab, page, shipped, of_french if language == "fr" else ALL)
        if is_whole:
            ways = (by_keyboard, in_forced_colours, on_paper, zoomed)
            found += [f"{page}, {way.__name__}: {each}" for way in ways for each in way(tab)]
    assert found == []


def at_each_width(
    tab: Visit, page: Path, site: Path, asked: Mapping[int, Mapping[str, dict]] = ALL
) -> list[str]:
    """Return the faults of a page with its charts drawn, what leaves the site among them."""
    tab.open(page.as_uri(), WIDTHS[-1])
    tab.draw_all()
    found = []
    for width, schemes in asked.items():
        tab.resize(width)
        for scheme, rules in schemes.items():
            tab.page.emulate_media(color_scheme=scheme)
            found += [(width, f"{scheme}: {fault}") for fault in faults.of_axe(tab, rules)]
        found += [(width, fault) for fault in _seen(tab)]
    tab.page.evaluate(UNFOLDED)
    found += [(width, f"{tab.overflow()} px too wide, unfolded")] * (tab.overflow() > 0)
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


UNFOLDED = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


FOCUSED = """() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0;
    const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    return [element.outerHTML.slice(0, 90), ring && inView, element === document.body];
}"""


def by_keyboard(tab: Visit) -> Iterator[str]:
    """From the top of a page, whose folds are open, through much that takes the focus."""
    tab.page.set_viewport_size({"width": 1280, "height": 800})
    tab.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    for _ in range(60):
        tab.page.keyboard.press("Tab")
        what, is_seen, is_end = tab.page.evaluate(FOCUSED)
        if is_end:
            return
        if not is_seen:
            yield what


CONTRASTS = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const light = colour => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    };
    const ground = element => {
        for (let each = element; each; each = each.parentElement) {
            const colour = getComputedStyle(each).backgroundColor;
            if (!/rgba\\(.*, 0\\)/.test(colour)) return colour;
        }
        return getComputedStyle(document.documentElement).backgroundColor;
    };
    return [...document.querySelectorAll('body *')]
        .filter(element => !element.closest('svg, script, noscript') && element.checkVisibility())
        .filter(element => [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
        .map(element => {
            const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
            return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), element.outerHTML];
        }).filter(([ratio]) => ratio < 4.5)
        .map(([ratio, html]) => `${ratio}: ${html.slice(0, 80)}`);
}"""


def in_forced_colours(tab: Visit) -> Iterator[str]:
    for scheme in ("dark", "light"):
        tab.page.emulate_media(color_scheme=scheme, forced_colors="active")
        assert tab.page.evaluate("matchMedia('(forced-colors: active)').matches")
        yield from tab.page.evaluate(CONTRASTS)
    tab.page.emulate_media(forced_colors="none")


def on_paper(tab: Visit) -> Iterator[str]:
    """Nothing is wider than the sheet, printed from a wide window."""
    tab.page.reload()
    tab.draw_all()
    tab.resize(1600)
    tab.page.emulate_media(media="print")
    tab.page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
    for drawing in tab.page.locator(".chart .main-svg:visible").all():
        if drawing.bounding_box()["width"] > A4_WIDTH:
            yield "a chart wider than the sheet"
    yield from faults.of_sight(tab)
    tab.page.emulate_media(media="null")


SPACED = """*:not(svg, svg *) { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important; } p { margin-bottom: 2em !important; }
svg { letter-spacing: normal !important; word-spacing: normal !important; }"""
"""What a reader may set (WCAG 1.4.12); a chart is an image, and its words stand beside it."""


SPACE_OUT = """(rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
}"""
STUCK = """() => [...document.querySelectorAll('body *')]
    .filter(element => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
    .filter(element => !element.closest('.scroll'))
    .reduce((sum, element) => sum + element.getBoundingClientRect().height, 0)"""
"""Height of what stays in place while the page scrolls under it."""


def zoomed(tab: Visit) -> Iterator[str]:
    """A window of 1280 by 800 at 400 % is 320 by 200 CSS pixels; then with wide spacing too."""
    tab.page.set_viewport_size({"width": 320, "height": 200})
    tab.page.reload()
    tab.draw_all()
    yield from faults.of_sight(tab)
    tab.page.evaluate(SPACE_OUT, SPACED)
    yield from faults.of_sight(tab)
    if (stuck := tab.page.evaluate(STUCK)) >= 200 / 4:
        yield f"{stuck} px stay in place"


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
