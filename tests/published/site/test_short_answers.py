"""The answer of a page and the headlines of its charts are short, on every shipped page."""

import re
from pathlib import Path

import pytest
from parsed_page import LANGUAGES, Page, every_page

from pipelines.published.site.wording.phrases import MOST_WORDS, word_count

SHORT = "//p[@class='sentence'] | //figure//h2 | //*[@role='tabpanel']//h2"
GAP = re.compile(r"[{}]|\[en\]|  ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_and_headlines_have_at_most_20_words_and_no_gap(shipped: Path, language: str):
    found = [
        (file.stem, sentence)
        for file in every_page(shipped / language)
        for each in Page(file).root.xpath(SHORT)
        for sentence in each.text_content().strip().split(". ")
    ]
    assert len(found) > 300
    wrong = [each for each in found if word_count(each[1]) > MOST_WORDS or GAP.search(each[1])]
    assert wrong == []
