"""The citation on a state's page: beside its sentence and in what the button copies."""

import pytest
from state_pages import LANGUAGES, SPACE, STATES, card, page, sentence, texts

from schemas import codelists

NEWER = "US Department of State"


def copied(html) -> str:
    return html.xpath("//p[@class='cite']/button/@data-copy")[0]


@pytest.mark.parametrize("area", ["JAM", "CHL", "GUY"])
def test_another_source_that_the_sentence_draws_on_is_cited(built, area):
    html = page(built, area)
    assert NEWER in card(html, 0)
    assert "other source" in sentence(html)
    assert f"in: {NEWER}, Trafficking in Persons Report, release of " in copied(html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_and_sentence_agree_on_a_newer_figure(built, language):
    for area in STATES:
        html = page(built, area, language)
        is_newer = copied(html).count("https://") > 1
        [first] = html.xpath("//ul[@class='cards']/li[1]")
        late = " ".join(texts(first, ".//*[@class='note late']"))
        assert ("; " in late.replace("\u00a0;", ";")) == is_newer, (area, late)


def test_a_verdict_is_cited_as_a_test_by_tipstat(built):
    own = "; trend: tipstat’s own test. Harmonised by "
    assert own in copied(page(built, "GUY"))
    assert own in copied(page(built, "PER"))
    assert own not in copied(page(built, "JAM")), "too few years for a test"


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_source_is_to_cite_leads_to_its_rule(built, query, language):
    words = {"en": "Why this source", "es": "Por qué esta fuente"}
    words |= {"pt": "Por que esta fonte", "fr": "Pourquoi cette source"}
    reasons = codelists.labels("citation_reason", language)
    chosen = "select distinct ref_area, citation_reason from published.national_series "
    for area, reason in query(f"{chosen} where indicator = 'VIC_DETECT'"):
        html = page(built, area, language)
        [link] = html.xpath("//p[@class='cite']/a")
        assert link.text == words[language]
        [stated] = texts(html, f"//*[@id='{link.get('href').removeprefix('#')}']")
        assert reasons[reason].replace(SPACE, "") in stated
