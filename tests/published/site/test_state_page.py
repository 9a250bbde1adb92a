"""A state's page: sentence, cards, charts and tables say the same, and what the warehouse says."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import lxml.html
import orjson
import pytest
from country_pages import edition, facts, files, speaker

from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point, Series
from pipelines.published.site.facts.totals import Total, Totals
from pipelines.published.site.pages import country
from pipelines.published.site.pages.state import cards, sex_age
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import state as wording
from pipelines.published.site.wording.phrases import MOST_WORDS, word_count
from pipelines.published.site.wording.sources import short_name
from schemas import codelists

LANGUAGES = tuple(codelists.LANGUAGES)
STATES = codelists.oas_states()
SPACE = "\u202f"

CITED = """
select ref_area, indicator, any_value(source), max(year),
    arg_max(coalesce(value::varchar, '<'), year)
from published.national_series group by ref_area, indicator
"""


@cache
def page(built: Path, area: str, language: str = "en") -> lxml.html.HtmlElement:
    """Return the page of a state."""
    path = f"{language}/country/{area.lower()}.html"
    return lxml.html.fromstring(files(built, country, language)[path])


@cache
def charts(built: Path, area: str, language: str = "en") -> dict:
    """Return the charts of a page by the id of their panel."""
    found = page(built, area, language).xpath("//script[@id='figures']")
    return orjson.loads(found[0].text)["charts"] if found else {}


def texts(html: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(each.text_content().replace(SPACE, "").split()) for each in html.xpath(path)]


def sentence(html: lxml.html.HtmlElement) -> str:
    return texts(html, "//p[@class='sentence']")[0]


def card(html: lxml.html.HtmlElement, number: int) -> str:
    return texts(html, "//ul[@class='cards']/li")[number]


def headlines(html: lxml.html.HtmlElement) -> dict[str, str]:
    """Return the headline of each tab by the id of its panel."""
    titles = html.xpath("//div[@role='tabpanel']//h2")
    return {each.get("id").removesuffix("-headline"): each.text_content() for each in titles}


def rows(html: lxml.html.HtmlElement, panel: str) -> dict[str, list[str]]:
    """Return the cells of a panel's table by the heading of their row, without remarks."""
    found = html.xpath(f"//div[@id='{panel}']//table//tbody/tr")
    return {
        each.xpath("th")[0].text_content(): [
            (td.text or "").replace(SPACE, "").strip() for td in each.xpath("td")
        ]
        for each in found
    }


def about(html: lxml.html.HtmlElement, panel: str) -> str:
    return " ".join(texts(html, f"//details[@id='{panel}-about']//p"))


