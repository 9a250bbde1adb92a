"""The explorer's figure: what is drawn, and what leaves the page with it."""

import csv
import random

from explorer_files import series_in

from browser.explorer_page import (
    DRAWN,
    HIDDEN,
    POINTS,
    TOPS,
    ask,
    asked,
    shows_chart,
)
from browser.visiting import Visit


def test_rates_share_a_scale_and_say_what_their_interval_is(explorer):
    visit = explorer("s=ARG,BRA&m=rate")
    assert asked(visit)["y"] == "shared"
    assert len({round(top, 6) for top in visit.page.evaluate(TOPS)}) == 1
    assert visit.page.locator("[data-mark=interval]").is_visible()
    assert "The interval is that of the level" in visit.page.locator("#explorer-note").inner_text()
    visit.page.get_by_role("radio", name="Number").check()
    visit.page.wait_for_function("() => location.hash.includes('y=own')")
    assert asked(explorer("f=usa_tip_report&s=ARG,COL&m=rate"))["y"] == "own"


def test_numbers_have_the_decimal_sign_of_the_states(opened_explorer):
    visit = opened_explorer("s=BRA", "es")
    for states, rate in (("ARG", "2,61"), ("ARG,CHL", "2,61"), ("ARG,MEX", "2.61")):
        ask(visit, f"s={states}&m=rate")
        row = visit.page.locator("#explorer-as-table tbody tr", has_text="2022").first
        assert row.locator("td").first.text_content() == rate, states


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
    assert [2007, None, "X"] in visit.page.evaluate(POINTS)


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


def test_the_csv_file_has_the_points_with_source_and_edition(explorer, tmp_path):
    visit = explorer("s=BRA,LCA")
    with visit.page.expect_download() as download:
        visit.page.locator("[data-save=csv]").click()
    download.value.save_as(tmp_path / "figure.csv")
    with (tmp_path / "figure.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert all("UNODC" in row["source"] and "tipstat" in row["edition"] for row in rows)
    assert [row["printed"] for row in rows if row["panel"] == "St. Lucia"] == ["0"] * 4
    status = {row["year"]: row["status"] for row in rows if row["panel"] == "Brazil"}
    assert (status["2016"], status["2017"]) == ("", "break")
    assert status["2023"] == "doubtful figure"


def test_without_scripts_other_pages_have_the_figures(browser, shipped):
    visit = Visit(browser, (shipped / "pt/explorer.html").as_uri(), java_script_enabled=False)
    assert not visit.page.locator(".explorer").is_visible()
    links = visit.page.locator("noscript a")
    addresses = [links.nth(at).get_attribute("href") for at in range(links.count())]
    assert len(addresses) == 2
    assert all((shipped / "pt" / address).resolve().is_file() for address in addresses)
    visit.close()
