"""Sentences of pages that explain have at most 20 words in each language."""

import re

import pytest

from pipelines.words.interface_text import FOLDER
from schemas import codelists

NO_SENTENCES = {"home_panel_rule", "about_bibtex", "home_table_caption"}
"""Sentences that end in a list; an entry of a bibliography; the explanation of signs."""
PAGES = (
    "item26",
    "needs",
    "coverage",
    "method",
    "about",
    "definitions",
    "glossary",
    "data",
    "home",
)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_sentences_are_short(name, language):
    texts = codelists.filled(codelists.read_list(FOLDER / f"{name}.csv"))
    long = {
        code: text
        for code, text in zip(texts["code"], texts[f"name_{language}"], strict=True)
        for sentence in re.split(r"[.!?] ", text)
        if code not in NO_SENTENCES and len(re.findall(r"[\w{}’'-]+", sentence)) > 20
    }
    assert long == {}
