"""By ear, without scripts, in another language, on a phone, on paper, in the dark."""

import re

import pytest

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


def test_revisions_are_read_on_a_phone_without_scrolling_sideways(tab, shipped):
    """A row is a list: each cell behind the name of its column."""
    page = tab.open((shipped / "es/revisions.html").as_uri(), 390).page
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    wide = "tables => tables.filter(each => each.scrollWidth > each.clientWidth).length"
    assert page.eval_on_selector_all(".scroll", wide) == 0
    labels = "cell => getComputedStyle(cell, '::before').content"
    assert page.eval_on_selector("table:has(#largest-table) td", labels) == '"Indicador: "'


SHEETS = re.compile(rb"/Type\s*/Page\b(?!s)")


def printed(tab, file) -> int:
    """Return how many sheets of A4 a page takes."""
    tab.open(file.as_uri())
    tab.draw_all()
    return len(SHEETS.findall(tab.page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize("one_in", [12, pytest.param(1, marks=pytest.mark.exhaustive)])
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


QUALIFIES = """() => [...document.querySelectorAll(
    ".block :is(.evidence, .unit, .calm, .key, .source):not(details *), .limits",
)].map((each) => each.checkVisibility() ? "" : each.textContent.trim()).filter(Boolean)"""


@pytest.mark.parametrize("path", ["country/mex", "index"])
def test_a_phone_keeps_what_qualifies_a_figure(tab, shipped, path):
    """Evidence, unit, what else is known, key, source, caution."""
    phone = tab.open((shipped / f"es/{path}.html").as_uri(), 390, 844).page
    assert phone.locator(".block .calm").count() > 1
    assert phone.evaluate(QUALIFIES) == []
