"""Run all detectors, one after the other, on one release of a publication."""

from collections.abc import Collection

import pandas as pd

from pipelines.intake.detectors.detector import Release, Stage, discover
from pipelines.intake.detectors.figures import COLUMNS, PLACE, placed, typed, yearly
from pipelines.raw.findings import KEEP_OUT
from schemas import codelists


def examine(
    figures: pd.DataFrame, before: pd.DataFrame | None, published: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the findings about the figures of the published states, in the order of the file.

    `figures` and `before`, those of the previous release, are frames as `figures_of` returns them;
    `published` are codes of states, None for all of the file's. See `pipelines.intake.detectors`.

    A figure that one detector keeps out is not shown to the next ones: they would find a copied
    table again in each area, together with its true counterpart.
    """
    everything = placed(figures)
    everything["published"] = _is_published(everything["ref_area"], published)
    old = None if before is None else yearly(placed(before))
    left, yearly_figures, all_found = everything, everything, []
    for stage in Stage:
        if stage is Stage.TABLES:
            left = yearly_figures = yearly(left)
        if stage is Stage.CHANGES and old is None:
            break
        release = Release(left, old, yearly_figures)
        here = [each for each in discover() if each.stage is stage]
        found = pd.concat(each.find(release).assign(detector=each.code) for each in here)
        left = _left(left, found)
        all_found.append(found)
    return everything.loc[everything["published"], PLACE].merge(
        typed(pd.concat(all_found)[COLUMNS]), on=PLACE
    )


def _left(figures: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that are not kept out."""
    out = found[found["effect"] == KEEP_OUT]
    places = pd.MultiIndex.from_frame(figures[PLACE])
    return figures[~places.isin(pd.MultiIndex.from_frame(out[PLACE]))]


def _is_published(areas: pd.Series, published: Collection[str] | None) -> pd.Series:
    """Return whether each area is one of the states, or a part of one."""
    if published is None:
        return pd.Series(data=True, index=areas.index)
    return areas.map(codelists.state_of).isin(published)