def printed(point: list) -> str:
    """Return a point of a chart as a table prints it."""
    if len(point) > 2 and "S" in point[2]:
        limit = "<5" if point[4] == 4 else f"≤{point[4]}"
        return f"{point[3]}–{point[4]}" if point[3] else limit
    return f"{point[1]:g}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_and_headlines_have_at_most_20_words_and_no_gap(built, language):
    for area in STATES:
        html = page(built, area, language)
        for text in (sentence(html), *headlines(html).values()):
            assert word_count(text) <= MOST_WORDS, (area, text)
            assert not re.search(r"[{}]|\[en\]|  ", text), (area, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_light_and_their_tabs_have_figures(built, language):
    for area in STATES:
        html = page(built, area, language)
        assert (
            len(files(built, country, language)[f"{language}/country/{area.lower()}.html"])
            < 250_000
        )
        tabs = html.xpath("//button[@role='tab']/@aria-controls")
        assert tabs == html.xpath("//div[@role='tabpanel']/@id")
        for tab in tabs:
            assert tab in charts(built, area, language) or rows(html, tab), (area, tab)


def test_the_number_is_the_same_everywhere(built, query):
    """Sentence, first card, last point of the chart, last cell of the table, and the warehouse."""
    cited = {row[0]: row[2:] for row in query(CITED) if row[1] == "VIC_DETECT"}
    assert len(cited) > 30
    for area, (_, year, value) in cited.items():
        html = page(built, area)
        cell = rows(html, "trend")[str(year)][0]
        if value == "<":
            assert cell.startswith("<") or "–" in cell
        else:
            assert float(cell) == float(value)
        assert card(html, 0).startswith(f"Detected victims {cell} in {year}")
        assert f"in {year};" in sentence(html)
        assert re.sub(r"^<", "fewer than ", cell) in sentence(html)
        chart = charts(built, area).get("trend")
        if chart:
            points = chart["spec"]["panels"][0]["series"][0]["points"]
            last = [each for each in points if each[0] <= year][-1]
            assert (last[0], printed(last)) == (year, cell)
            assert all(each[2] == "U" for each in points if each[0] > year), area


def test_each_indicator_has_one_source_to_cite_with_its_reason(built, query):
    names, reasons = (codelists.labels(name, "en") for name in ("indicator", "citation_reason"))
    site = edition(built).in_language(speaker(built))
    of_tab = {"VIC_DETECT", "PER_CONTACT", "PER_PROSEC", "PER_CONVICT"}
    chosen = query(
        "select distinct ref_area, indicator, source, citation_reason "
        "from published.national_series"
    )
    for area in STATES:
        wanted = {
            f"{names[code]}: {short_name(site.sources[source], speaker(built))}. {reasons[why]}."
            for state, code, source, why in chosen
            if state == area and code in of_tab
        }
        html = page(built, area)
        text = about(html, "table") if wanted else ""
        assert all(text.count(each) == 1 for each in wanted), area
        assert sum(text.count(f"{names[code]}: ") for code in of_tab) >= len(wanted)
        assert len(html.xpath("//p[@class='cite']//b")) == any(
            "Detected" in each for each in wanted
        )


def test_known_answers(built):
    assert sentence(page(built, "BRA")) == (
        "Brazil reported 539 detected victims of trafficking in 2022; "
        "too few comparable years to call a trend."
    )
    assert headlines(page(built, "BRA"))["forms"] == (
        "2022: forced labour 732 exceeds all detected victims, 539; the source does not say why"
    )
    assert "No figure since 2013" in card(page(built, "BRA"), 3)
    doubt = "2017–2018, 2021: parts exceed their total or subtotal; the source does not say why."
    assert doubt in page(built, "PAN").xpath("string(//*[@id='forms']//figure/p[@class='calm'])")
    assert card(page(built, "BRA"), 4).startswith("Missing 12 of 20 core indicators")
    assert sentence(page(built, "MEX")).startswith("Mexico reported 247 detected victims")
    assert card(page(built, "MEX"), 1) == (
        "Women and girls · children 82 · 180 in 2022 of 247; sex recorded for 45%"
    )
    assert headlines(page(built, "MEX"))["sex_age"].endswith(
        "180 children; sex is recorded for 45%"
    )
    assert sentence(page(built, "HTI")).startswith("Haiti reported 11 detected victims")
    assert "another source: 2018" in card(page(built, "ARG"), 2)
    assert "Police or prosecution files: 669 in 2024" in card(page(built, "PER"), 0)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "es",
            "México registró 247 víctimas de trata detectadas en 2022; "
            "sin cambio claro desde 2008.",
        ),
        (
            "pt",
            "O México registrou 247 vítimas de tráfico detectadas em 2022; "
            "sem mudança clara desde 2008.",
        ),
        (
            "fr",
            "Le Mexique a déclaré 247 victimes de traite détectées en 2022 ; "
            "pas de changement net depuis 2008.",
        ),
    ],
)
def test_the_sentence_in_other_languages(built, language, text):
    found = sentence(page(built, "MEX", language))
    assert found.replace(" ;", ";") == text.replace(" ;", ";")


@pytest.mark.parametrize("area", ["KNA", "DMA"])
def test_a_state_without_any_figure_has_a_sentence_and_a_way_on(built, area):
    html = page(built, area)
    assert sentence(html).startswith("No source in this database has a yearly total")
    assert not html.xpath("//div[@role='tabpanel'] | //div[@data-chart]")
    assert html.xpath("//div[@class='framed']//a[contains(@href, 'gaps.html')]")
    assert "No yearly total" in card(html, 0)


