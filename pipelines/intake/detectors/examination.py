"""Run all detectors, one after the other, on one release of a publication."""

from collections.abc import Collection

import pandas as pd

from pipelines.intake.detectors.detector import Release, Stage, discover
from pipelines.intake.detectors.figures import COLUMNS, PLACE, placed, typed, yearly
from pipelines.intake.detectors.sums import without
from pipelines.raw.findings import KEEP_OUT
from schemas import codelists


def examine(
    figures: pd.DataFrame,
    before: pd.DataFrame | None,
    published: Collection[str] | None = None,
    wanted: Collection[str] = (),
) -> pd.DataFrame:
    """Return the findings about the figures of the published states, in the order of the file.

    `figures` and `before`, those of the previous release, are frames as `figures_of` returns them;
    `published` are codes of states, None for all of the file's. See `pipelines.intake.detectors`.
    With `wanted`, codes of detectors, only these run and those before that keep figures from them;
    ValueError for a code that no detector has.

    A figure that one detector keeps out is not shown to the next ones: they would find a copied
    table again in each area, together with its true counterpart.
    """
    everything = placed(figures).assign(published=True)
    if published is not None:
        everything["published"] = everything["ref_area"].map(codelists.state_of).isin(published)
    old = None if before is None else yearly(placed(before))
    unknown = set(wanted) - {each.code for each in discover()}
    if unknown:
        raise ValueError(f"there is no detector {', '.join(sorted(unknown))}")
    last = max(each.stage for each in discover() if not wanted or each.code in wanted)
    left, yearly_figures, all_found = everything, everything, []
    for stage in Stage:
        if stage is Stage.TABLES:
            left = yearly_figures = yearly(left)
        if stage is Stage.CHANGES and old is None:
            break
        release = Release(left, old, yearly_figures)
        here = [
            each
            for each in discover()
            if each.stage is stage
            and (not wanted or each.code in wanted or (stage < last and KEEP_OUT in each.effects))
        ]
        if not here:
            continue
        found = pd.concat(each.find(release).assign(detector=each.code) for each in here)
        left = without(left, found[found["effect"] == KEEP_OUT], PLACE)
        all_found.append(found)
    return everything.loc[everything["published"], PLACE].merge(
        typed(pd.concat(all_found)[COLUMNS]), on=PLACE
    )
