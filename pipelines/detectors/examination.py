"""All detectors, one after the other, on one release of a publication."""

from collections.abc import Collection
from typing import Final

import pandas as pd

from pipelines.detectors.figures import PLACE, placed, yearly
from pipelines.detectors.filled_column import filled_column
from pipelines.detectors.findings import Effect
from pipelines.detectors.year_as_figure import own_year, question_number
from schemas import codelists

VERSION: Final = "1"
"""To be raised with every change that can change a finding."""


def examine(
    figures: pd.DataFrame,
    before: pd.DataFrame | None,  # noqa: ARG001
    published: Collection[str] | None = None,
) -> pd.DataFrame:
    """The findings about the figures of the published states, in the order of the file.

    `figures` and `before`, those of the release before, are frames as `figures_of` makes them;
    `published` are codes of states, None all of the file's. See `pipelines.detectors`.
    """
    everything = placed(figures)
    numbers = [question_number(everything), own_year(everything)]
    counts = yearly(everything[~_kept_out(everything, numbers)])
    found = pd.concat([*numbers, filled_column(counts)])
    ours = everything.loc[_is_published(everything["ref_area"], published), PLACE]
    return ours.merge(found, on=PLACE)


def _kept_out(figures: pd.DataFrame, found: list[pd.DataFrame]) -> pd.Series:
    """Whether each figure was found to be none: nothing else is to be compared with it."""
    out = pd.concat(found)
    out = out[out["effect"] == Effect.KEEP_OUT]
    places = pd.MultiIndex.from_frame(figures[PLACE])
    return pd.Series(places.isin(pd.MultiIndex.from_frame(out[PLACE])), figures.index)


def _is_published(areas: pd.Series, published: Collection[str] | None) -> pd.Series:
    """Whether each area is one of the states, or a part of one."""
    if published is None:
        return pd.Series(data=True, index=areas.index)
    return areas.map(codelists.state_of).isin(published)
