"""By ear, from the keyboard, without scripts, zoomed, in forced colours, on paper."""

import re

import pytest

from browser import faults
from browser.visiting import Visit

A4_WIDTH = 700
"""CSS pixels between margins of 12 mm; pages ask for 10 mm."""

SPACED = """*:not(svg, svg *) { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important; } p { margin-bottom: 2em !important; }
svg { letter-spacing: normal !important; word-spacing: normal !important; }"""
"""What a reader may set (WCAG 1.4.12); a chart is an image, and its words stand beside it."""


one_in = pytest.mark.parametrize("one_in", [3, pytest.param(1, marks=pytest.mark.exhaustive)])
"""One in so many kinds of page is opened."""


def test_a_chart_is_one_image_labelled_with_its_sentence(visit):
    arg = visit("en/country/arg.html")
    arg.draw_all()
    for block in arg.page.locator(".block:has(.chart)").all():
        image = block.locator(".chart")
        assert image.get_attribute("role") == "img"
        assert image.get_attribute("aria-label") == block.locator("h2").text_content()


LACKING = """() => [
    ...document.querySelectorAll(':is(.block, figure):has(.chart)'),
].filter(each => {
    each.querySelectorAll('details').forEach(fold => { fold.open = true; });
    return each.checkVisibility() && !each.querySelector('table')?.checkVisibility();
}).map(each => each.textContent.slice(0, 60))"""
"""The blocks and figures without a table in sight once their fold is open."""


@one_in
@pytest.mark.parametrize(
    "language",
    ["es", *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ("en", "pt", "fr"))],
)
def test_without_scripts_every_chart_has_its_table(browser, kinds, language, one_in):
    """Folds open without scripts, and what needs one is not shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for file in kinds(language)[::one_in]:
        page.goto(file.as_uri())
        assert page.locator(".chart:visible").count() == 0, file
        assert page.locator(".scripted:visible").count() == 0, file
        assert page.evaluate(LACKING) == [], file
    context.close()


def test_another_language_opens_at_the_same_block(tab, shipped):
    tab.open((shipped / "es/country/arg.html").as_uri() + "#justice")
    tab.page.get_by_role("link", name="Français").click()
    tab.page.wait_for_url("**/fr/country/arg.html#justice")
    assert tab.page.locator(":target .question").inner_text() == "4 Justice"


INK = """() => {
    const ink = getComputedStyle(document.body).color;
    return [...document.querySelectorAll(".chart .main-svg .ytick text")]
        .some((each) => getComputedStyle(each).fill === ink);
}"""
"""True if names beside the bars have the ink of the page."""


def test_charts_follow_the_colour_scheme(tab, shipped):
    tab.open((shipped / "es/country/arg.html").as_uri())
    tab.draw_all()
    for scheme in ("dark", "light"):
        tab.page.emulate_media(color_scheme=scheme)
        assert tab.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (
            scheme == "dark"
        )
        tab.page.wait_for_function(INK)


def test_the_skip_link_comes_first_and_leads_to_the_content(visit):
    arg = visit("en/country/arg.html")
    arg.page.keyboard.press("Tab")
    assert arg.page.evaluate("document.activeElement.className") == "skip"
    arg.page.keyboard.press("Enter")
    assert arg.page.evaluate("location.hash") == "#main"


FOCUSED = """() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0;
    const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    return [element.outerHTML.slice(0, 90), ring && inView, element === document.body];
}"""


@one_in
@pytest.mark.parametrize("forced", ["none", pytest.param("active", marks=pytest.mark.exhaustive)])
def test_the_focus_is_always_seen(browser, kinds, forced, one_in):
    """From the top of each kind of page through everything that takes the focus."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, forced_colors=forced)
    page = context.new_page()
    for file in kinds("fr")[::one_in]:
        page.goto(file.as_uri())
        for _ in range(60):
            page.keyboard.press("Tab")
            what, is_seen, is_end = page.evaluate(FOCUSED)
            if is_end:
                break
            assert is_seen, f"{file}: {what}"
    context.close()


@one_in
def test_at_400_percent_nothing_is_lost(browser, kinds, one_in):
    """A window of 1280 by 800 at 400 % is 320 by 200 CSS pixels; then with wide spacing too."""
    zoomed = Visit(browser, "about:blank", 320, device_scale_factor=4, bypass_csp=True)
    zoomed.page.set_viewport_size({"width": 320, "height": 200})
    for file in kinds("fr")[::one_in]:
        zoomed.go(file)
        assert faults.of_sight(zoomed) == [], file
        zoomed.page.add_style_tag(content=SPACED)
        assert faults.of_sight(zoomed) == [], f"{file}, spaced"
        assert stuck(zoomed) < 200 / 4, file
    zoomed.close()


def stuck(zoomed) -> float:
    """Height of what stays in place while the page scrolls under it."""
    return zoomed.page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(element => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
            .filter(element => !element.closest('.scroll'))
            .reduce((sum, element) => sum + element.getBoundingClientRect().height, 0)"""
    )


def test_revisions_are_read_on_a_phone_without_scrolling_sideways(tab, shipped):
    """A row is a list: each cell behind the name of its column."""
    page = tab.open((shipped / "es/revisions.html").as_uri(), 390).page
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    wide = "tables => tables.filter(each => each.scrollWidth > each.clientWidth).length"
    assert page.eval_on_selector_all(".scroll", wide) == 0
    labels = "cell => getComputedStyle(cell, '::before').content"
    assert page.eval_on_selector("table:has(#largest-table) td", labels) == '"Indicador: "'


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


@one_in
def test_forced_colours_leave_text_readable(browser, kinds, one_in):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    for file in kinds("en")[::one_in]:
        page.goto(file.as_uri())
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, forced_colors="active")
            assert page.evaluate(CONTRASTS) == [], (file, scheme)
    context.close()


@one_in
def test_on_paper_nothing_is_wider_than_the_sheet(browser, kinds, one_in):
    """Printed from a wide window, where a chart was drawn as wide as its column."""
    wide = Visit(browser, "about:blank", 1600)
    for file in kinds("es")[::one_in]:
        wide.go(file)
        wide.page.emulate_media(media="print")
        wide.page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
        for drawing in wide.page.locator(".chart .main-svg:visible").all():
            assert drawing.bounding_box()["width"] <= A4_WIDTH, file
        assert faults.of_sight(wide) == [], file
        wide.page.emulate_media(media="screen")
        wide.page.set_viewport_size({"width": 1600, "height": 800})
    wide.close()


SHEETS = re.compile(rb"/Type\s*/Page\b(?!s)")


def printed(tab, file) -> int:
    """Return how many sheets of A4 a page takes."""
    tab.open(file.as_uri())
    tab.draw_all()
    return len(SHEETS.findall(tab.page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize("one_in", [7, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_a_state_takes_one_sheet_and_the_region_two(tab, shipped, one_in):
    found = {}
    for file in sorted((shipped / "fr/country").glob("???.html"))[::one_in]:
        found[file.stem] = printed(tab, file)
    assert {state: sheets for state, sheets in found.items() if sheets != 1} == {}
    assert printed(tab, shipped / "fr/index.html") == 2


def test_a_phone_shows_the_newest_years_beside_the_states(tab, shipped):
    phone = tab.open((shipped / "en" / "indicator" / "vic_detect.html").as_uri(), 390)
    heads = phone.page.locator(".coverage thead th")
    for place in (heads.first, heads.last):
        box = place.bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
