"""Sentences of the pages: true, and grammatical for none, one, few and many in four languages."""

from dataclasses import replace

import pytest
from invented_site import LANGUAGES, page
from pipelines.published.site.figures.time_series import key
from pipelines.published.site.figures.wording import headlines

from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point, Series, notes


def detected(*points: Point) -> Series:
    return Series("VIC_DETECT", points)


def figure(value: float, year: int = 2022, **more: object) -> Point:
    return Point(year, Kind.FIGURE, value=value, basis="CY", **more)


SENTENCES = [
    (figure(0), "Peru: 0 detected victims in 2022", "Perú: 0 víctimas detectadas en 2022",
     "Peru: 0 vítimas detectadas em 2022", "Pérou\u202f: 0 victime détectée en 2022"),
    (figure(1), "Peru: 1 detected victim in 2022", "Perú: 1 víctima detectada en 2022",
     "Peru: 1 vítima detectada em 2022", "Pérou\u202f: 1 victime détectée en 2022"),
    (figure(2), "Peru: 2 detected victims in 2022", "Perú: 2 víctimas detectadas en 2022",
     "Peru: 2 vítimas detectadas em 2022", "Pérou\u202f: 2 victimes détectées en 2022"),
    (figure(1247), "Peru: 1\u202f247 detected victims in 2022",
     "Perú: 1\u202f247 víctimas detectadas en 2022",
     "Peru: 1\u202f247 vítimas detectadas em 2022",
     "Pérou\u202f: 1\u202f247 victimes détectées en 2022"),
    (figure(9, status=("P",)), "Peru: 9 detected victims in 2022 (provisional figure)",
     "Perú: 9 víctimas detectadas en 2022 (cifra provisional)",
     "Peru: 9 vítimas detectadas em 2022 (número provisório)",
     "Pérou\u202f: 9 victimes détectées en 2022 (chiffre provisoire)"),
    (figure(9, is_year_inferred=True),
     "Peru: 9 detected victims in 2022 (year inferred: the source does not state it)",
     "Perú: 9 víctimas detectadas en 2022 (año inferido: la fuente no lo indica)",
     "Peru: 9 vítimas detectadas em 2022 (ano inferido: a fonte não o indica)",
     "Pérou\u202f: 9 victimes détectées en 2022 (année déduite\u202f: la source ne l’indique pas)"),
    (Point(2022, Kind.SUPPRESSED, basis="CY"),
     "Peru: fewer than 5 detected victims in 2022, suppressed to protect persons",
     "Perú: menos de 5 víctimas detectadas en 2022, cifra suprimida para proteger a las personas",
     "Peru: menos de 5 vítimas detectadas em 2022, número suprimido para proteger pessoas",
     "Pérou\u202f: moins de 5 victimes détectées en 2022, chiffre masqué pour protéger des "
     "personnes"),
    (Point(2022), "Peru: no yearly total of detected victims in the sources read so far",
     "Perú: sin total anual de víctimas detectadas en las fuentes leídas hasta ahora",
     "Peru: sem total anual de vítimas detectadas nas fontes lidas até agora",
     "Pérou\u202f: aucun total annuel des victimes détectées dans les sources lues à ce jour"),
]  # fmt: skip


@pytest.mark.parametrize(("point", *LANGUAGES), SENTENCES)
def test_headline_for_none_one_few_and_many(point, en, es, pt, fr, speakers):
    peru = {"en": "Peru", "es": "Perú", "pt": "Peru", "fr": "Pérou"}
    sentences = {
        code: headlines.victims_headline(detected(point), None, peru[code], speakers[code])
        for code in LANGUAGES
    }
    assert sentences == {"en": en, "es": es, "pt": pt, "fr": fr}


def test_headline_is_about_the_last_year_with_a_figure(speakers):
    series = detected(figure(7, 2019), Point(2020), Point(2021, Kind.WITHHELD, rule="V6"))
    headline = headlines.victims_headline(series, None, "Peru", speakers["en"])
    assert headline == "Peru: 7 detected victims in 2019"


