"""Victims by sex and age, a figure per source."""

from functools import partial
from typing import Final

from pipelines.published.charts import sex_age
from pipelines.published.site import part_sentences, parts

CODE: Final = "sex_age"
_KIT: Final = parts.Kit(
    none="sex_age_none",
    splits=("sex_age", "sex", "age"),
    spec=sex_age.spec,
    name=sex_age.name,
    headline=part_sentences.sex_age_headline,
    in_words=part_sentences.sex_age_in_words,
)

read: Final = partial(parts.read, kit=_KIT)
figures: Final = partial(parts.show, _KIT)
