"""No page is too heavy for a slow line."""

from parsed_page import every_page

HEAVIEST = 260_000
"""Bytes of a page without the scripts and styles that all pages share."""


def test_no_page_of_the_shipped_figures_is_heavy(shipped):
    sizes = {file.relative_to(shipped): file.stat().st_size for file in every_page(shipped)}
    assert {file: size for file, size in sizes.items() if size >= HEAVIEST} == {}
