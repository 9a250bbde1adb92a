"""The answers of each shipped page are short and have no gap."""

import re
from pathlib import Path

import pytest
from parsed_page import Page, every_page, word_count

ANSWERS = "//main//h2 | //p[@class='sentence'] | //p[@class='evidence']"
LONGEST = 28
LONGEST_OF_REGION = 32
"""Most words of an answer; the region's name states and intervals."""

GAP = re.compile(r"[{}]|\[en\]|  ")


@pytest.mark.parametrize(
    "language",
    ["en", "fr", *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ("es", "pt"))],
)
def test_answers_are_short_and_have_no_gap(shipped: Path, language: str):
    wrong, found = [], 0
    for file in every_page(shipped / language):
        most = LONGEST_OF_REGION if file.stem == "index" else LONGEST
        for each in Page(file).root.xpath(ANSWERS):
            text = each.text_content().strip()
            found += 1
            if word_count(text) > most or GAP.search(text):
                wrong.append((file.stem, text))
    assert wrong == []
    assert found > 300
