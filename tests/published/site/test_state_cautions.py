"""Cautions on a state's page: other figures that bear on those that it shows, in one line each."""

from dataclasses import replace

import duckdb
import pytest
from country_pages import facts, speaker, state_of
from state_pages import about, card, charts, headlines, page, texts
from warehouse_copies import with_a_repeated_release

from pipelines.published.series import Point, Series
from pipelines.published.site.facts.total import Later
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.pages.state import common, justice, rates, trend
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import state as wording
from pipelines.warehouse import remarks
from pipelines.words.disclosure import Kind


def calm(built, area: str, panel: str) -> str:
    """Return the notes under a chart, in sight and folded."""
    figure = f"//*[@id='{panel}']//figure"
    notes = f"{figure}/p[@class='calm'] | {figure}/details[@class='more']/p"
    return " ".join(texts(page(built, area), notes))


def brazil_with(built, indicator: str, **changes: object) -> State:
    """Return Brazil with one series to cite changed."""
    totals = dict(facts(built).totals.by_indicator)
    first, *others = totals["BRA", indicator]
    totals["BRA", indicator] = [replace(first, **changes), *others]
    return state_of(built, totals=Totals(totals))


def test_another_figure_of_a_later_release_is_named(built):
    """Brazil's 39 persons prosecuted in 2014, had others repeated <5 of a later release."""
    later = {2014: Later(Point(2014, Kind.SUPPRESSED), "2026-10-28")}
    state = brazil_with(built, "PER_PROSEC", later=later)
    text = "2014: a later release, of 28 October 2026, has <5; only others repeat it."
    assert f"Prosecuted · {text}" in " ".join(justice.figure(state).calm)
    assert "a later release" not in calm(built, "BRA", "justice")


def test_every_doubtful_year_has_its_reason_under_the_chart(built):
    """2018 is neither the highest nor the last year of the Dominican Republic."""
    reason = "The state’s figures are those of the year before, as printed or with women and men"
    assert f"2018: doubtful. {reason}" in calm(built, "DOM", "trend")


def test_children_in_no_panel_are_counted_where_they_are_not_few(built):
    """The United States: 96 children are neither girls nor boys."""
    text = "2021/22: the sex of 96 children is not recorded, or another; they are in neither panel."
    assert text in calm(built, "USA", "sex_age")
    assert "in neither panel" not in calm(built, "DOM", "sex_age")


def test_a_later_figure_is_a_caution_where_it_is_of_the_year_to_cite(built):
    of_2022 = {2022: Later(Point(2022, Kind.FIGURE, 612), "2025-10-28")}
    state = brazil_with(built, "VIC_DETECT", later=of_2022)
    assert "has 612; only others repeat it." in " ".join(trend.figure(state).calm)
    state = brazil_with(built, "VIC_DETECT", later={2021: of_2022[2022]})
    assert "612" not in " ".join(trend.figure(state).calm)


def test_every_later_figure_is_that_of_a_release_that_only_others_repeat(built, tmp_path):
    """Had others repeated one figure of a release of UNODC that nobody read."""
    repeated = with_a_repeated_release(built, tmp_path)
    with duckdb.connect(repeated, read_only=True) as connection:
        totals = read_totals(connection)
        known = remarks.of_last(connection)
    later = {
        (each.area, each.indicator, year): (found.release, found.point.value)
        for listed in totals.by_indicator.values()
        for each in listed
        for year, found in each.later.items()
    }
    assert later == {("BRA", "VIC_DETECT", 2022): ("2026-10-28", 612)}
    [of_card] = [row for row in known["BRA", "VIC_DETECT"] if row["remark"] == "LATER_RELEASE"]
    assert (of_card["year"], of_card["other_value"], of_card["detail"]) == (2022, 612, "2026-10-28")


def test_the_same_number_for_another_indicator_is_named(built):
    """Colombia's victims of 2023 are its offences; Peru's offences are known to be no offences."""
    assert "2023: the same number as offences recorded" in card(page(built, "COL"), 0)
    assert "the same" not in card(page(built, "PER"), 0)
    assert "the same" not in card(page(built, "MEX"), 0)


def test_victims_in_police_files_are_called_another_thing(built):
    assert "Police or prosecution files: 669 in 2024" in card(page(built, "PER"), 0)
    assert (
        "Victims recorded in police or prosecution files: 790 in 2024. They are another thing: "
        "not all are detected victims."
    ) in about(page(built, "MEX"), "trend")
    assert "another thing" not in about(page(built, "MEX"), "justice")


def test_a_count_with_the_figures_to_cite_in_all_years_of_both_is_no_other_count(built):
    """Peru's police file has the detected victims of UNODC from 2017 to 2022."""
    text = (
        "Victims recorded in police or prosecution files: 669 in 2024. "
        "In the 6 years in which both counts have a figure without doubts, "
        "the numbers are the same."
    )
    assert text in about(page(built, "PER"), "trend")
    assert text in charts(built, "PER")["sources"]["note"]
    assert "another thing" not in page(built, "PER").text_content()
    assert "Other counts" not in page(built, "PER").text_content()


