"""Victims by sex and age: a figure per source."""

from functools import partial
from typing import Final

from pipelines.published.charts import sex_age
from pipelines.published.site.figures import breakdown
from pipelines.published.site.figures.wording import breakdowns

CODE: Final = "sex_age"
_SPEC: Final = breakdown.BreakdownSpec(
    none="sex_age_none",
    splits=("sex_age", "sex", "age"),
    spec=sex_age.spec,
    name=sex_age.name,
    headline=breakdowns.sex_age_headline,
    in_words=breakdowns.sex_age_in_words,
)

read: Final = partial(breakdown.read_breakdowns, spec=_SPEC)
figures: Final = partial(breakdown.breakdown_figures, _SPEC)
