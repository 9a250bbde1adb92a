"""The citation on a state's page: beside its sentence and in what the button copies."""

import re

import pytest
from state_pages import LANGUAGES, SPACE, page, texts

from schemas import codelists


def copied(html) -> str:
    return html.xpath("//p[@class='cite']/button/@data-copy")[0]


def test_every_source_of_the_sentence_is_cited_with_its_release(built, query):
    """Mexico: the newest figure is of its own authority, the levels before are of UNODC."""
    rows = query(
        "select area, sources from published.answer "
        "where question = 'HAPPENED' and area <> 'AMERICAS' and sources <> []"
    )
    assert len(rows) > 30
    for area, sources in rows:
        html = page(built, area)
        assert copied(html).count("https://") == len(sources), area
        assert len(html.xpath("//p[@class='cite']/span/b")) == len(sources), area
    cited, *_ = texts(page(built, "MEX"), "//p[@class='cite']/span")
    assert re.fullmatch(
        r"To cite: SESNSP \(Mexico\), .*; UNODC, release of 28 October 2025, read in a copy", cited
    )


def test_a_comparison_of_levels_is_cited_as_one_by_tipstat(built, query):
    rows = query(
        "select area, form from published.answer where question = 'HAPPENED' and area <> 'AMERICAS'"
    )
    for area, form in rows:
        own = "; levels compared by tipstat. Harmonised by "
        assert (own in copied(page(built, area))) == (form == "CHANGE"), area


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
