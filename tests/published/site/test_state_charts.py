"""Charts of a state's page: each says what its table and the warehouse say."""

from dataclasses import replace

import pytest
from country_pages import edition, facts, state_of
from state_pages import STATES, card, charts, page, printed, rows, texts

from pipelines.published.series import Point, Series
from pipelines.published.site.facts.totals import Totals
from pipelines.published.site.pages.state import trend
from pipelines.words.disclosure import Kind


def test_every_point_of_a_chart_is_in_its_table(built):
    seen = 0
    for area in STATES:
        html = page(built, area)
        for tab, chart in charts(built, area).items():
            cells = rows(html, tab)
            for panel in chart["spec"]["panels"]:
                for point in (each for series in panel["series"] for each in series["points"]):
                    text = "no rate" if "X" in (point[2:3] or [""])[0] else printed(point)
                    assert text in cells[str(point[0])], (area, tab, point)
                    seen += 1
    assert seen > 3000


def test_a_suppressed_count_has_no_rate(built):
    seen = 0
    for area in STATES:
        known = charts(built, area)
        if "rates" in known:
            counts, rates = (
                known[tab]["spec"]["panels"][0]["series"][0]["points"] for tab in ("trend", "rates")
            )
            hidden = {point[0] for point in counts if "S" in (point[2:3] or [""])[0]}
            assert hidden == {point[0] for point in rates if "X" in point[2]}
            assert all(point[1] is None and len(point) == 3 for point in rates if "X" in point[2])
            seen += len(hidden)
    assert seen > 10


def test_a_key_says_the_bounds_of_what_is_drawn(built):
    """One interval is named; UNODC's 1 to 4 and another source's 0 to 4 both are."""
    seen = set()
    for area in STATES:
        for tab, chart in charts(built, area).items():
            points = [
                point
                for panel in chart["spec"]["panels"]
                for series in panel["series"]
                for point in series["points"]
                if "S" in (point[2:3] or [""])[0]
            ]
            bounds = tuple(sorted({tuple(point[3:]) for point in points}))
            key = " ".join(texts(page(built, area), f"//div[@id='{tab}']//ul[@class='key']/li"))
            wanted = {
                (): "",
                ((1, 4),): "<5, suppressed: 1 to 4",
                ((0, 4),): "<5, suppressed: 0 to 4",
                ((0, 4), (1, 4)): "<5, suppressed: 0 or 1 to 4, as the bar shows",
            }.get(bounds, "suppressed: the figure lies within the bar")
            assert wanted in key, (area, tab)
            assert bool(points) == ("suppressed: " in key), (area, tab)
            seen.add(bounds)
    assert len(seen) > 4


def test_months_of_a_source_s_year_begin_as_the_language_wants(built):
    assert "US Department of State, April to March" in page(built, "LCA").text_content()
    assert "UNODC, fiscal year, October to September" in page(built, "USA").text_content()
    assert "d’avril à mars" in page(built, "LCA", "fr").text_content()


def test_rates_are_those_of_the_warehouse(built, query):
    wanted = query(
        "select ref_area, year, value, dispersed_lower, dispersed_upper from published.rate "
        "semi join published.national_series using (source, ref_area, indicator, time_basis, year) "
        "where indicator = 'VIC_DETECT' and sex = '_T' and age = '_T' and exploitation = '_T' "
        "and value > 0 and origin = 'FIGURE'"
    )
    drawn = {
        (area, point[0]): point
        for area in STATES
        if "rates" in charts(built, area)
        for point in charts(built, area)["rates"]["spec"]["panels"][0]["series"][0]["points"]
    }
    assert drawn
    for area, year, *values in wanted:
        if (area, year) in drawn:
            point = drawn[area, year]
            assert [point[1], *point[3:]] == pytest.approx(values, rel=0.005), (area, year)


