"""The one rule of what may be shown of a figure that is suppressed, small or withheld.

Charts, tables, chart files, footnotes and sentences show what this module gives them:

- Of a withheld figure nothing is shown.
- A suppressed figure is an interval, never narrower than 0 to 4, and perhaps open above. An older
  release must not undo a suppression, so nothing of the release before is shown.
- Of any other figure the release before is shown; a small earlier figure is printed as `<5`. What
  would give a hidden figure away is withheld in the warehouse: `warehouse.earlier_figures`.
"""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from pipelines.warehouse.earlier_figures import WITHHELD

Row = Mapping[str, Any]
"""One published row: the columns of `published.headline`, and `rule` where it is withheld."""

SUPPRESSED_TOP: Final = 4
"""A suppressed figure is never shown as a narrower interval than [0, 4]."""
_SMALL: Final = f"<{SUPPRESSED_TOP + 1}"

_FREE: Final = ("", "F")
"""Codes of the list `conf_status` that hide nothing."""
_SUPPRESSED: Final = "Q"
"""Code of the list `obs_status`."""


class Kind(StrEnum):
    """Disclosure of a year's figure: all of it, an interval, nothing, or there is no figure."""

    FIGURE = "figure"
    SUPPRESSED = "suppressed"
    WITHHELD = "withheld"
    MISSING = "missing"


class Disclosure(NamedTuple):
    """The part of a row that may be shown."""

    kind: Kind  # how much of the figure may be shown
    # the figure, in the unit of the indicator; None unless kind is FIGURE
    value: float | None = None
    # of a suppressed figure, the least number that it may be: 0, unless it is hidden for the sake
    # of another, or only some of the rows that it is the sum of are suppressed
    bottom: int = 0
    # of a suppressed figure, the greatest number that it may be; infinity if it is open
    top: float = SUPPRESSED_TOP
    previous_release: str = ""  # the release before, "" unless it had another figure
    # the figure of that release, or its printed text; None where it must not be shown
    previous: float | str | None = None


def disclose(row: Row) -> Disclosure:
    """Return the part of a row that may be shown.

    A row without `obs_status` is withdrawn, and has no figure of its own.
    """
    if is_withheld(row):
        return Disclosure(Kind.WITHHELD)
    release = text_in(row["previous_release"])
    if is_suppressed(row["obs_status"], row["conf_status"]):
        bottom, top = _interval(row)
        return Disclosure(Kind.SUPPRESSED, bottom=bottom, top=top, previous_release=release)
    value = number_in(row["value"]) if text_in(row["obs_status"]) else None
    return Disclosure(
        Kind.MISSING if value is None else Kind.FIGURE,
        value,
        previous_release=release,
        previous=_previous(row) if release else None,
    )


def is_withheld(row: Row) -> bool:
    """Return whether a row failed a check, which its `rule` names."""
    return bool(text_in(row.get("rule")))


def is_suppressed(obs_status: object, conf_status: object) -> bool:
    """Return whether anything marks a row as confidential, even if a value came with it."""
    is_marked = _SUPPRESSED in text_in(obs_status).split(";")
    return is_marked or text_in(conf_status) not in _FREE


def interval_text(bottom: int, top: float, number: Callable[[float], str] = str) -> str:
    """Print a suppressed figure: `<5`, `≤725`, `166–174` where its lower bound is known, or `≥10`.

    `<5` is what publishers print. A figure hidden for the sake of others is bounded by their total.
    """
    if top == math.inf:
        return f"≥{number(bottom)}"
    if bottom:
        return f"{number(bottom)}–{number(top)}"
    return _SMALL if top == SUPPRESSED_TOP else f"≤{number(top)}"


def text_in(cell: object) -> str:
    """Return the text of a cell; "" if it is empty."""
    return cell if isinstance(cell, str) else ""


def number_in(cell: object) -> float | None:
    """Return the number in a cell; None if it is empty."""
    return float(cell) if isinstance(cell, (int, float)) and not math.isnan(cell) else None


def _interval(row: Row) -> tuple[int, float]:
    """Return the bounds of a suppressed figure, never closer to each other than 0 and 4.

    One that has a lower bound alone is open above.
    """
    lower, upper = (number_in(row.get(bound)) for bound in ("lower", "upper"))
    if lower is not None and upper is None:
        return int(lower), math.inf
    top = max(SUPPRESSED_TOP, int(upper or 0))
    return max(0, min(int(lower or 0), top - SUPPRESSED_TOP)), top


def _previous(row: Row) -> float | str | None:
    """Return the earlier figure: an interval for a small count, its text if it is no number.

    A figure with decimals is a rate, which counts nobody.
    """
    previous = number_in(row["previous_value"])
    if previous is None:
        text = text_in(row["previous_value_raw"])
        return text if text and text != WITHHELD else None
    is_small_count = previous <= SUPPRESSED_TOP and previous.is_integer()
    return _SMALL if is_small_count else previous
