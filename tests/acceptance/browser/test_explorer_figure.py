"""The explorer's figure: what is drawn, and what leaves the page with it."""

import csv
import random
import re

from explorer_files import series_in

from browser.explorer_page import COLOURS, CROSSES, DRAWN, HIDDEN, TOPS, ask, asked, shows_chart
from browser.visiting import Visit
from pipelines.published.charts.drawing import PALETTE


def test_rates_share_a_scale_and_say_what_their_interval_is(explorer):
    visit = explorer("s=ARG,BRA&m=rate")
    assert asked(visit)["y"] == "shared"
    assert len({round(top, 6) for top in visit.page.evaluate(TOPS)}) == 1
    assert visit.page.locator("[data-mark=interval]").is_visible()
    assert "The interval is that of the level" in visit.page.locator("#explorer-note").inner_text()
    visit.page.get_by_role("radio", name="Number").check()
    visit.page.wait_for_function("() => location.hash.includes('y=own')")
    assert asked(explorer("f=usa_tip_report&s=ARG,COL&m=rate"))["y"] == "own"


def test_values_drawn_are_those_of_the_warehouse(explorer, shipped, query):
    """Of 30 series picked at random by a fixed seed."""
    written = {
        f"explorer/{file.name}": file.read_text() for file in (shipped / "explorer").iterdir()
    }
    found = [
        (indicator, name, area)
        for indicator, by_id in series_in(written).items()
        for name, by_area in by_id.items()
        for area, own in by_area.items()
        if own["level"] != "4" and indicator != "VIC_REPATR"
    ]
    visit = explorer("s=BRA")
    for indicator, name, area in random.Random(20).sample(sorted(found), 30):
        source, _, basis = name.partition(".")
        published = query(
            f"select year, value from published.headline where indicator = '{indicator}' "
            f"and source = '{source}' and ref_area = '{area}' and time_basis = '{basis or 'CY'}' "
            "and value is not null order by year"
        )
        visit.page.evaluate("rest => { location.hash = rest }", f"i={indicator}&f={name}&s={area}")
        wanted = [f"{indicator}_{area}_", [list(point) for point in published]]
        visit.page.wait_for_function(
            "([file, points]) => tipstat.charts.explorer.file.includes(file)"
            f" && JSON.stringify(({DRAWN})()) === JSON.stringify(points)",
            arg=wanted,
        )
    assert visit.complaints == []


def test_a_suppressed_bar_is_as_high_as_its_bounds_and_a_rate_has_none(explorer):
    """From 1 to 4, since the release prints zeros."""
    visit = explorer("s=LCA,TTO")
    bars = visit.page.evaluate(f"({HIDDEN})()")
    assert len(bars) >= 4
    assert set(bars) == {3}
    assert min(visit.page.evaluate(TOPS)) >= 18
    visit.page.get_by_role("radio", name="Per 100\u202f000").check()
    visit.page.wait_for_function(f"() => ({HIDDEN})().length === 0")
    assert 2007 in visit.page.evaluate(CROSSES)


def test_lines_of_a_panel_differ_in_colour_and_symbol_as_its_key_does(explorer):
    visit = explorer("s=ARG,BRA,MEX&v=over")
    marks = visit.page.evaluate("""() => document.querySelector('.explorer .chart').data
        .filter((trace) => trace.meta === 'observed')
        .map(({ marker }) => `${marker.symbol} ${marker.color}`)""")
    assert len({*marks}) == 3
    key = visit.page.evaluate("""() => [...document.querySelectorAll('.key [data-line]')]
        .filter((item) => !item.hidden)
        .map((item) => getComputedStyle(item.querySelector('[class^=point]')).fill)""")
    drawn = {tuple(bytes.fromhex(mark.split("#")[1])) for mark in marks}
    assert {tuple(map(int, re.findall(r"\d+", colour))) for colour in key} == drawn