def test_figures_that_do_not_compare_are_in_the_table_alone(built):
    """The US report's 588 victims of Brazil, and all that Haiti has."""
    lines = charts(built, "BRA")["sources"]["spec"]["panels"][0]["series"]
    assert [each["name"] for each in lines] == ["UNODC", "UN Statistics Division"]
    assert "588" in rows(page(built, "BRA"), "sources")["2022"]
    assert not {"trend", "sources"} & charts(built, "HTI").keys()
    assert rows(page(built, "HTI"), "trend") == {"2016": ["43"]}


def test_sources_of_other_indicators_are_compared_behind_folds(built):
    """UNODC has federal cases; a page of the Bureau of Justice Statistics has more convictions."""
    summaries = [each.text_content() for each in page(built, "USA").iter("summary")]
    folds = [text for text in summaries if "to cite: UNODC" in text]
    assert folds[-1] == (
        "Persons convicted: for 2021/22, two counts: UNODC 256, Authorities’ own pages 1\u202f118; "
        "to cite: UNODC"
    )


def test_a_state_whose_victims_have_one_source_compares_another_indicator(built):
    """Saint Vincent's persons prosecuted: UNODC until 2012, the US report since 2019."""
    found = rows(page(built, "VCT"), "sources")
    assert (found["2012"], found["2019"]) == (["0", "–"], ["–", "<5"])


def test_no_panel_has_more_lines_than_a_reader_can_tell_apart(built):
    for area in STATES:
        for chart in charts(built, area).values():
            assert 1 <= len(chart["spec"]["panels"]) <= 6
            assert all(1 <= len(each["series"]) <= 4 for each in chart["spec"]["panels"])


def test_only_published_trends_are_called_rising_or_falling(built, query):
    wanted = {
        (area, verdict)
        for area, verdict in query(
            "select distinct ref_area, trend_verdict from published.trend "
            "semi join published.national_series using (source, ref_area, indicator, time_basis) "
            "where indicator = 'VIC_DETECT' and trend_verdict in ('rising', 'falling')"
        )
        if area in STATES
    }
    found = {
        (area, verdict)
        for area in STATES
        for verdict in ("rising", "falling")
        if verdict.capitalize() in card(page(built, area), 0)
    }
    assert found == wanted
    assert found


def test_the_key_shows_an_uncertain_figure_as_the_chart_draws_it(built):
    """A hollow bar among bars, a hollow point on a line."""
    html = page(built, "GUY")
    for tab, shape in (("sex_age", "path"), ("trend", "circle")):
        assert html.xpath(f"//div[@id='{tab}']//ul[@class='key']//{shape}[@class='hollow']"), tab
    assert not html.xpath("//div[@id='sex_age']//ul[@class='key']//circle")


def test_an_authority_that_reports_anew_stands_beside_the_years_before(built):
    """Not in their place: the years of the source that was to cite before stay in the chart."""
    of_unodc = facts(built).totals.cited("TTO", "VIC_DETECT")
    own = replace(
        of_unodc,
        source="jam_statin",
        releases=(edition(built).sources["jam_statin"]["release"],),
        own_releases=(),
        series=Series("VIC_DETECT", (Point(2022, Kind.FIGURE, 57), Point(2023, Kind.FIGURE, 60))),
        reason="NATIONAL_NEWER",
        trend=None,
    )
    totals = Totals({("TTO", "VIC_DETECT"): [own, replace(of_unodc, reason="")]})
    drawn = trend.figure(state_of(built, "TTO", totals=totals))
    [panel] = drawn.spec["panels"]
    new, former = panel["series"]
    assert [point[:2] for point in new["points"]] == [[2022, 57], [2023, 60]]
    assert [point[0] for point in former["points"]] == [
        each.year for each in of_unodc.known if each.year < 2022
    ]
    assert panel["breaks"] == [[2022, "new source"]]
    assert "Before 2022: UNODC; its figures do not compare with these." in drawn.calm
    assert [year for year, _ in drawn.table.rows][-2:] == ["2022", "2023"]
