"""Words on figures of core indicators that checks keep out, and who can clear them up."""

from collections.abc import Iterable, Sequence
from typing import Final

from pipelines.published.site import context
from pipelines.published.site.context import Row
from pipelines.published.site.wording.counts import counted
from pipelines.published.site.wording.phrases import within
from pipelines.words.language import Language, spans
from schemas import codelists

_NO_ANSWER: Final = codelists.column("remark", "no_answer")
STAND_INS: Final = {"V6", *(code for code, yes in _NO_ANSWER.items() if yes == "1")}
"""The checks that find signs in place of no answer."""


def by_publisher(rows: Iterable[Row], site: context.Site, language: Language) -> list[str]:
    """Return a sentence per publisher: which tables of which years are kept out."""
    found: dict[str, dict[tuple[str, str], list[Row]]] = {}
    for row in rows:
        is_core = f"phrase_{row['indicator'].lower()}" in language.words
        if is_core and len(row["years"]) and row["rule"] not in STAND_INS:
            tables = found.setdefault(row["source"], {})
            tables.setdefault((row["indicator"], row["dimensions"]), []).append(row)
    return [
        language.say(
            "state_fold_kept_out",
            publisher=site.short_name(source),
            items=language.semicolon.join(
                _item(indicator, by, table, language) for (indicator, by), table in tables.items()
            ),
        )
        for source, tables in found.items()
    ]


def _item(indicator: str, dimensions: str, rows: Sequence[Row], language: Language) -> str:
    """Return a table with its years and the number of rows that are kept out."""
    name, by = language.say(f"phrase_{indicator.lower()}"), language.say(f"figures_by_{dimensions}")
    years = spans(sorted({year for row in rows for year in row["years"]}))
    count = counted("row", sum(row["rows"] for row in rows), language)
    return f"{name}, {within(by)}, {years} ({count})"
