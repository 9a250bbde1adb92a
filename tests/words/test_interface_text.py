"""Interface texts; tests/schemas/test_codelists.py has the checks they share with code lists."""

import re

from pipelines.words import interface_text
from schemas.codelists import LANGUAGES


def test_every_text_has_the_same_placeholders_in_each_language():
    uneven = [
        row["code"]
        for row in interface_text.load()
        if len({frozenset(re.findall(r"{(\w+)}", row[f"name_{code}"])) for code in LANGUAGES}) > 1
    ]
    assert uneven == []


def test_no_text_names_a_code():
    """Codes are for tables of codes; placeholders and tags of BibTeX are none."""
    named = [
        (row["code"], language)
        for row in interface_text.load()
        for language in LANGUAGES
        if re.search(
            r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b", re.sub(r"{\w+}", "", row[f"name_{language}"])
        )
    ]
    assert named == []


def test_no_code_is_in_two_files():
    codes = [row["code"] for row in interface_text.load()]
    assert len(set(codes)) == len(codes)
