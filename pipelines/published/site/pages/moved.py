"""Pages at the addresses of earlier editions, which lead to where their content is now."""

from collections.abc import Iterator
from typing import Final

import duckdb

from pipelines.published.site import context, rendering
from pipelines.words.language import Language

_COMPARED: Final = (
    ("OFF_RECORDED", "int_unodc_glotip"),
    ("PER_CONTACT", "int_unodc_glotip"),
    ("PER_CONVICT", "int_unodc_glotip"),
    ("PER_PROSEC", "int_unodc_glotip"),
    ("VIC_DETECT", "int_unodc_glotip"),
    ("VIC_DETECT", "int_unsd_sdg"),
    ("VIC_REPATR", "int_unodc_glotip"),
)
"""Indicator and source of each page that set states beside each other."""

MOVED: Final = (
    ("compare/index.html", "explorer.html"),
    ("gaps/vic_detect.html", "gaps.html"),
    *(
        (f"compare/{code.lower()}-{source}.html", f"explorer.html#i={code}&f={source}")
        for code, source in _COMPARED
    ),
)
"""Old and new address of each page, below the folder of its language."""


def read(connection: duckdb.DuckDBPyConnection) -> None:
    """Return nothing: the addresses are known."""


def files(site: context.Site, facts: None, language: Language) -> Iterator[context.File]:  # noqa: ARG001
    """Yield a page per old address."""
    for old, new in MOVED:
        yield rendering.page(site, "moved", old, language, address=new)
