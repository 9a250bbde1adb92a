"""What a state itself says of a figure twice: in its form, and in its counts from case records.

Whichever arrives second is told where the two contradict each other; readers see the remark that
another source has another figure.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

import pandas as pd

from pipelines.protection.cells import DIMENSIONS, NOTHING, TOTAL, Bounds, Codes, Name
from pipelines.raw import manifest, reviews, stated_files
from pipelines.sources import stated_publication, stated_source

_TOTAL: Final[Codes] = (TOTAL,) * len(DIMENSIONS)


class Printed(NamedTuple):
    """The figures of one release of a state, of the whole country by calendar year."""

    release: str
    years: Mapping[int, Mapping[Name, Bounds]]


def printed(source: str) -> Printed | None:
    """Return what the newest sound release of a source of `stated_files` prints; None without.

    A sound one has whole files, and no review keeps it back.
    """
    stated = stated_files.metadata(source)
    entered = []
    for entry in manifest.known(source):
        last = reviews.last(source, entry.release)
        if not manifest.damaged([entry]) and not (last and last.decision == reviews.KEEP):
            entered.append(entry)
    if not entered or not stated.is_file():
        return None
    rows = stated_publication(stated_source(stated)).entered(entered[-1]).rows
    area = stated_files.state_of(source)
    found: dict[int, dict[Name, Bounds]] = defaultdict(dict)
    for row in rows[(rows["ref_area"] == area) & (rows["time_basis"] == "CY")].to_dict("records"):
        codes = (TOTAL, *(str(row[name]) for name in DIMENSIONS[1:]))
        if pd.notna(row["lower"]):  # not recalled
            high = NOTHING.high if pd.isna(row["upper"]) else float(row["upper"])
            name = str(row["indicator"]), codes
            found[int(row["time_period"])][name] = Bounds(float(row["lower"]), high)
    return Printed(entered[-1].release, found)


def contradicted(one: Mapping[Name, Bounds], other: Mapping[Name, Bounds]) -> list[Name]:
    """Return the figures that cannot be the same number in both.

    Parts of a total that is contradicted are left out: they say nothing more.
    """
    apart = [
        name
        for name, (low, high) in one.items()
        if name in other and (low > other[name][1] or high < other[name][0])
    ]
    totals = {(indicator, _TOTAL) for indicator, _ in apart}.intersection(apart)
    return [name for name in apart if name in totals or (name[0], _TOTAL) not in totals]
