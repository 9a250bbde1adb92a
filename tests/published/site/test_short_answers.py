"""The answer of a page and the headlines of its charts are short, on every shipped page.

The answers of the warehouse, to what happened, take up to 28 words.
"""

import re
from pathlib import Path

import pytest
from parsed_page import LANGUAGES, Page, every_page

from pipelines.published.site.wording.phrases import MOST_WORDS, word_count

SENTENCES = "//p[@class='sentence'] | //p[@class='lean']"
HEADLINES = "//figure//h2 | //*[@role='tabpanel']//h2"
LONGEST_ANSWER = 28
GAP = re.compile(r"[{}]|\[en\]|  ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_and_headlines_are_short_and_have_no_gap(shipped: Path, language: str):
    found = [
        (file.stem, sentence, most)
        for file in every_page(shipped / language)
        for path, most in ((SENTENCES, LONGEST_ANSWER), (HEADLINES, MOST_WORDS))
        for each in Page(file).root.xpath(path)
        for sentence in each.text_content().strip().split(". ")
    ]
    assert len(found) > 300
    wrong = [each for each in found if word_count(each[1]) > each[2] or GAP.search(each[1])]
    assert wrong == []
