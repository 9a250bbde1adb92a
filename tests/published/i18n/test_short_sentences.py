"""Sentences of the pages on item 26 have at most 20 words in each language."""

import re

import pytest

from pipelines.published.i18n.interface_text import FOLDER
from schemas import codelists

LIST = "item26_unknown"
"""A sentence that ends in a list of all that is missing."""


@pytest.mark.parametrize("name", ["item26", "needs", "gaps"])
@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_sentences_are_short(name, language):
    texts = codelists.read_list(FOLDER / f"{name}.csv")
    long = {
        code: text
        for code, text in zip(texts["code"], texts[f"name_{language}"], strict=True)
        for sentence in re.split(r"[.!?] ", text)
        if code != LIST and len(re.findall(r"[\w{}’'-]+", sentence)) > 20
    }
    assert long == {}
