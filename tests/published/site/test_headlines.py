"""Headlines mention a trend only if published.trend does, and only of comparable years."""

from dataclasses import replace

import pytest
from country_pages import all_shown, by_anchor
from pipelines.published.site.figures.wording import headlines, trends
from pipelines.published.site.figures.wording.trends import Trend

from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point, Series
from schemas import codelists

YEARS = range(2010, 2020)
RISING = Trend("rising", 10, 2010, 2019)


def series(*broken: int, years: range = YEARS, basis: str = "CY") -> Series:
    points = (
        Point(year, Kind.FIGURE, value=9, basis=basis, is_break=year in broken) for year in years
    )
    return Series("VIC_DETECT", tuple(points))


WORDS = [
    (RISING, "rising from 2010 to 2019", "en aumento de 2010 a 2019",
     "em alta de 2010 a 2019", "en hausse de 2010 à 2019"),
    (replace(RISING, verdict="falling"), "falling from 2010 to 2019",
     "en descenso de 2010 a 2019", "em queda de 2010 a 2019", "en baisse de 2010 à 2019"),
    (replace(RISING, verdict="no_clear_change"), "no clear trend from 2010 to 2019",
     "sin tendencia clara de 2010 a 2019", "sem tendência clara de 2010 a 2019",
     "pas de tendance nette de 2010 à 2019"),
    (Trend("no_verdict_across_jump", 10, 2010, 2019, jump=2014),
     "no verdict on the trend from 2010 to 2019, as one jump, in 2014, explains the figures better "
     "than a steady change",
     "sin veredicto sobre la tendencia de 2010 a 2019, ya que un solo salto, en 2014, explica las "
     "cifras mejor que un cambio continuo",
     "sem veredicto sobre a tendência de 2010 a 2019, pois um único salto, em 2014, explica os "
     "números melhor do que uma mudança contínua",
     "pas de verdict sur la tendance de 2010 à 2019, car un seul saut, en 2014, explique mieux les "
     "chiffres qu’une évolution régulière"),
    (Trend("too_few_points", 7, 2013, 2019), "7 years are too few to speak of a trend",
     "7 años no bastan para hablar de una tendencia",
     "7 anos não bastam para falar de uma tendência",
     "7 années ne suffisent pas pour parler d’une tendance"),
    (Trend("too_few_points", 1, 2019, 2019), "one year alone shows no trend",
     "un solo año no muestra una tendencia", "um único ano não mostra uma tendência",
     "une seule année ne montre pas de tendance"),
    (None, "the figures do not compare from year to year, so no trend is stated",
     "las cifras no son comparables de un año a otro, por lo que no se indica ninguna tendencia",
     "os números não são comparáveis de um ano para outro, por isso não se indica nenhuma "
     "tendência",
     "les chiffres ne se comparent pas d’une année à l’autre, aucune tendance n’est donc "
     "indiquée"),
]  # fmt: skip


@pytest.mark.parametrize(("trend", *codelists.LANGUAGES), WORDS)
def test_words_for_a_trend(trend, en, es, pt, fr, speakers):
    words = {code: trends.words(trend, series(), speakers[code]) for code in codelists.LANGUAGES}
    assert words == {"en": [en], "es": [es], "pt": [pt], "fr": [fr]}


@pytest.mark.parametrize("verdict", codelists.codes("trend_verdict"))
def test_a_rise_or_fall_needs_the_verdict(verdict, speakers):
    for broken in ((), (2012,)):
        trend = Trend(verdict, 8, 2012, 2019, jump=2016)
        for say in (trends.words, trends.brief):
            (clause,) = say(trend, series(*broken), speakers["en"])
            assert ("since the break" in clause) == bool(broken)
            for way in ("rising", "falling"):
                assert (way in clause) == (verdict == way)


def test_without_a_verdict_the_chain_names_the_jump(speakers):
    trend = Trend("no_verdict_across_jump", 8, 2012, 2019, jump=2016)
    assert trends.brief(trend, series(), speakers["fr"]) == [
        "pas de verdict en raison du saut de 2016"
    ]


def test_after_a_break_the_trend_is_that_of_the_years_since(speakers):
    assert trends.words(Trend("rising", 8, 2012, 2019), series(2012), speakers["en"]) == [
        "rising from 2012 to 2019, since the break in the series"
    ]


def test_a_break_in_the_first_year_cuts_nothing(speakers):
    assert "break" not in trends.words(RISING, series(2010), speakers["en"])[0]


def test_a_jump_has_its_direction(speakers):
    """The suppressed year counts with its upper bound."""
    figures = dict(zip(YEARS, (2, 2, None, 20, 80, 9, 40, 41, 42, 43), strict=True))
    points = tuple(
        Point(year, Kind.SUPPRESSED if value is None else Kind.FIGURE, value=value, basis="CY")
        for year, value in figures.items()
    )
    jumpy = replace(RISING, jumps=(2013, 2014, 2015, 2016))
    assert trends.words(jumpy, Series("VIC_DETECT", points), speakers["en"])[1:] == [
        "in 2013–2014 and 2016 more than three times, in 2015 less than a third of the figure of "
        "the year before, which may be due to another way of counting or to an incomplete year"
    ]
    assert trends.brief(replace(RISING, jumps=(2015,)), series(), speakers["en"])[1:] == [
        "sharp change in 2015"
    ]


