"""Victims by citizenship, a figure per source."""

from functools import partial
from typing import Final

from pipelines.published.charts import citizenship
from pipelines.published.site import part_sentences, parts

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

read: Final = partial(parts.read, kit=_KIT)
figures: Final = partial(parts.show, _KIT)
