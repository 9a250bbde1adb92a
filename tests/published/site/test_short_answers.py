"""The sentences of blocks and pages are short and whole, on every shipped page."""

import re
from pathlib import Path

import pytest
from parsed_page import LANGUAGES, Page, every_page, word_count

SENTENCES = "//p[@class='sentence'] | //section[@class='block']/h2"
MOST_WORDS = 32
GAP = re.compile(r"[{}]|\[en\]|  ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_and_headlines_are_short_and_have_no_gap(shipped: Path, language: str):
    found = [
        (file.stem, each.text_content().strip())
        for file in every_page(shipped / language)
        for each in Page(file).root.xpath(SENTENCES)
    ]
    assert len(found) > 150
    wrong = [each for each in found if word_count(each[1]) > MOST_WORDS or GAP.search(each[1])]
    assert wrong == []
