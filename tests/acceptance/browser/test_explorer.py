"""The explorer: what is asked for is in the address, and what does not compare gives its reason."""

import csv
import random
from urllib.parse import parse_qs

import pytest
from explorer_files import series_in

from browser.visiting import Visit

CHART = ".explorer .chart"
REFUSAL = "#explorer-refusal"
SHOWN = """() => document.querySelector('#explorer-headline').textContent &&
    (!document.querySelector('#explorer-refusal').hidden
     || document.querySelector('.explorer .chart .main-svg') !== null)"""
STATE = """() => {
    const value = (name) => document.getElementById(`explorer-${name}`).value;
    const checked = (name) => document.querySelector(`[name=${name}]:checked`).value;
    const buttons = document.querySelectorAll("#explorer-s button");
    return {
        i: value("i"), f: value("f"), b: value("b"), m: checked("m"), v: checked("v"),
        y: checked("y"), s: Array.from(buttons, (each) => each.value).join(","),
    };
}"""
POINTS = """() => tipstat.charts.explorer.spec.panels
    .flatMap((panel) => panel.series.flatMap((each) => each.points))"""
LAST_YEARS = """() => tipstat.charts.explorer.spec.panels
    .map((panel) => tipstat.toCite(panel.series[0].points)[0])"""
DATA = "document.querySelector('.explorer .chart').data"
DRAWN = f"""() => {DATA}.filter((trace) => trace.meta === 'observed')
    .flatMap((trace) => trace.x.map((year, at) => [year, trace.y[at]]))
    .sort((one, other) => one[0] - other[0])"""
HIDDEN = f"() => {DATA}.filter((trace) => trace.meta === 'suppressed').flatMap((trace) => trace.y)"
TOPS = """() => Object.entries(document.querySelector('.explorer .chart').layout)
    .filter(([name]) => name.startsWith('yaxis')).map(([, axis]) => axis.range[1])"""
REFUSED = {
    "several sources of several states": "f=all&s=BRA,MEX",
    "level 4": "f=usa_tip_report&s=BRA,MEX",
    "level 3 on one axis": "f=usa_tip_report&s=ARG,COL&v=over",
    "another count on one axis": "s=CAN,MEX,USA&v=over",
    "another count on a shared scale": "s=CAN,MEX,USA&m=rate&y=shared",
    "level 3 on a shared scale": "f=usa_tip_report&s=ARG,COL&y=shared",
    "a rate by sex": "s=BRA&b=sex&m=rate",
    "a rate by form": "s=BRA,MEX&b=form&m=rate",
    "a breakdown of several states in one panel": "s=BRA,MEX&b=sex&v=over",
    "more than four lines": "s=ARG,BOL,BRA,MEX,PER&v=over",
    "a breakdown that there is not": "i=PER_REFERRED&b=sex",
    "no state": "s=",
    "several faults at once": "f=usa_tip_report&s=ARG,BRA&v=over&b=sex&m=rate&y=shared",
}


@pytest.fixture
def explorer(browser, shipped):
    """Open the explorer at an address, and wait for its chart or its refusal."""
    opened = []

    def go(rest: str = "", language: str = "en", query: str = "", **options) -> Visit:
        address = (shipped / language / "explorer.html").as_uri() + query + (rest and f"#{rest}")
        opened.append(Visit(browser, address, **options))
        opened[-1].page.wait_for_function(SHOWN)
        return opened[-1]

    yield go
    for each in opened:
        each.close()


def asked(visit: Visit) -> dict[str, str]:
    """Return what the address asks for."""
    rest = visit.page.evaluate("location.hash").removeprefix("#")
    return {name: each for name, [each] in parse_qs(rest, keep_blank_values=True).items()}


def shows_chart(visit: Visit) -> bool:
    """Return whether there is a chart and no refusal."""
    return visit.page.locator(CHART).is_visible() and not visit.page.locator(REFUSAL).is_visible()


def test_at_first_three_states_are_side_by_side(explorer):
    visit = explorer()
    assert asked(visit) == {
        "i": "VIC_DETECT", "f": "int_unodc_glotip", "m": "count", "s": "ARG,BRA,MEX", "b": "none",
        "v": "multi", "y": "own",
    }  # fmt: skip
    assert visit.page.locator("h2").inner_text() == "Detected victims: Argentina, Brazil and Mexico"
    assert visit.complaints == []
    assert all(request.startswith(("file:", "data:", "blob:")) for request in visit.requests)


