"""True releases: the current figures of a source, cut at one period after the other."""

import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from harmonised_releases import Releases

from pipelines.harmonised import guard
from pipelines.harmonised.guard import Comparison
from pipelines.harmonised.guard.pairs import plain
from pipelines.harmonised.harmonise import Harmonised
from pipelines.raw import manifest
from pipelines.sources import discover
from schemas.contract import CONTRACTS

LEFT_OUT: Final = ("bra_sit", "can_statcan", "mex_sesnsp", "per_mpfn")
"""Sources that no threshold was chosen on: of the short ones three, of the others one, by lot."""
WHOLE: Final = {"int_unodc_glotip": "2025-04-14"}
"""Release that stands for a source: UNODC's of October 2025 has no year of most states."""
MOST: Final = 16
MOST_OF_LARGE: Final = 4
LARGE: Final = 100
"""Cuts of a source, and of one with so many new figures in a cut; drawn by lot where there are
more."""
MONTHS_OF_CUT: Final = 3


class Cut(NamedTuple):
    """A true release: all figures up to a period, and which of them are new."""

    source: str
    name: str
    after: pd.DataFrame
    is_new: pd.Series
    set_aside: pd.DataFrame
    other: pd.DataFrame | None  # the figures of the source that prints the same count

    @property
    def number(self) -> pd.Series:
        """Return whether each figure is new and a number."""
        return self.is_new & self.after["value"].notna()

    @property
    def cell(self) -> list[str]:
        """Return the columns that identify a cell."""
        return [name for name in CONTRACTS[contract(self.source)].cell if name in self.after]

    @property
    def before(self) -> pd.DataFrame:
        """Return the figures that are current."""
        return self.after[~self.is_new]


def contract(source: str) -> str:
    """Return the name of a source's contract."""
    return discover()[source].source.contract


def compared(cut: Cut, after: pd.DataFrame) -> Comparison:
    """Return the guard's comparison of a release with the figures before a cut."""
    publication = discover()[cut.source]
    action = manifest.MERGE if publication.source.typed else manifest.REPLACE
    current = guard.stacked([cut.before.assign(release="before")], cut.cell)
    quarantined = after.head(0)[[*cut.cell, *(set(after) & {"lower", "upper"})]]
    made = Harmonised(after, quarantined, after.head(0), set_aside=cut.set_aside)
    return guard.compare(publication, action, current, made, other=cut.other)


def cuts(releases: Releases, seed: int) -> Iterator[Cut]:
    """Yield the cuts of all sources, in order."""
    for source in sorted({name for name, _ in releases}):
        rows, aside = _current(releases, source)
        same = discover()[source].source.same_count
        other = _current(releases, same)[0] if same else None
        rng = np.random.default_rng([seed, zlib.crc32(source.encode())])
        for _, of_length in rows.groupby(rows["time_period"].str.len()):
            for name, after, is_new in _cuts(of_length.reset_index(drop=True), rng):
                new = after.loc[is_new, "time_period"].unique()
                here = aside[aside["time_period"].isin(new)] if len(aside) else aside
                yield Cut(source, name, after, is_new, here, other)


def _current(releases: Releases, source: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the current figures of a source, and the cells that were set aside."""
    days = {day: made for (name, day), made in releases.items() if name == source}
    if source in WHOLE:
        days = {WHOLE[source]: days[WHOLE[source]]}
    whole = [plain(made.rows, list(made.rows)) for _, made in sorted(days.items(), reverse=True)]
    cell = list(CONTRACTS[contract(source)].cell)
    rows = pd.concat(whole).drop_duplicates(cell).reset_index(drop=True)
    return rows, pd.concat([made.set_aside for made in days.values()])


def _cuts(
    rows: pd.DataFrame, rng: np.random.Generator
) -> Iterator[tuple[str, pd.DataFrame, pd.Series]]:
    """Yield the cuts of figures of one frequency: by year, of months by three months."""
    periods = np.sort(rows["time_period"].unique())
    by_month = len(periods[0]) == len("2024-01")
    last = periods[17::MONTHS_OF_CUT] if by_month else periods[1:]
    most = MOST_OF_LARGE if len(rows) > LARGE * len(periods) else MOST
    for end in np.sort(rng.choice(last, min(most, len(last)), replace=False)):
        at = int(np.searchsorted(periods, end))
        start = periods[at - MONTHS_OF_CUT + 1] if by_month else end
        after = rows[rows["time_period"] <= end].reset_index(drop=True)
        is_new = after["time_period"] >= start
        if (is_new & after["value"].notna()).any() and not is_new.all():
            yield str(end), after, is_new