def without_total(built, area: str) -> State:
    """Return a state of which the source prints parts but no total of detected victims."""
    known = facts(built, country)
    totals = {
        key: own for key, own in known.totals.by_indicator.items() if key != (area, "VIC_DETECT")
    }
    language = speaker(built)
    site = edition(built).in_language(language)
    return State(site, replace(known, totals=Totals(totals)), area, language)


def test_parts_without_a_total_are_a_grid_with_empty_cells(built):
    state = without_total(built, "BLZ")
    html = lxml.html.fromstring(country.page(state)[1])
    cells = [cell for row in rows(html, "grid").values() for cell in row]
    assert {"<5", ""} <= set(cells)
    assert headlines(html)["grid"] == "UNODC prints parts of detected victims, but no total"
    assert re.search(r"Parts below \d+ in \d+ years, \d{4}–\d{4}", card(html, 0))


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
    assert rows(page(built, "HTI"), "trend") == {"2022": ["11"]}


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
        if f"is {verdict}." in sentence(page(built, area))
    }
    assert found == wanted
    assert found


def test_the_test_and_the_doubts_are_in_the_account_of_the_figure(built):
    mexico = about(page(built, "MEX"), "trend")
    assert re.search(r"Mann and Kendall’s test over \d+ years, 2008–2022: q = 0\.\d+", mexico)
    assert codelists.labels("detector", "en")["OWN_YEAR"] in mexico
    assert "Breaks, revisions and doubts." in mexico
    brazil = about(page(built, "BRA"), "trend")
    assert codelists.labels("break_reason", "en")["BRA_LAW_13344_2016"] in brazil


def test_no_doubtful_figure_is_in_a_headline(built):
    """Mexico's 2,015 victims of 2015, and the adults of another sex in Bolivia."""
    for area, doubtful in (("MEX", "2015 "), ("BOL", "212"), ("BOL", "353")):
        assert not any(
            doubtful in text.replace(SPACE, "") for text in headlines(page(built, area)).values()
        )


def test_a_doubtful_last_figure_is_called_so(built):
    known = facts(built, country).totals.cited("BRA", "VIC_DETECT")
    points = [replace(each, status=("U",), doubt="OWN_YEAR") for each in known.series.points]
    total = replace(known, series=Series("VIC_DETECT", tuple(points)))
    assert wording.sentence("BRA", total, speaker(built)) == (
        "Brazil reported 539 detected victims of trafficking in 2022; "
        "the figure is provisional or doubtful."
    )
    assert "539" not in wording.trend_headline("BRA", total, speaker(built))


def test_every_doubtful_figure_has_a_reason(query):
    assert query(
        "select count(*) from published.observation where doubt_of(obs_status, comment) is null "
        "and list_contains(string_split(obs_status, ';'), 'U')"
    ) == [(0,)]


def exact(value: float) -> Point:
    return Point(2022, Kind.FIGURE, value, status=("A",))


FEW = Point(2022, Kind.SUPPRESSED, status=("Q",))


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


def one_series(*points: Point) -> Total:
    return Total(
        "BRA", "VIC_DETECT", "int_unodc_glotip", "CY", Series("VIC_DETECT", points), ("2025-04-14",)
    )


REPEATED = Point(2023, Kind.FIGURE, 4, status=("A",), is_repeated=True)


@pytest.mark.parametrize(
    "newest", [REPEATED, replace(REPEATED, is_repeated=False, status=("U",), doubt="CONTRADICTED")]
)
def test_a_doubtful_or_repeated_newest_year_is_not_the_one_to_cite(built, newest: Point) -> None:
    total = one_series(Point(2021, Kind.FIGURE, 8), exact(9), newest)
    assert (total.last, total.is_repeated) == (exact(9), False)
    headline = wording.trend_headline("BRA", total, speaker(built))
    assert headline == "From 2021 to 2022, detected victims in Brazil went from 8 to 9"
    assert one_series(newest).last == newest, "there is no other"


