"""A doubt about a release: typed, with the chance of what was found if the release is true."""

from collections.abc import Iterable
from math import inf, isnan, nan
from typing import Final, NamedTuple

import pandas as pd

from pipelines.harmonised.guard import words

SHARES: Final = {
    "scale": 0.05,
    "copied": 0.03,
    "exchanged": 0.05,
    "sum": 0.02,
    "category": 0.03,
    "zeros": 0.02,
    "revised": 0.06,
    "moved": 0.01,
    "other_source": 0.02,
}
"""Chance that each family of tests may have of holding a true release back.

A release waits if the chance of what a test found, times the number of tests of its family, is
below the family's share.
"""
SENTENCES: Final = {
    "scale": "{place}{part}: {found} after {expected}, {factor}",
    "copied": "{place}: {found} figures are those of {detail}",
    "exchanged": "{place}: {detail} look exchanged, unlike the periods before",
    "sum": "{place}: total {found}, {detail} {expected}, unlike before",
    "category": "{place}: nothing for {detail}, which the periods before have",
    "zeros": "{place}{part}: the new figures, of {found} areas, are all 0",
    "revised": "{place}: {expected} before, now {found}{detail}",
    "moved": "changes {expected} figures of {place}; {found} of them {detail}",
    "other_source": "{place}: {found} times the figure of {detail}, {expected} times before",
    "unseen": "waits for a named person: of false figures, only such as are {found} times the true "
    "ones would be noticed; {expected} is the limit",
    "first": "waits for a named person: the source has no figures to compare with",
}
"""What a doubt of each kind says; kinds that are not here say their detail alone."""
_PLACE: Final = ("ref_area", "indicator")
_LEAST_FACTOR: Final = 0.001


class Doubt(NamedTuple):
    """A thing that looks wrong about a release.

    A kind is a family of `SHARES`, or `lacking`, `changed`, `again`, `unseen` (the profile would
    not notice enough), `first` (nothing to compare with). Codes are "" where a doubt is of all.
    """

    kind: str
    ref_area: str = ""
    indicator: str = ""
    time_period: str = ""
    chance: float = nan  # of a true release, times the number of tests; NaN if the kind has none
    found: float = nan  # in the release
    expected: float = nan  # by the history of the source
    detail: str = ""  # what no other field has, in words

    @property
    def says(self) -> str:
        """Return what it says, on one line."""
        if self.kind not in SENTENCES:
            return self.detail
        factor = self.found / self.expected if self.expected else inf
        return SENTENCES[self.kind].format(
            place=self._place,
            found=number(self.found),
            expected=number(self.expected),
            factor=f"x{number(factor)}" if _LEAST_FACTOR < factor < inf else "from or to none",
            detail=self.detail,
            part=f" ({self.detail})" if self.detail else "",
        )

    @property
    def _place(self) -> str:
        codes = {name: code for name in _PLACE if (code := getattr(self, name))}
        of = f" of {self.time_period}" if self.time_period else ""
        return f"{words.labels(codes, codes.values()) or 'all areas'}{of}"


def number(figure: float) -> str:
    """Return a figure as a reviewer reads it: whole, or with three digits."""
    if isnan(figure) or figure == inf:
        return "any number" if figure == inf else "none"
    return f"{figure:,.0f}" if figure % 1 == 0 or figure >= 1000 else f"{figure:,.3g}"


def table(doubts: Iterable[Doubt]) -> pd.DataFrame:
    """Return doubts as rows: the fields of `Doubt` but for its detail, and `says`."""
    fields = [name for name in Doubt._fields if name != "detail"]
    rows = [[*(getattr(each, name) for name in fields), each.says] for each in doubts]
    return pd.DataFrame(rows, columns=[*fields, "says"])
