"""Run all detectors, one after the other, on one release of a publication."""

from collections.abc import Collection
from typing import Final

import pandas as pd

from pipelines.intake.detectors.copied_area import copied_area
from pipelines.intake.detectors.copied_table import copied_table
from pipelines.intake.detectors.copied_year import copied_year
from pipelines.intake.detectors.digit_slip import digit_slip, digits_exchanged
from pipelines.intake.detectors.figures import PLACE, placed, yearly
from pipelines.intake.detectors.filled_column import filled_column
from pipelines.intake.detectors.margins import margin_is_margin
from pipelines.intake.detectors.moved import moved
from pipelines.intake.detectors.other_indicator import other_indicator
from pipelines.intake.detectors.other_indicator_before import other_indicator_before
from pipelines.intake.detectors.restated import restated
from pipelines.intake.detectors.sums import contradicted, sums
from pipelines.intake.detectors.unreported_zero import unreported_zero
from pipelines.intake.detectors.year_as_figure import own_year, question_number
from pipelines.raw.findings import KEEP_OUT
from schemas import codelists

VERSION: Final = "1"
"""Version of the detectors; raise it with every change that can change a finding."""


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
    numbers = pd.concat([question_number(everything), own_year(everything)])
    counts = yearly(_left(everything, numbers))
    old = None if before is None else yearly(placed(before))
    tables = _of_tables(counts, old)
    found = pd.concat([numbers, tables, *_of_areas(_left(counts, tables), counts, old)])
    return everything.loc[everything["published"], PLACE].merge(found, on=PLACE)


def _of_tables(counts: pd.DataFrame, old: pd.DataFrame | None) -> pd.DataFrame:
    """Run the detectors that compare tables over all areas."""
    added = sums(counts)
    return pd.concat(
        [
            filled_column(counts),
            copied_table(counts, contradicted(counts, added), old),
            margin_is_margin(counts, added, old),
        ]
    )


def _of_areas(
    counts: pd.DataFrame, everything: pd.DataFrame, old: pd.DataFrame | None
) -> list[pd.DataFrame]:
    """Run the detectors that look at single areas; `everything` has what is kept out, too."""
    added = sums(counts)
    found = [
        other_indicator(counts, contradicted(counts, added)),
        other_indicator_before(counts, everything),
        copied_year(counts),
        copied_area(counts),
        digit_slip(counts, added),
        digits_exchanged(counts, added),
        unreported_zero(counts, added, old),
    ]
    return found if old is None else [*found, moved(counts, old), restated(counts, old)]


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
