"""What a button copies: one sentence with its source in few words, or all with each source once."""

from dataclasses import replace

import pytest
from country_pages import edition, speaker
from parsed_page import LANGUAGES, word_count

from pipelines.published.site import context
from pipelines.published.site.facts.sentences import Sentence, read_sentences
from pipelines.published.site.wording import citing

MOST_WORDS = 45
BASE = "https://example.org/tip"
FOUR = ("HAPPENED", "WHO", "NEIGHBOURS", "JUSTICE")


@pytest.fixture(scope="module")
def sentences(connection) -> dict[tuple[str, str, str], Sentence]:
    return read_sentences(connection)


def site_of(built, area: str, code: str):
    site = edition(built).in_language(speaker(built, code))
    return site if area == "AMERICAS" else site.of_state(area)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_with_its_source_is_short(built, sentences, code):
    language, found = speaker(built, code), 0
    for (area, question, of), sentence in sentences.items():
        if of != code or question not in FOUR:
            continue
        site, of_state = site_of(built, area, code), "" if area == "AMERICAS" else area
        text = citing.answer(sentence, site, of_state, language)
        assert text.startswith(sentence.text)
        assert word_count(text) <= MOST_WORDS, text
        day = f"tipstat {site.version}, {site.own_day}"
        assert (day if site.own_day else context.EDITION) in text
        for source, release in sentence.origins:
            assert f"{site.short_name(source)}" in text
            assert f", {release[:4]}" in text
        assert "https://" not in text
        found += 1
    assert found > 130


def test_all_sentences_name_each_source_once(built, sentences):
    language = speaker(built)
    for area in ("DOM", "PER", "MEX", "KNA"):
        own = [sentences[area, question, "en"] for question in FOUR]
        site, path = site_of(built, area, "en"), f"en/country/{area.lower()}.html"
        text = citing.paragraph(own, "Not all victims.", site, area, language, path)
        sources = {source for each in own for source, _ in each.origins}
        assert all(each.text in text for each in own)
        assert text.count("https://") == len(sources)
        for source in sources:
            assert text.count(site.sources[source]["page"]) == 1
        at_an_address = replace(site, base_url=BASE)
        text = citing.paragraph(own, "Not all victims.", at_an_address, area, language, path)
        assert text.endswith(f" {BASE}/{path}")
        assert text.count("https://") == 1
