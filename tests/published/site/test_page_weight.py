"""A page opens on a slow line: none is heavy."""

import pytest
from invented_site import LANGUAGES, every_page

HEAVIEST = 250_000
"""Bytes of a page without the scripts and styles that all pages share."""


def heavy(site, limit):
    pages = {file.relative_to(site).as_posix(): file.stat().st_size for file in every_page(site)}
    return {path: size for path, size in pages.items() if size >= limit}


def test_no_page_of_the_shipped_figures_is_heavy(shipped):
    assert heavy(shipped, HEAVIEST) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_page_would_be_noticed_if_it_were(shipped, language):
    sizes = [file.stat().st_size for file in every_page(shipped / language)]
    assert heavy(shipped / language, max(sizes)) != {}
