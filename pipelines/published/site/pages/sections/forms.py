"""Victims by form of exploitation, a figure per source."""

from functools import partial
from typing import Final

from pipelines.published.charts.panels_by_part import form_name, forms_spec
from pipelines.published.site.figures import breakdown
from pipelines.published.site.figures.wording import breakdowns

CODE: Final = "forms"
_SPEC: Final = breakdown.BreakdownSpec(
    none="forms_none",
    splits=("form",),
    spec=forms_spec,
    name=form_name,
    headline=breakdowns.forms_headline,
    in_words=breakdowns.forms_in_words,
    caveats=("forms_overlap",),
)

read: Final = partial(breakdown.read_breakdowns, spec=_SPEC)
figures: Final = partial(breakdown.breakdown_figures, _SPEC)
