"""The pages of indicators: the sentence, the figures to cite and the states without any."""

import re

import pytest
from country_pages import facts as facts_of
from country_pages import files
from invented_site import invented_warehouse
from parsed_page import LANGUAGES, Page, spaced

from pipelines.published.site.pages import indicator, indicators
from schemas import codelists

CITED = """
    select ref_area, year, value from published.national_series where indicator = '{}'
"""


@pytest.fixture(scope="module")
def pages(built) -> dict[str, dict[str, Page]]:
    """Each page by language and name of its file."""
    return {
        code: {
            path.removeprefix(f"{code}/indicator/").removesuffix(".html"): Page(text)
            for path, text in files(built, indicator, code).items()
        }
        for code in LANGUAGES
    }


def sentence(page: Page) -> str:
    ((_, text),) = page.all("p", **{"class": "sentence"})
    return text


def cells(page: Page) -> dict[tuple[str, int], str]:
    """Return the figures of the first table, which has years or fewer states beside each other."""
    (corner, *columns), *rows = page.tables()[0]
    found = {
        (row[0], column): cell
        for row in rows
        for column, cell in zip(columns, row[1:], strict=True)
        if not cell.startswith("–")
    }
    if corner == "Year":
        found = {(state, year): cell for (year, state), cell in found.items()}
    return {(state, int(year)): cell for (state, year), cell in found.items()}


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("vic_detect", "en",
         "Detected victims: yearly totals of 32 of 35 states of the Americas, to 2023."),
        ("vic_detect", "fr",
         "Victimes détectées\u202f: totaux annuels de 32 des 35 États, jusqu’en 2023."),
        ("pol_protocol", "es",
         "Protocolo de Palermo: al menos 34 de 35 Estados son parte; de los demás no se sabe."),
        ("pol_ilo_p029", "en",
         "ILO Protocol of 2014: at least 10 of 35 states are parties; "
         "it is not known of the others."),
        ("pol_ilo_c182", "en", "ILO Convention 182: all 35 states are parties."),
        ("per_arrest", "pt", "Pessoas presas: sem números nacionais nesta base."),
        ("dem_lab_insp", "es", "Inspecciones del trabajo sobre trabajo forzoso o trata: "
         "solo según terceros, 1 de 35 Estados."),
        ("inc_recorded", "en",
         "Incidents recorded by the police: yearly totals of 2 of 35 states of the Americas, "
         "to 2024."),
    ],
)  # fmt: skip
def test_a_page_begins_with_how_many_states_have_it(pages, code, language, text):
    assert sentence(pages[language][code]) == text


def test_newer_figures_that_only_others_repeat_are_named_below_the_answer(pages):
    assert "known only through others" not in pages["en"]["vic_detect"].text
    assert (
        "Newer figures, up to 2025, are known only through others." in pages["en"]["vic_ident"].text
    )
    assert (
        "más recientes, hasta 2025, solo se conocen por terceros."
        in pages["es"]["dem_lab_found"].text
    )


@pytest.mark.parametrize("code", ["VIC_DETECT", "PER_CONVICT", "INV_OPENED", "COMPLAINTS"])
def test_the_table_has_the_figures_to_cite_and_no_other(query, pages, code):
    names = codelists.labels("area", "en")
    shown = cells(pages["en"][code.lower()])
    expected = {(names[area], year): value for area, year, value in query(CITED.format(code))}
    assert shown.keys() >= expected.keys()
    for key, text in shown.items():
        if re.search("doubtful|as others repeat it", text):
            assert key not in expected, "this figure is not one to cite"
            continue
        exact = re.match(r"[\d\u202f]+(?![\d–])", text)
        value = float(exact[0].replace("\u202f", "")) if exact else None
        assert value == expected.get(key), (key, text)


def test_every_state_is_drawn_or_named(pages):
    for code in ("vic_detect", "per_convict"):
        page = pages["en"][code]
        named = [
            text.split(": ")[1] for _, text in page.all("p") if text.startswith("In the table only")
        ]
        ((_, without),) = page.all("details", id="without")
        others = [*named, without.split("Their authorities")[0]]
        counts = [len(text.split(", ")) for text in others]
        assert len(page.all("svg", **{"class": "spark"})) + sum(counts) == 35


