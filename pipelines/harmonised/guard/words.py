"""Codes and periods in English words, for the reasons that a reviewer reads."""

from collections.abc import Iterable, Mapping, Sequence
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


def above_all(parts: Sequence[str]) -> str:
    """Return the first parts and the number of the others, as the end of a sentence."""
    return f", above all of {some(parts)}" if parts else ""


def some(parts: Sequence[str]) -> str:
    """Return the first parts and the number of the others."""
    more = f" and {len(parts) - NAMED} more" if len(parts) > NAMED else ""
    return f"{'; '.join(parts[:NAMED])}{more}"
