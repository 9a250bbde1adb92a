"""The words of a state's page: the headlines of its figures, its cards, and what is copied."""

from dataclasses import replace

import pytest
from country_pages import facts, speaker, state_of
from state_pages import LANGUAGES, SPACE, about, card, charts, headlines, page, sentence

from pipelines.published.series import Point, Series
from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.totals import Totals
from pipelines.published.site.pages import country
from pipelines.published.site.pages.state import cards, sex_age
from pipelines.published.site.wording import state as wording
from pipelines.words.disclosure import Kind


def test_no_doubtful_figure_is_in_a_headline(built):
    """Mexico's 2,015 victims of 2015, and the adults of another sex in Bolivia."""
    for area, doubtful in (("MEX", "2015 "), ("BOL", "212"), ("BOL", "353")):
        assert not any(
            doubtful in text.replace(SPACE, "") for text in headlines(page(built, area)).values()
        )


def test_a_doubtful_last_figure_is_not_in_the_headline_of_the_trend(built):
    known = facts(built, country).totals.cited("BRA", "VIC_DETECT")
    points = [replace(each, status=("U",), doubt="OWN_YEAR") for each in known.series.points]
    total = replace(known, series=Series("VIC_DETECT", tuple(points)))
    assert "371" not in wording.trend_headline("BRA", total, speaker(built))


def exact(value: float) -> Point:
    return Point(2022, Kind.FIGURE, value, status=("A",))


FEW = Point(2022, Kind.SUPPRESSED, status=("Q",))
NO_ZERO = replace(FEW, bottom=1)
"""`<5` of a release that prints zeros."""


@pytest.mark.parametrize(
    ("women", "girls", "both", "expected"),
    [
        (exact(9), exact(7), exact(17), 17),  # as printed, though the parts add up to 16
        (exact(9), exact(7), Point(2022), 16),
        (exact(9), FEW, Point(2022), None),
        (FEW, exact(7), exact(10), 10),
        (exact(9), Point(2022), Point(2022), None),
    ],
)
def test_women_and_girls_are_added_up_only_if_nothing_is_hidden(women, girls, both, expected):
    codes = {"F.Y_GE18": women, "F.Y0T17": girls, "F._T": both}
    parts = {code: Series(code, (point,)) for code, point in codes.items()}
    assert sex_age.newest(parts, 2022)[0].value == expected
    assert not sex_age.newest(parts, 2021)[0].is_known, "the total to cite is of the year before"


def test_a_year_of_doubtful_parts_is_not_the_newest_if_there_is_another():
    """Guyana: women and girls 0 in 2021, beside 174 victims of other sex."""
    doubtful = replace(exact(0), status=("U",), doubt="UNREPORTED_ZERO")
    before = replace(exact(9), year=2021)
    parts = {"F._T": Series("F._T", (before, doubtful))}
    assert sex_age.newest(parts, 2022)[0] == before
    assert sex_age.newest({"F._T": Series("F._T", (doubtful,))}, 2022)[0] == doubtful


def one_series(*points: Point) -> Total:
    return Total(
        "BRA", "VIC_DETECT", "int_unodc_glotip", "CY", Series("VIC_DETECT", points), ("2025-10-28",)
    )


REPEATED = Point(2023, Kind.FIGURE, 4, status=("A",), is_repeated=True)


@pytest.mark.parametrize(
    "newest", [REPEATED, replace(REPEATED, is_repeated=False, status=("U",), doubt="CONTRADICTED")]
)
def test_a_doubtful_or_repeated_newest_year_is_not_the_one_to_cite(built, newest: Point) -> None:
    total = one_series(Point(2021, Kind.FIGURE, 8), exact(9), newest)
    assert (total.last, total.is_repeated) == (exact(9), False)
    headline = wording.trend_headline("BRA", total, speaker(built))
    assert headline == "Detected victims in Brazil: 8 in 2021, 9 in 2022"
    assert one_series(newest).last == newest, "there is no other"


def test_a_series_whose_only_own_figure_is_doubtful_is_known_through_others() -> None:
    """Brazil's labour inspectors: their own first count of 2019, others' reports of the rest."""
    doubtful = replace(exact(9), status=("U",), doubt="CONTRADICTED")
    assert one_series(doubtful, REPEATED).last == REPEATED
    assert one_series(REPEATED, replace(doubtful, year=2024)).is_repeated
    assert not one_series(exact(9), REPEATED).is_repeated


