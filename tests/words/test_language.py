"""Numbers, dates and years as each language writes them."""

import pytest

from pipelines.words import place_names
from pipelines.words.language import Language, spans


def language(code: str) -> Language:
    return Language(code, {}, {})


@pytest.mark.parametrize(
    ("code", "printed"),
    [("en", "1\u202f186.5"), ("es", "1\u202f186.5"), ("pt", "1.186,5"), ("fr", "1\u202f186,5")],
)
def test_a_number_has_the_signs_of_the_language(code, printed):
    """Thousands are apart by a narrow space, but by a point in Portuguese."""
    assert language(code).number(1186.5) == printed


@pytest.mark.parametrize(
    ("code", "items", "listed"),
    [
        ("es", ["Datos", "Identificación"], "Datos e Identificación"),
        ("es", ["Datos", "Ley", "hijos"], "Datos, Ley e hijos"),
        ("es", ["Datos", "hielo"], "Datos y hielo"),
        ("es", ["Identificación"], "Identificación"),
        ("es", [], ""),
        ("pt", ["Dados", "Identificação"], "Dados e Identificação"),
    ],
)
def test_spanish_lists_have_e_before_the_sound_of_i(code, items, listed):
    assert language(code).listing(items) == listed


def test_a_number_has_two_decimals_or_three_significant_digits():
    numbers = (1.472561469, 15.47, 0.795, 0.0012345, 0.45, 120.0, 0)
    expected = ["1.47", "15.47", "0.795", "0.00123", "0.45", "120", "0"]
    assert [language("en").number(each) for each in numbers] == expected


@pytest.mark.parametrize(
    ("code", "day", "first_day"),
    [
        ("en", "14 April 2025", "1 July 2021"),
        ("es", "14 de abril de 2025", "1 de julio de 2021"),
        ("pt", "14 de abril de 2025", "1º de julho de 2021"),
        ("fr", "14 avril 2025", "1er juillet 2021"),
    ],
)
def test_days_are_written_out(code, day, first_day):
    assert language(code).day("2025-04-14") == day
    assert language(code).day("2021-07-01") == first_day


def test_runs_of_years_are_joined():
    assert spans([2008, 2009, 2010, 2012, 2014, 2015]) == "2008–2010, 2012, 2014–2015"


@pytest.mark.parametrize(
    ("code", "area", "verb"),
    [("fr", "BHS", "ont"), ("fr", "HTI", "a"), ("pt", "USA", "ont"), ("es", "USA", "a")],
)
def test_a_verb_agrees_with_its_state(code, area, verb):
    assert language(code).agreeing("[a|ont] déclaré", area) == f"{verb} déclaré"


@pytest.mark.parametrize(
    ("code", "source", "named", "of_publisher"),
    [
        ("en", "usa_tip_report", "the X", "of the X"),
        ("es", "usa_tip_report", "el X", "del X"),
        ("es", "int_unodc_glotip", "la X", "de la X"),
        ("pt", "int_unodc_glotip", "o X", "do X"),
        ("fr", "int_unodc_glotip", "l’X", "de l’X"),
        ("fr", "int_unodc_profiles", "les X", "des X"),
        ("es", "int_not_listed", "X", "de X"),
    ],
)
def test_a_publisher_has_its_article_inside_a_sentence(code, source, named, of_publisher):
    assert place_names.named(code, source, "X") == named
    assert place_names.possessive(code, source, "X") == of_publisher
