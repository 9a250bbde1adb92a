"""Victims by citizenship, a figure per source."""

from typing import Final

import duckdb

from pipelines.charts import citizenship
from pipelines.charts.language import Language
from pipelines.site import part_sentences, parts, shared
from pipelines.site.shown import Shown

CODE: Final = "citizenship"
_KIT: Final = parts.Kit(
    none="citizenship_none",
    splits=("citizenship",),
    spec=citizenship.spec,
    name=citizenship.name,
    headline=part_sentences.citizenship_headline,
    in_words=part_sentences.citizenship_in_words,
    subtitle="subtitle_rows",
    in_order=citizenship.in_order,
    is_tall=True,
)


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, list[parts.Parted]]:
    """By state, the yearly figures by citizenship."""
    return parts.read(connection, _KIT)


def figures(
    site: shared.Site,
    area: str,  # noqa: ARG001  # the facts are of one state
    facts: list[parts.Parted] | None,
    language: Language,
) -> list[Shown]:
    """A figure per source and kind of year."""
    return parts.show(_KIT, site, facts, language)