@pytest.mark.parametrize(
    ("points", "headline"),
    [
        (
            (Point(2021, Kind.FIGURE, 8), exact(9)),
            "Detected victims in Brazil: 8 in 2021, 9 in 2022",
        ),
        (
            (Point(2021, Kind.FIGURE, 8), FEW),
            "Detected victims in Brazil: 8 in 2021, fewer than 5 in 2022",
        ),
        (
            (Point(2021, Kind.FIGURE, 0), NO_ZERO),
            "Detected victims in Brazil: 0 in 2021, fewer than 5 in 2022",
        ),
        ((Point(2021), exact(9)), "The only figure: 9 in 2022"),
        ((replace(FEW, year=2021), FEW), "Every comparable figure is suppressed, 2021–2022"),
    ],
)
def test_headline_of_the_trend(built, points, headline):
    assert wording.trend_headline("BRA", one_series(*points), speaker(built)) == headline


def test_a_doubtful_figure_outside_the_range_of_the_headline_is_named(built):
    """Mexico's 2,015 victims of 2015, which the test of the trend includes."""
    figures = charts(built, "MEX")
    assert "(from 47 to 986)" in figures["trend"]["title"]
    assert "The title leaves out 2015: doubtful figure." in figures["trend"]["note"]
    assert "The test leaves out the doubtful figures of 2015." in about(page(built, "MEX"), "trend")
    assert "not in the title" not in charts(built, "COL")["trend"]["note"]


def test_a_sum_by_tipstat_is_named_among_the_other_counts(built):
    assert (
        "790 in 2024 (SESNSP (Mexico), sum by tipstat)" in charts(built, "MEX")["sources"]["note"]
    )


def test_a_newer_rate_of_a_source_is_named_under_the_rates(built):
    note = charts(built, "ECU")["rates"]["note"]
    assert "Newer, as printed: 0.96 in 2025 (UN Statistics Division)." in note


def test_a_figure_names_the_release_that_is_cited(built):
    """UNODC's newest release was read in a copy."""
    html = page(built, "COL")
    figures = charts(built, "COL")
    assert figures["trend"]["subtitle"].endswith("UNODC, 28 October 2025")
    assert "reported only by" not in figures["trend"]["source"]
    assert "Where it was read. Read in a copy of the publication. Licence." in about(html, "trend")
    copied = html.xpath("//p[@class='cite']/button/@data-copy")[0]
    assert ", release of 28 October 2025, read in a copy, https://data.unodc.org/" in copied


