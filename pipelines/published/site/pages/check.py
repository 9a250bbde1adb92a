"""The page that checks a filled questionnaire in the browser, from the rules that Python has."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import duckdb

from pipelines.published.site import context, rendering
from pipelines.words.language import Language

SCRIPTS: Final = (
    "check_zip.js", "check_workbook.js", "check_form.js", "check_rules.js", "check_data.js",
    "check.js",
)  # fmt: skip
"""The scripts that only this page loads, in order."""

_TEXTS: Final = (
    "again", "ask_many", "ask_one", "cell_note", "cell_published", "line", "many", "none",
    "old_browser", "one", "reading", "refused", "sdmx", "send",
)  # fmt: skip
"""What the scripts say, besides the texts of the questionnaire."""


def read(connection: duckdb.DuckDBPyConnection) -> None:
    """Return nothing: the page needs no figures."""


def data(form_rules: Mapping[str, Any]) -> context.File:
    """Return the rules of the questionnaire as a script, since a page from disk cannot fetch."""
    return "static/check_data.js", f"tipstat.check.data = {rendering.as_json(form_rules)};\n"


def files(site: context.Site, facts: None, language: Language) -> Iterator[context.File]:  # noqa: ARG001
    """Yield the page, if the site has one."""
    if site.has_check:
        texts = {code: language.words[f"check_{code}"] for code in _TEXTS}
        yield rendering.page(
            site,
            "check",
            "check.html",
            language,
            scripts=SCRIPTS,
            texts=rendering.as_json(texts | {"colon": language.colon}),
        )