def test_the_address_brings_the_same_state_back(explorer):
    visit = explorer("i=PER_CONVICT&f=int_unodc_glotip&m=rate&s=BRA,COL&b=none&v=over&y=shared")
    before = visit.page.evaluate(STATE)
    assert before == asked(visit)
    visit.page.reload()
    visit.page.wait_for_function(SHOWN)
    assert visit.page.evaluate(STATE) == before
    visit.page.evaluate("location.hash = '#i=VIC_DETECT&s=PER'")
    visit.page.wait_for_function("() => document.querySelector('h2').textContent.endsWith('Peru')")
    assert visit.page.evaluate(STATE)["s"] == "PER"


@pytest.mark.parametrize(
    ("states", "is_warned"),
    [("JAM,TTO", True), ("ARG,CHL", True), ("BRA,PER", False), ("BRA", False)],
)
def test_newest_figures_of_different_years_are_called_so(explorer, states, is_warned):
    visit = explorer(f"i=PER_CONVICT&s={states}")
    last = visit.page.evaluate(LAST_YEARS)
    assert (len(set(last)) > 1) == is_warned
    note = visit.page.locator("#explorer-note").inner_text()
    expected = f"The newest figures are of different years, {min(last)} to {max(last)}: "
    assert note.startswith(expected) == is_warned


def test_figures_of_the_newest_year_of_all_are_in_words(explorer):
    note = explorer("i=PER_CONVICT&s=ARG,CHL").page.locator("#explorer-note").inner_text()
    assert "All have a figure of 2016: Argentina 88, Chile <5." in note


def test_where_no_source_is_chosen_the_one_with_the_most_states_is_shown(explorer):
    """STATIN, which is to cite for Jamaica, has no figure of Trinidad and Tobago."""
    visit = explorer("i=VIC_DETECT_RATE&s=JAM,TTO")
    assert asked(visit)["f"] == "int_unsd_sdg"
    note = visit.page.locator("#explorer-note").inner_text()
    assert "All have a figure of 2013: Jamaica 0.18, Trinidad & Tobago 0.92." in note


def test_a_source_with_more_of_the_states_is_one_button_away(explorer):
    visit = explorer("i=VIC_DETECT_RATE&f=jam_statin&s=JAM,TTO")
    visit.page.get_by_role("button", name="Use UN Statistics Division").click()
    visit.page.wait_for_function("() => location.hash.includes('int_unsd_sdg')")
    assert shows_chart(visit)
    assert not visit.page.locator("#explorer-fuller").is_visible()


def test_the_other_languages_keep_the_state(explorer):
    visit = explorer("s=PER,COL&m=rate")
    visit.page.get_by_role("link", name="Français").click()
    visit.page.wait_for_url("**/fr/explorer.html**")
    visit.page.wait_for_function(SHOWN)
    heading = visit.page.locator("h2").inner_text()
    assert heading == "Victimes détectées pour 100\u202f000 habitants\u202f: Colombie et Pérou"


@pytest.mark.parametrize("rest", REFUSED.values(), ids=REFUSED)
def test_what_does_not_compare_has_a_reason_and_a_way_out(explorer, rest):
    visit = explorer(rest)
    assert not visit.page.locator(CHART).is_visible()
    assert len(visit.page.locator(f"{REFUSAL} p").first.inner_text()) > 30
    ways = visit.page.locator(f"{REFUSAL} button").count()
    assert ways
    for at in range(ways):
        again = explorer(rest)
        again.page.locator(f"{REFUSAL} button").nth(at).click()
        again.page.locator(CHART).wait_for()
        assert shows_chart(again)
        assert again.complaints == []


def test_a_state_without_a_figure_leads_to_the_source_that_has_a_table(explorer):
    visit = explorer("s=HTI")
    assert "no yearly total" in visit.page.locator(REFUSAL).inner_text()
    visit.page.locator(f"{REFUSAL} button").first.click()
    visit.page.get_by_text("Shown as a table only").wait_for()
    assert visit.page.locator("#explorer-as-table tbody tr").first.is_visible()
    assert not visit.page.locator(CHART).is_visible()
    assert visit.page.locator("[data-save=csv]").is_visible()
    assert not visit.page.locator("[data-save=png]").is_visible()


def test_peru_and_colombia_per_100_000_are_two_changes_away(explorer):
    visit = explorer("s=PER")
    visit.page.get_by_role("combobox", name="States (up to six)").fill("colombia")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_role("radio", name="Per 100\u202f000").check()
    visit.page.wait_for_function("() => document.querySelector('h2').textContent.includes('100')")
    heading = visit.page.locator("h2").inner_text()
    assert heading == "Detected victims per 100\u202f000 residents: Colombia and Peru"
    assert shows_chart(visit)