def test_only_years_that_compare_are_drawn(pages, query):
    """Investigations of the US reports have no stated legal scope: level 4."""
    page = pages["en"]["inv_opened"]
    drawn = len(page.all("svg", **{"class": "spark"}))
    [(states,)] = query(
        "select count(distinct ref_area) from published.national_series "
        "where indicator = 'INV_OPENED'"
    )
    assert 0 < drawn < states
    ((_, text),) = [each for each in page.all("p") if each[1].startswith("In the table only")]
    assert len(text.split(": ")[1].split(", ")) == states - drawn


def test_every_indicator_has_a_page_and_is_in_the_list_once(pages, built):
    [text] = files(built, indicators).values()
    listed = re.findall(r'indicator/(\w+)\.html">', Page(text).text)
    own = sorted(code.upper() for code in listed if code != "index")
    assert own == sorted(codelists.codes("indicator"))
    for code, name in codelists.labels("indicator", "en").items():
        assert pages["en"][code.lower()].all("h1")[0][1] == spaced(name)


def test_states_are_in_the_alphabetical_order_of_the_language(pages):
    (_, *rows), *_ = pages["fr"]["vic_detect"].tables()
    plain = str.maketrans("éÉèêáíóúâãçñô", "eEeeaiouaacno")
    names = [row[0] for row in rows]
    assert names == sorted(names, key=lambda name: name.translate(plain).lower())


def test_parties_are_counted_and_dated(pages, built):
    (_, *rows), *_ = pages["en"]["pol_protocol"].tables()
    dated = [row for row in rows if not row[1].startswith("not known")]
    assert (len(rows), len(dated)) == (35, 34)
    assert dict(rows)["Brazil"] == "29 January 2004"
    assert facts_of(built, indicator).treaties["POL_PROTOCOL"]["BRA"]["since"] == "2004-01-29"


def test_a_printed_rate_leads_to_the_calculated_ones(pages):
    links = [attrs["href"] for attrs, _ in pages["en"]["vic_detect_rate"].all("a")]
    assert "../../en/explorer.html#i=VIC_DETECT&m=rate" in links
    assert not any("m=rate" in attrs["href"] for attrs, _ in pages["en"]["vic_detect"].all("a"))


def test_sums_are_named_as_calculated(pages):
    text = pages["en"]["vic_recorded"].all("main")[0][1]
    assert "tipstat adds up subdivisions and months" in text
    assert "Mexico, 2015–2024." in text


def test_a_page_without_figures_says_what_would_be_needed(pages):
    page = pages["en"]["per_arrest"]
    assert page.tables() == []
    assert "what the authority in charge did or recorded" in page.all("main")[0][1]


def test_an_answer_of_yes_or_no_is_no_treaty(built, tmp_path):
    figures = "ARG|POL_NAP|2021|1|A|CY|||\n"
    flagged = invented_warehouse(built, tmp_path / "flag.duckdb", figures=figures, withheld="")
    text = files(flagged, indicator)["en/indicator/pol_nap.html"]
    assert "atification" not in text
    assert facts_of(flagged, indicator).treaties == {}


def test_every_tested_series_of_a_state_has_its_verdict_on_the_page_of_its_indicator(pages, query):
    tested = query(
        "select indicator, ref_area, trend_verdict from published.trend "
        "join codelist.area on code = ref_area and is_oas where q_value is not null"
    )
    names, verdicts = codelists.labels("area", "en"), codelists.labels("trend_verdict", "en")
    assert len(tested) > 80
    for code, area, verdict in tested:
        text = " ".join(text for _, text in pages["en"][code.lower()].all("dd"))
        # Across a jump the home page says no clear change, and so does this one.
        stated = verdicts["no_clear_change" if verdict.startswith("no_verdict") else verdict]
        assert re.search(rf"{stated}: [^.]*{re.escape(names[area])}", text), (code, area)
    text = " ".join(text for _, text in pages["en"]["vic_detect"].all("dd"))
    assert "United States (UNODC, 2007–2016, not to cite)" in text


def test_the_list_counts_the_states_that_the_page_counts(pages, built):
    """Brazil's one total of investigations is doubtful, and so not to cite."""
    [text] = files(built, indicators).values()
    entries = dict(re.findall(r'indicator/(\w+)\.html">[^<]*</a> <small>([^<]*)', text))
    assert entries["inv_opened"].startswith("15 of 35 states, ")
    for name, page in pages["en"].items():
        counted = re.search(r"yearly totals of (\d+) of 35", sentence(page))
        if counted:
            assert entries[name].startswith(f"{counted[1]} of 35 states"), name
    ((_, without),) = pages["en"]["inv_opened"].all("details", id="without")
    assert without.startswith("States without a yearly total to cite 20")
    assert "Brazil" in without