@pytest.mark.parametrize(("figures", "years"), [((8, 9), 2), ((0, 9), 0), ((0, 0), 0)])
def test_years_of_nobody_are_alike_by_chance(built, figures, years):
    points = tuple(Point(2021 + at, Kind.FIGURE, value) for at, value in enumerate(figures))
    recorded, *_ = facts(built).totals.of("PER", "VIC_RECORDED")
    known = facts(built).totals.by_indicator | {
        ("PER", code): [replace(recorded, indicator=code, series=Series(code, points))]
        for code in ("VIC_DETECT", "VIC_RECORDED")
    }
    assert common.years_alike(state_of(built, "PER", totals=Totals(known)), "VIC_RECORDED") == years


def test_more_convicted_than_prosecuted_is_a_doubt(built):
    text = "2007–2009: more persons convicted than prosecuted;"
    assert text in calm(built, "PER", "justice")
    assert "more persons convicted" not in calm(built, "ARG", "justice")


@pytest.mark.parametrize(
    ("prosecuted", "convicted", "is_doubtful"),
    [
        (Point(2022, Kind.FIGURE, 5), Point(2022, Kind.FIGURE, 6), True),
        (Point(2022, Kind.FIGURE, 6), Point(2022, Kind.FIGURE, 6), False),
        (Point(2022, Kind.SUPPRESSED), Point(2022, Kind.FIGURE, 5), True),
        (Point(2022, Kind.SUPPRESSED), Point(2022, Kind.FIGURE, 4), False),
        (Point(2022, Kind.FIGURE, 5), Point(2022, Kind.SUPPRESSED, top=9), False),
        (Point(2021, Kind.FIGURE, 5), Point(2022, Kind.FIGURE, 9), False),
    ],
)
def test_a_suppressed_figure_is_no_doubt_where_it_may_be_enough(
    built, prosecuted, convicted, is_doubtful
):
    totals = dict(facts(built).totals.by_indicator)
    for code, point in (("PER_PROSEC", prosecuted), ("PER_CONVICT", convicted)):
        first, *_ = totals["BRA", code]
        totals["BRA", code] = [replace(first, series=Series(code, (point,)), later={})]
    drawn = justice.figure(state_of(built, totals=Totals(totals)))
    assert ("more persons convicted" in " ".join(drawn.calm)) == is_doubtful


def test_the_newer_figure_of_another_source_is_named_with_both_sources(built):
    text = "UNODC: no total after 2013; US Department of State: 10 in 2021/22"
    assert text in card(page(built, "JAM"), 0)


def test_a_newest_rate_far_from_the_one_before_is_a_caution(built):
    """Brazil's rate falls from 0.18 in 2023 to 0.01 in 2024."""
    assert ("UN Statistics Division, 2024: less than 1/5 of the rate before.") in calm(
        built, "BRA", "rates"
    )
    assert "the rate before" not in calm(built, "ECU", "rates")


@pytest.mark.parametrize(
    ("before", "last", "text"),
    [
        (1, 5, ""),
        (1, 5.1, "more than 5 times"),
        (5, 1, ""),
        (5.1, 1, "less than 1/5 of"),
        (0, 9, ""),
        (9, 0, ""),
    ],
)
def test_only_more_than_five_times_is_far(built, before, last, text):
    points = (Point(2020, Kind.FIGURE, before), Point(2022, Kind.FIGURE, last))
    printed = replace(
        next(iter(facts(built).totals.of("BRA", "VIC_DETECT_RATE"))),
        series=Series("VIC_DETECT_RATE", (points[0], replace(points[1], year=2030))),
    )
    totals = facts(built).totals.by_indicator | {("BRA", "VIC_DETECT_RATE"): [printed]}
    stated = " ".join(rates.figure(state_of(built, totals=Totals(totals))).calm)
    assert f"2030: {text} the rate before" in stated if text else "the rate before" not in stated


def test_years_without_anybody_are_tested_and_have_no_order_to_explain(built):
    """Trinidad and Tobago convicted nobody from 2007 to 2022."""
    text = about(page(built, "TTO"), "justice")
    tested = text.partition("Persons convicted · Evidence not strong. ")[2].partition("see Method.")
    assert tested[0].startswith("Tested over 16 years, 2007–2022:")
    assert "by chance" not in tested[2]


def test_the_reason_of_a_doubt_is_under_the_chart_once(built):
    """Mexico's peak of 2015 and Peru's last figure of 2023; Canada's of 2018 is left out."""
    assert (
        "The title leaves out 2015: doubtful figure. The figure equals the year"
        in (charts(built, "MEX")["trend"]["note"])
    )
    assert "2023: doubtful. Other figures contradict it" in charts(built, "PER")["trend"]["note"]
    canada = facts(built).totals.cited("CAN", "VIC_DETECT")
    assert {point.year for point in canada.known if point.doubt} == {2017, 2018}
    [reason] = wording.doubtful(canada, speaker(built))
    assert reason.startswith("2017: doubtful.")


