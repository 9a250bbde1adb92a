"""The explorer's address and controls: what is asked for, and what does not compare."""

import pytest

from browser.explorer_page import CHART, LAST_YEARS, REFUSAL, STATE, ask, asked, shows_chart, wait
from pipelines.words import interface_text

REFUSED = {
    "several sources of several states": "f=all&s=BRA,MEX",
    "level 4": "f=usa_tip_report&s=BRA,MEX",
    "level 3 on one axis": "f=usa_tip_report&s=ARG,COL&v=over",
    "level 3 on a shared scale": "f=usa_tip_report&s=ARG,COL&y=shared",
    "a rate by sex": "s=BRA&b=sex&m=rate",
    "a rate by form": "s=BRA,MEX&b=form&m=rate",
    "a breakdown of several states in one panel": "s=BRA,MEX&b=sex&v=over",
    "more than four lines": "s=ARG,BOL,BRA,MEX,PER&v=over",
    "a breakdown that there is not": "i=PER_REFERRED&b=sex",
    "no state": "s=",
    "series of several sources on one axis": "f=cited&s=MEX,USA&v=over",
    "series of several sources on one scale": "f=cited&s=MEX,USA&y=shared",
    "several faults at once": "f=usa_tip_report&s=ARG,BRA&v=over&b=sex&m=rate&y=shared",
}


def test_at_first_three_states_are_side_by_side(opened_explorer):
    visit = opened_explorer()
    assert asked(visit) == {
        "i": "VIC_DETECT", "f": "int_unodc_glotip", "m": "count", "s": "ARG,BRA,MEX", "b": "none",
        "v": "multi", "y": "own",
    }  # fmt: skip
    assert visit.page.locator("h2").inner_text() == "Detected victims: Argentina, Brazil and Mexico"
    assert visit.complaints == []
    assert all(request.startswith(("file:", "data:", "blob:")) for request in visit.requests)


def test_days_are_written_as_on_other_pages(opened_explorer, query):
    first_of_july = "2021-07-01"
    [(indicator, state)] = query(
        "select indicator, ref_area from published.headline where source = 'usa_tip_report' and "
        f"time_basis = 'CY' group by all having max(release) = '{first_of_july}' order by 1 limit 1"
    )
    visit = opened_explorer(f"i={indicator}&f=usa_tip_report&s={state}", "fr")
    assert interface_text.language("fr").day(first_of_july) in visit.page.inner_text("main")


def test_the_address_brings_the_same_state_back(opened_explorer):
    visit = opened_explorer(
        "i=PER_CONVICT&f=int_unodc_glotip&m=rate&s=BRA,COL&b=none&v=over&y=shared"
    )
    before = visit.page.evaluate(STATE)
    assert before == asked(visit)
    visit.page.reload()
    assert wait(visit).page.evaluate(STATE) == before
    ask(visit, "i=VIC_DETECT&s=PER")
    assert visit.page.locator("h2").inner_text().endswith("Peru")
    assert visit.page.evaluate(STATE)["s"] == "PER"


@pytest.mark.parametrize(
    ("states", "is_warned"),
    [("JAM,TTO", True), ("ARG,CHL", True), ("COL,PER", False), ("BRA", False)],
)
def test_newest_figures_of_different_years_are_called_so(explorer, states, is_warned):
    visit = explorer(f"i=PER_CONVICT&s={states}")
    last = visit.page.evaluate(LAST_YEARS)
    assert (len(set(last)) > 1) == is_warned
    note = visit.page.locator("#explorer-note").inner_text()
    expected = f"The newest figures are of different years, {min(last)} to {max(last)}: "
    assert note.startswith(expected) == is_warned


def test_where_no_source_is_chosen_the_one_with_the_most_states_is_shown(explorer):
    """STATIN, which is to cite for Jamaica, has no figure of Trinidad and Tobago."""
    visit = explorer("i=VIC_DETECT_RATE&s=JAM,TTO")
    assert asked(visit)["f"] == "int_unsd_sdg"
    note = visit.page.locator("#explorer-note").inner_text()
    assert "All have a figure of 2013: Jamaica 0.18, Trinidad & Tobago 0.92." in note


def test_a_state_alone_is_shown_with_the_series_that_it_cites(explorer):
    """UNODC's years of the United States end in June since 2017; calendar years end in 2016."""
    visit = explorer("i=VIC_DETECT&s=USA")
    assert asked(visit)["f"] == "int_unodc_glotip.FY0701"


def test_a_source_with_more_of_the_states_is_one_button_away(explorer):
    visit = explorer("i=VIC_DETECT_RATE&f=jam_statin&s=JAM,TTO")
    visit.page.get_by_role("button", name="Use UN Statistics Division").click()
    visit.page.wait_for_function("() => location.hash.includes('int_unsd_sdg')")
    assert shows_chart(visit)
    assert not visit.page.get_by_role("button", name="Use UN Statistics Division").is_visible()


