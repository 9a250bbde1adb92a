"""Victims by sex and age, a figure per source."""

from typing import Final

import duckdb

from pipelines.charts import sex_age
from pipelines.charts.language import Language
from pipelines.site import part_sentences, parts, shared
from pipelines.site.shown import Shown

CODE: Final = "sex_age"
_KIT: Final = parts.Kit(
    none="sex_age_none",
    splits=("sex_age", "sex", "age"),
    spec=sex_age.spec,
    name=sex_age.name,
    headline=part_sentences.sex_age_headline,
    in_words=part_sentences.sex_age_in_words,
)


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, list[parts.Parted]]:
    """By state, the yearly figures by sex, by age, and by both."""
    return parts.read(connection, _KIT)


def figures(
    site: shared.Site,
    area: str,  # noqa: ARG001  # the facts are of one state
    facts: list[parts.Parted] | None,
    language: Language,
) -> list[Shown]:
    """A figure per source and kind of year."""
    return parts.show(_KIT, site, facts, language)