def test_police_cases_are_called_cases_and_not_persons(built):
    assert "Police cases, not persons: 503 in 2024" in card(page(built, "CAN"), 0)


def test_a_year_that_is_not_of_the_calendar_is_printed_so_on_its_card(built):
    assert "in 2021/22" in card(page(built, "USA"), 0)


def test_a_reprint_with_another_figure_is_named(built):
    """The last year of UNSD's numbers of Argentina, which UNODC revised since."""
    text = "The UN Statistics Division repeats the figures of UNODC, but has 97 in 2017;"
    assert text in calm(built, "ARG", "sources")


def test_newer_years_come_before_the_newest_that_two_sources_share(built):
    shared = "Newest shared year, 2017: UNODC 725, UN Statistics Division 445"
    assert headlines(page(built, "PER"))["sources"] == f"To cite, UNODC: 631 in 2022. {shared}"


def test_a_series_that_is_named_and_not_drawn_is_the_first_note(built):
    """The title has the 588 that the US Department of State printed; the chart must not."""
    assert "588" in headlines(page(built, "BRA"))["sources"]
    assert calm(built, "BRA", "sources").startswith("Only in the table under “About this figure”")


def test_a_headline_has_rates_with_two_digits(built):
    assert headlines(page(built, "BRA"))["rates"].endswith(": 0.017 in 2017, 0.26 in 2022")


def test_shares_are_under_the_chart_where_every_screen_has_them(built):
    text = "Of 539 detected victims in 2022: women and girls 27%, children 17%."
    assert text in calm(built, "BRA", "sex_age")
    assert "women and girls" not in calm(built, "MEX", "sex_age")  # sex is recorded for 45%


def test_years_of_jumps_are_under_the_trend(built):
    text = "2010: 4.8 times the year before. 2021: 14% of the year before."
    assert text in calm(built, "MEX", "trend")


def test_three_notes_are_in_sight_and_the_others_behind_a_fold(built):
    """Of Brazil's, the break and what exceeds the figure to cite come before older doubts."""
    [seen] = texts(page(built, "BRA"), "//*[@id='trend']//figure/p[@class='calm']")
    assert "2017: break in the series" in seen and "forced labour 732 exceeds" in seen
    assert "3.8 times" not in seen and "3.8 times" in calm(built, "BRA", "trend")
    folded = "//*[@id='trend']//figure/details[@class='more']"
    assert texts(page(built, "BRA"), f"{folded}/summary") == ["Further notes: 2"]
    assert not texts(page(built, "GTM"), folded)


def test_the_same_number_of_another_indicator_is_named_though_it_be_of_one_year(built):
    """Colombia: 264 victims and 264 offences in 2023. Cuba: 14 suspects and prosecuted in 2012."""
    assert "2023: the same number as offences recorded" in card(page(built, "COL"), 0)
    text = "Prosecuted · 2012: the same as the number of suspects."
    assert text in calm(built, "CUB", "justice")
    # Guatemala: 34 convicted, a number of its own.
    assert "Convicted · 2022: the same number" not in calm(built, "GTM", "justice")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Counts what authorities detect and report to UNODC."),
        ("es", "Cuenta lo que las autoridades detectan y comunican a la UNODC."),
        ("pt", "Conta o que as autoridades detectam e informam ao UNODC."),
        ("fr", "Compte ce que les autorités détectent et déclarent à l’ONUDC."),
    ],
)
def test_the_caution_of_a_source_stands_at_its_figures_in_each_language(built, language, text):
    html = page(built, "COL", language)
    assert text in about(html, "trend")
    assert text in about(html, "justice")
    assert text in about(html, "sources")


def test_a_definition_that_differs_is_named_once_for_a_series(built):
    """Haiti's figures are those that its government gave the US Department of State."""
    html = page(built, "HTI")
    text = "2017, 2019: the definition differs from the indicator’s (legal scope not stated)."
    assert text in about(html, "justice")
    assert not html.xpath("//td[contains(., 'efinition differs')]")


def test_where_parts_are_hidden_it_says_that_the_source_may_give_them_away(built):
    """UNODC prints 10 children and 8 girls beside hidden boys of 2022; the page names neither."""
    stated = "Other figures of the source itself may give a hidden one away"
    assert f"Hidden figures. {stated}" in about(page(built, "DOM"), "sex_age")
    assert stated not in about(page(built, "USA"), "trend")


@pytest.mark.parametrize(
    ("area", "text"),
    [
        ("PER", "Investigations opened: rising, 2008–2018."),
        ("SLV", "Offences recorded: falling, 2010–2022."),
        ("GTM", "Persons prosecuted: rising, 2008–2022."),
    ],
)
def test_what_rose_or_fell_is_stated_though_it_has_no_panel(built, area, text):
    assert text in calm(built, area, "justice")
