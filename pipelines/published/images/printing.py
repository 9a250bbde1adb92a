"""Print pages of a site as PDF: the same page gives the same bytes."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pipelines.published.images import browser
from pipelines.published.site.documents import Print

_MOMENT: Final = re.compile(rb"(?<=Date \(D:)\d{14}")
"""Chromium notes in a PDF when it was made and changed."""


def printer(base_url: str) -> Print | None:
    """Return what prints pages that are published; None without a browser."""
    return print_pages if base_url and browser.is_installed() else None


def print_pages(pages: Sequence[Path]) -> list[bytes | None]:
    """Print pages as tagged PDF on A4; None for one that could not be printed."""
    printed: list[bytes | None] = []
    for page in pages:
        try:
            printed.append(_MOMENT.sub(b"0" * 14, browser.pdf(page.as_uri())))
        except Exception:  # whatever becomes of the browser, the build goes on
            printed.append(None)
    return printed