@pytest.mark.parametrize(
    ("points", "headline"),
    [
        (
            (Point(2021, Kind.FIGURE, 8), exact(9)),
            "From 2021 to 2022, detected victims in Brazil went from 8 to 9",
        ),
        (
            (Point(2021, Kind.FIGURE, 8), FEW),
            "From 2021 to 2022, detected victims in Brazil went from 8 to fewer than 5",
        ),
        ((Point(2021), exact(9)), "One comparable figure: 9 in 2022"),
        ((replace(FEW, year=2021), FEW), "Every comparable figure is suppressed, 2021–2022"),
    ],
)
def test_headline_of_the_trend(built, points, headline):
    assert wording.trend_headline("BRA", one_series(*points), speaker(built)) == headline


@pytest.mark.parametrize(
    ("point", "text"),
    [
        (exact(0), "Brazil reported no detected victim of trafficking in 2022;"),
        (exact(1), "Brazil reported one detected victim of trafficking in 2022;"),
        (FEW, "Brazil reported fewer than 5 detected victims of trafficking in 2022;"),
        (
            replace(FEW, bottom=166, top=174),
            "Brazil reported 166–174 detected victims of trafficking in 2022;",
        ),
    ],
)
def test_the_sentence_agrees_with_its_figure(built, point, text):
    assert wording.sentence("BRA", one_series(point), speaker(built)).startswith(text)


def test_citizenships_are_nationals_first_then_in_the_order_of_the_alphabet(built):
    names = list(rows(page(built, "ARG", "es"), "citizenship"))
    assert names[0] == "Nacionales"
    assert all(a < b for a, b in pairwise(names[1:]) if a.isascii() and b.isascii())
    more = page(built, "ARG", "es").xpath(
        "//div[@id='citizenship']//details[@class='more']//tbody/tr"
    )
    assert len(names) - len(more) == 12


def test_numbers_have_the_decimal_sign_of_the_state(built):
    assert "1,19" not in headlines(page(built, "MEX", "es"))["rates"]
    assert re.search(r"\d\.\d", headlines(page(built, "MEX", "es"))["rates"])
    assert re.search(r"\d,\d", headlines(page(built, "ARG", "es"))["rates"])


def test_the_code_of_an_embedded_figure_has_the_address_of_the_site(built, monkeypatch):
    state = State(edition(built), facts(built, country), "BRA", speaker(built))
    assert 'src="https://YOUR-SITE/en/country/bra.html?embed=trend"' in country.tabs(state)[0].embed
    there = replace(state, site=replace(state.site, base_url="https://tip.example"))
    assert (
        'src="https://tip.example/en/country/bra.html?embed=trend"' in country.tabs(there)[0].embed
    )


def test_what_one_release_hides_no_other_gives_away(built):
    """El Salvador, 2019: women and girls less girls, of the release before, would be the women."""
    text = about(page(built, "SLV"), "sex_age")
    notes = [each for each in re.split(r"(?<=\.) ", text) if "2019" in each]
    assert notes
    assert not any("had" in each and re.search(r"had \d", each) for each in notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stated_nil_is_named_and_is_no_figure_of_a_year(built, language):
    """Grenada's authorities told UNODC that there was none until 2017."""
    html = page(built, "GRD", language)
    words = {
        "en": ("until 2017; there is no yearly total", "until 2017", "read in a copy"),
        "es": ("hasta 2017; no hay total anual", "hasta 2017", "en copia"),
        "pt": ("até 2017; não há total anual", "até 2017", "em cópia"),
        "fr": ("jusqu’en 2017; aucun total annuel", "jusqu’en 2017", "d’après une copie"),
    }
    text, until, read = words[language]
    assert text in sentence(html)
    assert f"0 {until}" in card(html, 0)
    assert read in texts(html, "//p[@class='cite']")[0]


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
    language = speaker(built)
    text = wording.sentence("BOL", repeated, language)
    assert text.endswith("; only others repeat this figure.")
    state = State(edition(built), replace(facts(built), totals=only), "BOL", language)
    first = cards.cards(state)[0]
    assert (first.note, first.verdict) == ("Only repeated by others", "")
