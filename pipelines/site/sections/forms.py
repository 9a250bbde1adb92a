"""Victims by form of exploitation, a figure per source."""

from typing import Final

import duckdb

from pipelines.charts import forms
from pipelines.charts.language import Language
from pipelines.site import part_sentences, parts, shared
from pipelines.site.shown import Shown

CODE: Final = "forms"
_KIT: Final = parts.Kit(
    none="forms_none",
    splits=("form",),
    spec=forms.spec,
    name=forms.name,
    headline=part_sentences.forms_headline,
    in_words=part_sentences.forms_in_words,
    caveats=("forms_overlap",),
)


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, list[parts.Parted]]:
    """By state, the yearly figures by form of exploitation."""
    return parts.read(connection, _KIT)


def figures(
    site: shared.Site,
    area: str,  # noqa: ARG001  # the facts are of one state
    facts: list[parts.Parted] | None,
    language: Language,
) -> list[Shown]:
    """A figure per source and kind of year."""
    return parts.show(_KIT, site, facts, language)