def test_newer_figures_of_another_series_are_one_button_away(explorer):
    """Beside Mexico the United States end with the calendar years, in 2016; cited is 2022."""
    visit = explorer("s=MEX,USA")
    assert "Newer figures are of another series: United States." in visit.page.inner_text("main")
    visit.page.get_by_role("button", name="Each state: its source to cite").click()
    visit.page.wait_for_function("() => location.hash.includes('f=cited')")
    assert wait(visit).page.evaluate(LAST_YEARS) == [2023, 2022]
    note = visit.page.locator("#explorer-note").inner_text()
    assert "UNODC: Mexico. UNODC (Fiscal year, July to June): United States." in note
    assert visit.page.locator("#explorer-source").inner_text().count("Licence") == 1, "one source"
    assert not visit.page.locator("#explorer-fuller").is_visible()
    assert visit.complaints == []


def test_a_series_that_is_not_to_cite_says_which_is(explorer):
    """The way from Mexico's page; Haiti has its only figure from another source."""
    visit = explorer("i=VIC_DETECT&s=MEX,USA,HTI")
    note = visit.page.locator("#explorer-note").inner_text()
    text = "United States: another series is to cite, with 16\u202f390 in 2022, UNODC (Fiscal year"
    assert text in note
    assert "Haiti: another series is to cite, with 43 in 2016, US Department of State." in note
    assert "Mexico: another series" not in note
    visit = explorer("i=VIC_DETECT&s=MEX,HTI")
    visit.page.get_by_role("button", name="Each state: its source to cite").click()
    visit.page.get_by_text("Shown as a table only").wait_for()
    assert "43" in visit.page.locator("#explorer-as-table").inner_text()


def test_figures_that_could_not_be_loaded_are_asked_for_again(opened_explorer):
    visit, pattern = opened_explorer(), "**/explorer/PER_CONVICT.js"
    visit.page.route(pattern, lambda route: route.abort())
    visit.page.reload()  # the browser asks for files only of pages that are opened after that
    wait(visit).page.select_option("#explorer-i", "PER_CONVICT")
    failed = visit.page.locator("#explorer-status:text('could not be loaded')")
    failed.wait_for(state="attached")
    visit.page.unroute(pattern)
    assert asked(ask(visit, "i=PER_CONVICT&s=BRA"))["i"] == "PER_CONVICT"
    assert shows_chart(visit)


def test_the_other_languages_keep_the_state(opened_explorer):
    visit = opened_explorer("s=PER,COL&m=rate")
    visit.page.get_by_role("link", name="Français").click()
    visit.page.wait_for_url("**/fr/explorer.html**")
    heading = wait(visit).page.locator("h2").inner_text()
    assert heading == "Victimes détectées pour 100\u202f000 habitants\u202f: Colombie et Pérou"


@pytest.mark.parametrize("rest", REFUSED.values(), ids=REFUSED)
def test_what_does_not_compare_has_a_reason_and_a_way_out(explorer, rest):
    visit = explorer(rest)
    assert not visit.page.locator(CHART).is_visible()
    assert len(visit.page.locator(f"{REFUSAL} p").first.inner_text()) > 30
    ways = visit.page.locator(f"{REFUSAL} button").count()
    assert ways
    for at in range(ways):
        explorer(rest).page.locator(f"{REFUSAL} button").nth(at).click()
        visit.page.locator(CHART).wait_for()
        assert shows_chart(visit)
    assert visit.complaints == []


def test_a_state_without_a_figure_leads_to_the_source_that_has_a_table(explorer):
    visit = explorer("f=int_unodc_glotip&s=HTI")
    assert "no yearly total" in visit.page.locator(REFUSAL).inner_text()
    visit.page.locator(f"{REFUSAL} button").first.click()
    visit.page.get_by_text("Shown as a table only").wait_for()
    assert visit.page.locator("#explorer-as-table tbody tr").first.is_visible()
    assert not visit.page.locator(CHART).is_visible()
    assert visit.page.locator("[data-file=csv]").is_visible()
    assert not visit.page.locator("[data-file=png]").is_visible()


def test_peru_and_colombia_per_100_000_are_two_changes_away(explorer):
    visit = explorer("s=PER")
    visit.page.get_by_role("combobox", name="States (up to six)").fill("colombia")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_role("radio", name="Per 100\u202f000").check()
    visit.page.wait_for_function("() => document.querySelector('h2').textContent.includes('100')")
    heading = visit.page.locator("h2").inner_text()
    assert heading == "Detected victims per 100\u202f000 residents: Colombia and Peru"
    assert shows_chart(visit)


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


def test_on_a_phone_the_chart_comes_first_and_the_controls_are_folded(opened_explorer):
    visit = opened_explorer("s=BRA", "es", width=390)
    assert visit.page.locator(CHART).bounding_box()["y"] < 760
    assert not visit.page.locator("#explorer-i").is_visible()
    visit.page.get_by_text("Cambiar lo que se muestra").click()
    assert visit.page.locator("#explorer-i").is_visible()
    assert visit.overflow() <= 0
