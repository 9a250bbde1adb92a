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
LARGE: Final = 100
"""Figures of a period from which a source is large: a quarter of the cuts are drawn of it."""
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


def names(releases: Releases) -> list[str]:
    """Return the names of the sources."""
    return sorted({name for name, _ in releases})


def cuts(releases: Releases, source: str, seed: int, most: int) -> Iterator[Cut]:
    """Yield so many cuts of a source, drawn by lot, in order."""
    rng = np.random.default_rng([seed, zlib.crc32(source.encode())])
    for rows in _by_frequency(releases, source):
        ends = _ends(rows)
        is_large = len(rows) > LARGE * rows["time_period"].nunique()
        number = min(most // 4 if is_large else most, len(ends))
        for end in np.sort(rng.choice(ends, number, replace=False)):
            cut = _cut(releases, source, rows, str(end))
            if cut.number.any() and len(cut.before):
                yield cut


def cut_of(releases: Releases, source: str, end: str) -> Cut:
    """Return the cut of a source at a year."""
    return _cut(releases, source, next(_by_frequency(releases, source)), end)


def _by_frequency(releases: Releases, source: str) -> Iterator[pd.DataFrame]:
    """Yield the current figures of each frequency, those by year first."""
    rows, _ = _current(releases, source)
    for _, of_length in rows.groupby(rows["time_period"].str.len()):
        yield of_length.reset_index(drop=True)


def _ends(rows: pd.DataFrame) -> np.ndarray:
    """Return the periods at which figures may be cut: years, of months every third."""
    periods = np.sort(rows["time_period"].unique())
    return periods[17::MONTHS_OF_CUT] if len(periods[0]) == len("2024-01") else periods[1:]


def _cut(releases: Releases, source: str, rows: pd.DataFrame, end: str) -> Cut:
    periods = np.sort(rows["time_period"].unique())
    number = MONTHS_OF_CUT if len(end) == len("2024-01") else 1
    new = periods[: int(np.searchsorted(periods, end)) + 1][-number:]
    after = rows[rows["time_period"] <= end].reset_index(drop=True)
    aside = _current(releases, source)[1]
    here = aside[aside["time_period"].isin(new)] if len(aside) else aside
    same = discover()[source].source.same_count
    other = _current(releases, same)[0] if same in names(releases) else None
    return Cut(source, end, after, after["time_period"].isin(new), here, other)


def _current(releases: Releases, source: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the current figures of a source, and the cells that were set aside."""
    days = {day: made for (name, day), made in releases.items() if name == source}
    if source in WHOLE:
        days = {WHOLE[source]: days[WHOLE[source]]}
    whole = [plain(made.rows, list(made.rows)) for _, made in sorted(days.items(), reverse=True)]
    cell = list(CONTRACTS[contract(source)].cell)
    rows = pd.concat(whole).drop_duplicates(cell).reset_index(drop=True)
    return rows, pd.concat([made.set_aside for made in days.values()])
