"""What a source asserts of its releases: how many figures and areas, and totals that are known.

A release that fails one waits for a named person, like one that looks wrong to the guard.
"""

from math import inf
from typing import Final

import pandas as pd

from pipelines.harmonised.guard.words import label
from pipelines.harmonised.harmonise import Harmonised
from pipelines.raw import recalls
from schemas.observation import DISAGGREGATIONS
from schemas.source import Source
from schemas.table import Assertions, KnownTotal, Range

_NAMED: Final = ("ref_area", "indicator", "sex", "age", "exploitation")
"""Dimensions that a known total may name."""


def failures(source: Source, made: Harmonised, *, is_whole: bool) -> list[str]:
    """Return what a source asserts and a release does not fulfil, one line each.

    `is_whole` says whether the release is no part of the publication. A recalled figure is there,
    and may have any value.
    """
    asserted = source.assertions or Assertions()
    recalled = int((made.quarantine["rule"] == recalls.RULE).sum())
    found = [_failed(known, made.rows, recalled) for known in asserted.known]
    if is_whole:
        areas = made.rows["ref_area"].nunique()
        found += [_outside(len(made.rows) + recalled, asserted.rows, "figures")]
        found += [_outside(areas, asserted.areas, "areas")]
    return [line for line in found if line]


def _outside(count: int, expected: Range | None, what: str) -> str:
    """Return that a release has fewer or more than expected; "" if it has not."""
    if expected and expected.min is not None and count < expected.min:
        return f"has {count:,} {what}, expected at least {expected.min:,}"
    if expected and expected.max is not None and count > expected.max:
        return f"has {count:,} {what}, expected at most {expected.max:,}"
    return ""


def _failed(known: KnownTotal, rows: pd.DataFrame, recalled: int) -> str:
    """Return that the sum of a known total is another one; "" if not, or if it is not there.

    It is not there if the release has no figure of its area, indicator and period. In a dimension
    that it does not name, the rows of the total are taken if there are any, else all rows are added
    up; so are the months or quarters of a year. Figures that are missing are left out, hidden ones
    count with their bounds; so may recalled ones. It is exact to its last decimal.
    """
    period = rows["time_period"].astype(str)
    whole = (period == known.time_period).to_numpy()
    here = rows[whole if whole.any() else period.str.startswith(f"{known.time_period}-")]
    named = {name: code for name in _NAMED if (code := getattr(known, name))}
    for name in named.keys() & {"ref_area", "indicator"}:
        here = here[here[name] == named[name]]
    if here.empty:
        return ""
    for name in DISAGGREGATIONS:
        if name in here and (name in named or (here[name] == "_T").any()):
            here = here[here[name] == named.get(name, "_T")]
    words = ", ".join([*(label(name, code) for name, code in named.items()), known.time_period])
    if here.empty and recalled:
        return ""
    if here.empty:
        return f"has no figure of {words}, expected {known.sum:,.10g}"
    least, most = ("lower", "upper") if "lower" in here else ("value", "value")
    printed = here[here[least].notna()]
    lower = printed[least].sum()
    upper = printed[most].fillna(inf).sum() + (inf if recalled else 0)
    decimals = f"{known.sum!r}".partition(".")[2].rstrip("0")
    margin = 0.5 * 10.0 ** -len(decimals) if decimals else 0
    if lower - margin <= known.sum <= upper + margin:
        return ""
    found = f"{lower:,.10g}" if lower == upper else f"{lower:,.10g} to {upper:,.10g}"
    return f"has {found} of {words}, expected {known.sum:,.10g}"
