"""Sources have the names that the reader knows, and foreign-language text is marked as such."""

import pytest
from country_pages import files

from pipelines.published.site.pages import data
from pipelines.words import foreign_text, interface_text
from schemas import codelists

OFFICE = {
    "publisher": "Ministry of Tests",
    **{f"publisher_{code}": "Ministerio de Pruebas" for code in ("es", "pt", "fr")},
    "title": "Yearbook <1>",
    **{f"title_{code}": "Yearbook <1>" for code in ("es", "pt", "fr")},
    "citation": "Ministry of Tests, Yearbook; counted by others",
    "language": "en",
}


def test_a_reader_gets_the_names_of_their_language():
    assert foreign_text.named(OFFICE, "fr")["publisher"] == "Ministerio de Pruebas"
    assert foreign_text.named(OFFICE, "en")["publisher"] == "Ministry of Tests"


def test_what_has_no_translation_is_foreign_to_all_but_its_own_language():
    assert foreign_text.foreign([OFFICE], "en") == ()
    assert dict(foreign_text.foreign([OFFICE], "es")) == {
        "Yearbook <1>": "en",
        "Ministry of Tests, Yearbook": "en",
        "Yearbook": "en",
    }


def test_a_translated_title_is_in_english_whatever_the_publisher_speaks():
    spanish = OFFICE | {"language": "es", "title_es": "Anuario", "title_fr": "Annuaire"}
    assert "Yearbook <1>" not in dict(foreign_text.foreign([spanish], "en"))
    assert dict(foreign_text.foreign([spanish], "pt"))["Yearbook <1>"] == "en"


def test_marks_are_around_the_longest_text_and_everything_is_safe():
    known = (("Yearbook", "es"), ("Yearbook <1>", "en"))
    assert foreign_text.marked("<b>: Yearbook <1>, note: «note»", known, ["note"]) == (
        '&lt;b&gt;: <span lang="en">Yearbook &lt;1&gt;</span>, note: «<span lang="en">note</span>»'
    )
    assert foreign_text.marked("<b>", ()) == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("code", "publisher", "is_foreign"),
    [
        ("en", "United Nations Office on Drugs and Crime (UNODC)", True),
        ("es", "Oficina de las Naciones Unidas contra la Droga y el Delito (UNODC)", False),
        ("pt", "Escritório das Nações Unidas sobre Drogas e Crime (UNODC)", True),
        ("fr", "Office des Nations Unies contre la drogue et le crime (ONUDC)", True),
    ],
)
def test_the_catalogue_names_and_marks_the_publishers(code, publisher, is_foreign, built):
    page = files(built, data, code)[f"{code}/data.html"]
    assert f"<dd>{publisher}</dd>" in page
    spanish = '<span lang="es">Ministerio de Justicia de la Nación, Programa Nacional'
    assert (spanish in page) is is_foreign


def test_a_citation_that_is_translated_is_that_of_its_source(query):
    cited = dict(query("select 'citation_' || source, citation from main.source"))
    words = interface_text.labels("en")
    translated = {code: text for code, text in words.items() if code in cited}
    assert translated
    assert translated.items() <= cited.items()


def test_a_translation_has_the_same_numbers(query):
    """Tables, indicators and laws keep their numbers in each language."""
    found = query(
        r"select unnest(regexp_extract_all(title, '16\.2\.2|35-10-[\d-]+')), "
        "[title_es, title_pt, title_fr] from main.source"
    )
    assert len(found) > 5
    assert all(number in each for number, others in found for each in others), found


def test_every_source_names_a_language_of_the_pages(query):
    languages = {language for (language,) in query("select distinct language from main.source")}
    assert languages <= set(codelists.LANGUAGES)
