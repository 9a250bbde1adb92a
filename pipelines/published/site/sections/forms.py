"""Victims by form of exploitation, a figure per source."""

from functools import partial
from typing import Final

from pipelines.published.charts import forms
from pipelines.published.site import part_sentences, parts

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

read: Final = partial(parts.read, kit=_KIT)
figures: Final = partial(parts.show, _KIT)