def test_headline_names_a_year_that_is_not_a_calendar_year(speakers):
    point = Point(2022, Kind.FIGURE, value=5, basis="FY0401", status=("E",))
    assert headlines.victims_headline(detected(point), None, "Canadá", speakers["es"]) == (
        "Canadá: 5 víctimas detectadas en 2022 "
        "(cifra estimada por la fuente, año fiscal, de abril a marzo)"
    )


CHAIN = [
    Series("PER_CONTACT", (figure(40, 2021), Point(2022, Kind.SUPPRESSED))),
    Series("PER_PROSEC", (figure(1, 2021), Point(2022))),
    Series("PER_CONVICT", (Point(2021), Point(2022))),
]


def test_headline_of_the_justice_chain(speakers):
    assert headlines.chain_headline(CHAIN, None, "Peru", speakers["en"]) == (
        "Peru, latest figures: fewer than 5 suspects in formal contact (2022, suppressed to "
        "protect persons); 1 person prosecuted (2021); no yearly total of persons convicted"
    )


def test_text_alternative_has_range_gaps_breaks_and_suppressed_years(site):
    (_, words), *_ = page(site, "ARG").all("p", id="victims-int_tests-words")
    assert words == (
        "Chart by year, 2014–2022. "
        "Among the exact figures, first: 120 (2014); last: 1\u202f247 (2022); "
        "lowest: 0 (2015); highest: 1\u202f521 (2016). "
        "Fewer than 5, suppressed to protect persons, in 1 of 9 years: 2019. "
        "Printed by the publisher but withheld by tipstat after a failed check: 2017. "
        "The series breaks, so that earlier figures do not compare; years of a break: 2020. "
        "Provisional, estimated or doubtful figure: 2022."
    )


def test_text_alternative_of_a_single_figure_and_its_gaps(site):
    (_, words), *_ = page(site, "DMA", "fr").all("p", id="victims-int_tests-words")
    assert words == (
        "Graphique par année, 2013–2022. Seul chiffre\u202f: 7 (2013). "
        "Sans chiffre pour 9 des 10 années\u202f: 2014–2022."
    )


def test_a_range_beside_a_suppressed_figure_is_that_of_the_exact_ones(speakers):
    """A suppressed figure may be the lowest; in the last year it is the last."""
    points = (figure(5, 2017), figure(10, 2020), figure(5, 2021), Point(2022, Kind.SUPPRESSED))
    assert headlines.facts(detected(*points), speakers["en"])[0].startswith(
        "Among the exact figures, first: 5 (2017); last: 5 (2021); lowest: 5 (2017); "
    )


def test_the_key_is_true_of_every_figure(speakers):
    """Bars of two lengths have no one greatest figure; an empty place may hide a printed one."""
    few, many = Point(2020, Kind.SUPPRESSED), Point(2021, Kind.SUPPRESSED, top=665)
    withheld = Point(2022, Kind.WITHHELD, rule="S5")
    english = speakers["en"]
    assert dict(key([detected(few)], english)) == {
        "suppressed": "suppressed to protect persons: some figure from 0 to 4"
    }
    assert dict(key([detected(few, many, withheld)], english)) == {
        "suppressed": "suppressed to protect persons: some figure within the bar",
        "gap": "empty place: no figure for that year, or one that is withheld, "
        "which does not mean zero",
    }


@pytest.mark.parametrize("rule", ["S5", "V6", "X99"])
def test_every_rule_that_withholds_has_its_own_words_or_the_general_ones(rule, speakers):
    (note,) = notes([detected(Point(2021, Kind.WITHHELD, rule=rule))])
    text = headlines.note(note, speakers["en"])
    assert text.startswith("2021")
    assert rule in text


def test_the_justice_chain_names_a_year_that_is_no_calendar_year(speakers):
    """Two chains of a state may name the same year and mean others."""
    shown = [replace(CHAIN[0], points=(replace(figure(40, 2022), basis="FY1001"),)), *CHAIN[1:]]
    headline = headlines.chain_headline(shown, None, "Peru", speakers["en"])
    assert headline.startswith(
        "Peru, latest figures (fiscal year, October to September): 40 suspects"
    )
