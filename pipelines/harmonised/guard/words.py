"""Codes and periods in English words, for the reasons that a reviewer reads."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Final

from schemas import codelists
from schemas.observation import DISAGGREGATIONS

NAMED: Final = 3
"""Number of parts that are named one by one."""

_LISTS = {"ref_area": ("area", "subdivision")}


def label(column: str, code: str) -> str:
    """Return the label of a code of a column; the code itself where there is no list."""
    if column == "month":
        return f"month {code}"
    known = [name for name in _LISTS.get(column, (column,)) if name in codelists.NAMES]
    return codelists.first_labels(known, "en").get(code, code)


def labels(names: Iterable[str], codes: Iterable[str]) -> str:
    """Return the labels of codes of several columns, such as `Mexico, Female`."""
    return ", ".join(map(label, names, codes))


def parts_of(cell: Mapping[str, str]) -> str:
    """Return the labels of what a cell is broken down by, such as `Female, 0 to 17 years`."""
    names = [name for name in DISAGGREGATIONS if cell[name] not in ("_T", "_Z")]
    return labels(names, [cell[name] for name in names])


def interval(lower: float, upper: float) -> str:
    """Return a figure by its bounds: one number if it is exact, such as `17 to 20` if not."""
    if lower == upper:
        return f"{lower:,.0f}"
    return f"{lower:,.0f} to {upper:,.0f}" if upper < inf else f"{lower:,.0f} or more"


def above_all(parts: Sequence[str]) -> str:
    """Return the first parts and the number of the others, as the end of a sentence."""
    return f", above all of {some(parts)}" if parts else ""


def some(parts: Sequence[str]) -> str:
    """Return the first parts and the number of the others."""
    more = f" and {len(parts) - NAMED} more" if len(parts) > NAMED else ""
    return f"{'; '.join(parts[:NAMED])}{more}"


def runs(periods: Iterable[str]) -> str:
    """Return periods in order, consecutive ones as the first to the last."""
    parts: list[list[str]] = []
    for period in sorted(periods):
        if parts and _follows(parts[-1][-1], period):
            parts[-1].append(period)
        else:
            parts.append([period])
    return ", ".join(part[0] if len(part) == 1 else f"{part[0]} to {part[-1]}" for part in parts)


def _follows(period: str, later: str) -> bool:
    """Return whether a year, quarter or month is the next one, within its year."""
    year, _, part = period.partition("-")
    later_year, _, later_part = later.partition("-")
    if not part:
        return int(later_year) == int(year) + 1
    return year == later_year and int(later_part.lstrip("Q")) == int(part.lstrip("Q")) + 1