def test_what_is_copied_has_its_years_its_limits_and_a_source_as_one_cites(built):
    """UNODC's figures of three years of Guyana are doubtful."""
    html = page(built, "GUY")
    [whole] = html.xpath("//p[@class='cite']/button/@data-copy")
    assert whole.startswith(f"{sentence(html)} Detected victims are those the authorities found")
    assert whole.count("UNODC") == 1
    assert "https://data.unodc.org/datareport/tip-victims, accessed 3 August 2026;" in whole
    trend = html.xpath("//div[@id='trend']//button[contains(@data-copy, 'Source')]/@data-copy")
    assert "Doubtful years: 2015, 2017–2018." in trend[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_tab_has_its_own_headline_to_copy_with_its_sources(built, language):
    html = page(built, "GTM", language)
    for panel, headline in headlines(html).items():
        buttons = html.xpath(f"//div[@id='{panel}']//button/@data-copy")
        [copied] = [each for each in buttons if not each.startswith("<iframe")]
        assert f"{headline}." in copied
        assert "https://data.unodc.org/datareport/tip-victims" in copied


@pytest.mark.parametrize(
    ("forms", "headline"),
    [
        ({"SX": exact(8), "FL": exact(0)}, "sexual exploitation 8, forced labour 0"),
        (
            {"SX": exact(8), "FL": NO_ZERO, "OTH": exact(0)},
            "sexual exploitation 8, forced labour <5",
        ),
        ({"SX": exact(0), "FL": FEW}, "forced labour <5, sexual exploitation 0"),
        ({"SX": FEW, "FL": NO_ZERO}, "no form of exploitation has an exact figure"),
    ],
)
def test_a_hidden_form_is_named_before_one_of_nobody(built, forms, headline):
    total = one_series(exact(12))
    text = wording.forms_headline([*forms.items()], total, 2022, speaker(built))
    assert text.endswith(headline)


def test_a_figure_of_several_series_of_one_source_names_all_their_releases(built):
    """Haiti: detected victims are of the report of 2018, persons convicted of that of 2020."""
    html = page(built, "HTI")
    subtitle, origin = (
        html.xpath(f"string(//div[@id='table']//p[@class='{name}'])")
        for name in ("subtitle", "origin")
    )
    assert subtitle.endswith("25 June 2020")
    assert "Releases of 28 June 2018 to 25 June 2020" in origin


def test_a_count_of_something_else_is_called_so(built):
    """The United States has reported persons served since 2017: card, headlines, comparison."""
    html = page(built, "USA")
    assert "Counts persons served by federal grantees" in card(html, 0)
    titles = headlines(html)
    assert titles["trend"] == (
        "Victims served in the United States: 8\u202f003 in 2016/17, 16\u202f390 in 2021/22"
    )
    assert titles["justice"] == "Persons prosecuted in 2021/22: 310; convicted in 2021/22: 256"
    assert titles["sex_age"].startswith("2021/22: 13\u202f281 victims served were women or girls")
    assert titles["rates"].startswith("Victims served per 100 000 residents: ")
    for tab in ("trend", "sex_age", "rates"):
        [figure] = html.xpath(f"//div[@id='{tab}']//figure")
        text = figure.text_content()
        assert "persons served by federal grantees" in text
        assert "those the authorities found, not" not in text
        copy, *_ = figure.xpath(".//@data-copy")
        assert "Counted: persons served by federal grantees." in copy
    assert titles["rates"].endswith(" in 2016/17, 4.8 in 2021/22")
    assert "UNODC: persons served by federal grantees." in charts(built, "USA")["sources"]["note"]
    for area in ("BRA", "CAN"):  # their breaks changed the law or the record, not what is counted
        assert "served" not in card(page(built, area), 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_headline_names_the_year_of_its_card(built, language):
    """The newest victims of the United States are of the year from July 2021 to June 2022."""
    html = page(built, "USA", language)
    assert "2021/22" in card(html, 1)
    for tab in ("trend", "sex_age", "forms", "citizenship", "justice"):
        assert "2021/22" in headlines(html).get(tab, "2021/22"), tab


def test_a_figure_that_only_others_repeat_is_shown_as_such_and_never_cited(built):
    shown = facts(built).totals.cited("BOL", "VIC_DETECT")
    points = tuple(replace(each, is_repeated=True) for each in shown.series.points)
    of_others = replace(shown.series, points=points)
    repeated = replace(shown, source="int_repeated", reason="", series=of_others)
    only = Totals({("BOL", "VIC_DETECT"): [repeated]})
    both = Totals({("BOL", "VIC_DETECT"): [shown, repeated]})
    assert only.cited("BOL", "VIC_DETECT") is None
    assert only.shown("BOL", "VIC_DETECT") is repeated
    assert both.shown("BOL", "VIC_DETECT") is shown
    first = cards.cards(state_of(built, "BOL", totals=only))[0]
    assert (first.value, first.verdict) == (str(round(shown.last.value)), "")


def test_the_only_total_of_a_source_has_no_remark_on_other_years(built):
    html = page(built, "HTI")
    assert headlines(html)["trend"] == "The only figure: 43 in 2016"


def test_what_is_missing_leads_to_the_needs(built):
    """In Spanish the word agrees with the number."""
    html = page(built, "HTI", "es")
    assert card(html, 4).startswith("Faltan 15 de 20 indicadores básicos")
    assert html.xpath("//li[@class='missing']//a/@href") == [
        "../../es/country/hti-figures.html#needs"
    ]


@pytest.mark.parametrize(
    ("area", "text"),
    [
        ("COL", "Main counts reported; then: report newer years (presumed victims referred)."),
        ("BRA", "First: report newer years (persons prosecuted)."),
    ],
)
def test_the_first_need_says_where_the_main_counts_need_nothing_before(built, area, text):
    assert text in card(page(built, area), 4)