@pytest.mark.parametrize("basis", ["CUM", "PIT", "OTHER", "UNK"])
def test_a_figure_that_is_not_yearly_has_no_trend(basis, speakers):
    assert trends.words(None, series(basis=basis), speakers["en"]) == []


def test_the_justice_chain_has_a_suppressed_last_figure(speakers):
    panels = [
        Series("PER_CONTACT", (Point(2022, Kind.SUPPRESSED, basis="CY"),)),
        Series("PER_PROSEC", (Point(2022, Kind.FIGURE, value=3, basis="CY", status=("P",)),)),
        Series("PER_CONVICT", (Point(2022),)),
    ]
    assert headlines.chain_headline(panels, {}, "Peru", speakers["en"]) == (
        "Peru, latest figures: fewer than 5 suspects in formal contact (2022, suppressed to "
        "protect persons), too few years to tell; 3 persons prosecuted (2022, provisional figure), "
        "too few years to tell; no yearly total of persons convicted"
    )


def test_clauses_in_french_have_a_narrow_space(speakers):
    assert headlines.clauses(["a", "b", "c"], speakers["fr"]) == "a\u202f; b\u202f; c"


REAL = [
    ("ARG", "victims", "victims-int_unodc_glotip",
     "Argentina: 1\u202f186 detected victims in 2022; no clear trend from 2008 to 2022"),
    ("GUY", "victims", "victims-int_unodc_glotip",
     "Guyana: 174 detected victims in 2021; rising from 2007 to 2021; in 2018 more than three "
     "times the figure of the year before, which may be due to another way of counting or to an "
     "incomplete year"),
    ("ARG", "victims", "victims-int_unsd_sdg",
     "Argentina: 97 detected victims in 2017"),
    ("ARG", "victims", "victims-usa_tip_report",
     "Argentina: 1\u202f434 detected victims in 2021 (year inferred: the source does not state "
     "it); one year alone since the break in the series shows no trend"),
    ("TTO", "chain", "chain-int_unodc_glotip",
     "Trinidad & Tobago, latest figures: 5 suspects in formal contact (2022), no clear trend from "
     "2011 to 2022; 5 persons prosecuted (2022), no clear trend from 2007 to 2022; fewer than 5 "
     "persons convicted (2022, suppressed to protect persons), all figures suppressed"),
    ("MEX", "victims", "victims-int_unodc_glotip",
     "Mexico: 247 detected victims in 2022; no clear trend from 2008 to 2022; in 2010 more than "
     "three times, in 2021 less than a third of the figure of the year before, which may be due "
     "to another way of counting or to an incomplete year"),
    ("USA", "others", "off-recorded-usa_sdg",
     "United States, offences recorded: 2\u202f799 in 2022; 2 years since the break in the series "
     "are too few to speak of a trend"),
    ("USA", "chain", "chain-int_unodc_glotip",
     "United States, latest figures: 1\u202f373 suspects in formal contact (2022), no clear trend "
     "from 2015 to 2022; 310 persons prosecuted (2022), no clear trend from 2007 to 2022; 256 "
     "persons convicted (2022), rising from 2003 to 2022"),
]  # fmt: skip


@pytest.mark.parametrize(("area", "section", "anchor", "headline"), REAL)
def test_headlines_of_the_shipped_figures(area, section, anchor, headline, built):
    assert by_anchor(built, area, section, anchor).headline == headline


def test_numbers_that_two_indicators_share_are_noted(built):
    """Bolivia's detected victims are its suspects and its offences, year after year."""
    notes = [
        text for _, text in by_anchor(built, "BOL", "victims", "victims-int_unodc_glotip").notes
    ]
    apart = "Whether each was counted apart is not known."
    assert notes[-2:] == [
        f"2017–2018: the same numbers as those of: Offences recorded. {apart}",
        "2019–2022: the same numbers as those of: Offences recorded; Suspects in formal contact "
        f"with the authorities. {apart}",
    ]


def test_no_headline_of_any_state_says_more_than_published_trend(built, query):
    """Every rise and fall on a page of detected victims is one of published.trend, and back."""
    rows = query(
        "select source, ref_area, time_basis, trend_verdict from published.trend "
        "where indicator = 'VIC_DETECT' and country = ref_area "
        "and trend_verdict in ('rising', 'falling')"
    )
    in_headlines = {
        (figure.source, area, figure.frame["time_basis"].dropna().iloc[0], way)
        for area, figure in all_shown(built, "victims")
        for way in ("rising", "falling")
        if f"; {way} from" in figure.headline
    }
    assert in_headlines == set(rows)
    assert len(in_headlines) == 3


def test_an_inferred_year_is_no_provisional_figure(built):
    """Argentina's 1,434 is hollow, but not because the source would revise it."""
    inferred = "year inferred: the source does not state it"
    figure = by_anchor(built, "ARG", "victims", "victims-usa_tip_report")
    remarks = [remark for remark, _ in dict(figure.table.rows)["2021"][0].remarks]
    assert inferred in remarks
    assert inferred in figure.headline
    assert [mark for mark, _ in figure.key].count("year_inferred") == 1
    texts = [figure.headline, figure.in_words, *remarks, *dict(figure.key).values()]
    assert "provisional" not in " ".join(texts).lower()
