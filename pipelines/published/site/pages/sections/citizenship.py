"""Victims by citizenship, a figure per source."""

from functools import partial
from typing import Final

from pipelines.published.charts import citizenship
from pipelines.published.site.figures import breakdown
from pipelines.published.site.figures.wording import breakdowns

CODE: Final = "citizenship"
_SPEC: Final = breakdown.BreakdownSpec(
    none="citizenship_none",
    splits=("citizenship",),
    spec=citizenship.spec,
    name=citizenship.name,
    headline=breakdowns.citizenship_headline,
    in_words=breakdowns.citizenship_in_words,
    subtitle="subtitle_rows",
    in_order=citizenship.in_order,
    is_tall=True,
)

read: Final = partial(breakdown.read_breakdowns, spec=_SPEC)
figures: Final = partial(breakdown.breakdown_figures, _SPEC)