def test_rates_share_a_scale_and_say_what_their_interval_is(explorer):
    visit = explorer("s=ARG,BRA&m=rate")
    assert asked(visit)["y"] == "shared"
    assert len({round(top, 6) for top in visit.page.evaluate(TOPS)}) == 1
    assert visit.page.locator("[data-mark=interval]").is_visible()
    assert "The interval says" in visit.page.locator("#explorer-note").inner_text()
    visit.page.get_by_role("radio", name="Number").check()
    visit.page.wait_for_function("() => location.hash.includes('y=own')")
    assert asked(explorer("f=usa_tip_report&s=ARG,COL&m=rate"))["y"] == "own"


@pytest.mark.parametrize(
    ("states", "rate"), [("ARG", "2,61"), ("ARG,CHL", "2,61"), ("ARG,MEX", "2.61")]
)
def test_numbers_have_the_decimal_sign_of_the_states(explorer, states, rate):
    visit = explorer(f"s={states}&m=rate", language="es")
    row = visit.page.locator("#explorer-as-table tbody tr", has_text="2022").first
    assert row.locator("td").first.text_content() == rate


def test_states_come_and_go_by_keyboard_and_code(explorer):
    visit = explorer("s=ARG,BOL,BRA,CHL,COL")
    field = visit.page.get_by_role("combobox", name="States (up to six)")
    status = visit.page.locator("#explorer-status")
    for text, answer in (
        ("xyz", "No state found for “xyz”."),
        ("per", ""),
        ("MEX", "Six states at most: remove one first."),
    ):
        field.fill(text)
        field.press("Enter")
        assert status.inner_text() == answer
    assert asked(visit)["s"] == "ARG,BOL,BRA,CHL,COL,PER"
    visit.page.get_by_role("button", name="Remove Brazil").press("Enter")
    assert asked(visit)["s"] == "ARG,BOL,CHL,COL,PER"
    assert visit.page.evaluate("document.activeElement.value") == "CHL"


def test_an_address_of_other_words_does_no_harm(explorer):
    visit = explorer("i=<b>&f=nobody&m=7&s=bra,XYZ&b=&v=over&y=toString")
    assert asked(visit)["s"] == "BRA"
    assert asked(visit)["i"] == "VIC_DETECT"
    text = visit.page.locator("#explorer-status").inner_text()
    assert all(value in text for value in ("<b>", "nobody", "7", "toString", "XYZ"))
    assert shows_chart(visit)
    assert visit.complaints == []


def test_an_indicator_that_the_source_lacks_moves_to_the_source_to_cite(explorer):
    visit = explorer("f=int_unsd_sdg&s=ARG")
    visit.page.get_by_role("combobox", name="Indicator", exact=True).select_option("PER_CONVICT")
    visit.page.wait_for_function(
        "() => document.querySelector('h2').textContent.startsWith('Persons convicted')"
    )
    assert asked(visit)["f"] == "int_unodc_glotip"


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
    visit = explorer()
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


def test_a_suppressed_bar_is_four_units_high_and_a_rate_has_none(explorer):
    visit = explorer("s=LCA,TTO")
    bars = visit.page.evaluate(f"({HIDDEN})()")
    assert len(bars) > 4
    assert set(bars) == {4}
    assert min(visit.page.evaluate(TOPS)) >= 18
    visit.page.get_by_role("radio", name="Per 100\u202f000").check()
    visit.page.wait_for_function(f"() => ({HIDDEN})().length === 0")
    assert [2018, None, "X"] in visit.page.evaluate(POINTS)


def test_an_embedded_figure_is_alone_with_source_and_caveat(explorer):
    visit = explorer("s=BRA,PER", query="?embed")
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
    assert [row["printed"] for row in rows if row["panel"] == "St. Lucia"] == ["<5"] * 4
    status = {row["year"]: row["status"] for row in rows if row["panel"] == "Brazil"}
    assert (status["2016"], status["2017"]) == ("", "break")
    assert status["2023"] == "as others repeat it"


def test_on_a_phone_the_chart_comes_first_and_the_controls_are_folded(explorer):
    visit = explorer("s=BRA", "es", width=390)
    assert visit.page.locator(CHART).bounding_box()["y"] < 760
    assert not visit.page.locator("#explorer-i").is_visible()
    visit.page.get_by_text("Cambiar lo que se muestra").click()
    assert visit.page.locator("#explorer-i").is_visible()
    assert visit.overflow() <= 0


def test_without_scripts_other_pages_have_the_figures(browser, shipped):
    visit = Visit(browser, (shipped / "pt/explorer.html").as_uri(), java_script_enabled=False)
    assert not visit.page.locator(".explorer").is_visible()
    links = visit.page.locator("noscript a")
    addresses = [links.nth(at).get_attribute("href") for at in range(links.count())]
    assert len(addresses) == 2
    assert all((shipped / "pt" / address).resolve().is_file() for address in addresses)
    visit.close()