def test_a_saved_rate_has_the_interval_of_the_warehouse(explorer, query):
    """It is read from what is drawn, which has distances."""
    published = query(
        "select time_period, value, dispersed_lower, dispersed_upper from published.rate where "
        "indicator = 'VIC_DETECT' and source = 'int_unodc_glotip' and ref_area = 'ARG' "
        "and freq = 'A' and sex = '_T' and age = '_T' and exploitation = '_T' "
        "and value is not null order by 1"
    )
    wanted = [(year, *(float(f"{each:.3g}") for each in rate)) for year, *rate in published]
    rows = saved(explorer("s=ARG&m=rate"))
    found = [(r["year"], *(float(r[name]) for name in ("value", "lower", "upper"))) for r in rows]
    assert found == wanted


def test_colours_follow_the_page(opened_explorer):
    """A page in a dark scheme has other values of the same names."""
    visit = opened_explorer("s=BRA")
    assert PALETTE["accent"] in visit.page.evaluate(COLOURS)
    visit.page.evaluate("document.documentElement.style.setProperty('--accent', '#7db8ee')")
    visit.page.emulate_media(color_scheme="dark")
    visit.page.wait_for_function(f"() => ({COLOURS})().includes('#7db8ee')")
    assert PALETTE["accent"] not in visit.page.evaluate(COLOURS)


OPEN_ABOVE = """() => {
    const total = { top: 900, data: [
        { meta: "observed", x: [2019], y: [811] },
        { meta: "suppressed", x: [2020], base: [10], y: [null] },
    ] };
    const own = { level: "1", reasons: [], breaks: [], releases: ["2025-10-28"], total };
    tipstat.receive("PER_CONVICT", { int_unodc_glotip: { MEX: own } });
    location.hash = "i=PER_CONVICT&f=int_unodc_glotip&s=MEX";
}"""


def test_a_figure_that_is_open_above_is_drawn_to_the_end_of_the_axis(opened_explorer):
    """No shipped figure is; counts of an authority's own case records may be."""
    visit = ask(opened_explorer("s=MEX"), "i=PER_CONVICT&f=int_unodc_glotip&s=MEX")
    visit.page.evaluate("location.hash = 's=BRA'")
    visit.page.wait_for_function("() => tipstat.charts.explorer.file.includes('BRA')")
    visit.page.evaluate(OPEN_ABOVE)
    visit.page.wait_for_function(f"() => String(({HIDDEN})()) === '890'")
    assert visit.page.evaluate(TOPS) == [900]
    visit.page.locator("#explorer-as-table summary").click()
    assert "≥10" in visit.page.locator("#explorer-as-table").inner_text()


def test_an_embedded_figure_is_alone_with_source_and_caveat(opened_explorer):
    visit = opened_explorer("s=BRA,PER", query="?embed")
    for hidden in (".controls", ".bar", "footer", "h1", ".actions"):
        assert not visit.page.locator(hidden).first.is_visible(), hidden
    assert shows_chart(visit)
    assert visit.page.locator("#explorer-source").is_visible()
    assert visit.page.locator("#explorer-note").is_visible()


def test_the_code_to_embed_and_the_link_are_those_of_the_figure(explorer):
    visit = explorer("s=BRA,PER")
    page = visit.page.evaluate("location.href.split('#')[0]")
    code = visit.page.locator("#explorer-embed").get_attribute("data-copy")
    assert f'src="{page}?embed#i=VIC_DETECT&amp;f=' in code
    assert 'title="Detected victims: Brazil and Peru"' in code
    assert visit.page.locator("#explorer-link").get_attribute("data-copy") == visit.page.url


def saved(visit: Visit) -> list[dict[str, str]]:
    """Return the rows of the CSV file that the page saves."""
    with visit.page.expect_download() as download:
        visit.page.locator("[data-file=csv]").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_csv_file_has_the_points_with_source_and_edition(explorer):
    rows = saved(explorer("s=BRA,LCA"))
    assert all("UNODC" in row["source"] and "tipstat" in row["edition"] for row in rows)
    assert [row["printed"] for row in rows if row["panel"] == "St. Lucia"] == ["0"] * 4
    status = {row["year"]: row["status"] for row in rows if row["panel"] == "Brazil"}
    assert (status["2016"], status["2017"]) == ("", "break")
    assert status["2023"] == "doubtful figure"
