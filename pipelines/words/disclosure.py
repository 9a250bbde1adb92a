"""The one rule of what may be shown of a figure that is suppressed, small or withheld.

Charts, tables, chart files, footnotes and sentences show what this module gives them:

- Of a withheld figure nothing is shown.
- A suppressed figure is the interval that its release leaves, as the database has it, perhaps open
  above: `<5` is 1 to 4 where the release prints zeros, else 0 to 4. An older release must not undo
  a suppression, so nothing of the release before is shown.
- Of any other figure the release before is shown; an earlier figure of 1 to 4 is printed as `<5`.
  What would give a hidden figure away is withheld in the warehouse: `warehouse.earlier_figures`.
"""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

WITHHELD: Final = "withheld"
"""Text in place of a withheld figure. Its conf_status is S: hidden so that another stays hidden."""

Row = Mapping[str, Any]
"""One published row: the columns of `published.headline`, and `rule` where it is withheld."""

SUPPRESSED_TOP: Final = 4
"""The greatest figure that publishers print as `<5`."""
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
    # of a suppressed figure, the least number that it may be: 1 where its release prints zeros,
    # more where it is hidden for the sake of another, or only some rows of a sum are suppressed
    bottom: float = 0
    # of a suppressed figure, the greatest number that it may be; infinity if it is open
    top: float = SUPPRESSED_TOP
    previous_release: str = ""  # the release before, "" unless it had another figure
    # the figure of that release, or its printed text; None where it must not be shown
    previous: float | str | None = None


def disclose(row: Row) -> Disclosure:
    """Return the part of a row that may be shown.

    A row without `obs_status` is withdrawn, and has no figure of its own; one without a column
    `previous_release` shows no earlier figure.
    """
    if is_withheld(row):
        return Disclosure(Kind.WITHHELD)
    release = text_in(row.get("previous_release"))
    if is_suppressed(row["obs_status"], row["conf_status"]):
        bottom, top = bounds(number_in(row.get("lower")), number_in(row.get("upper")))
        if bottom == top:  # a value came with it
            bottom, top = 0, max(SUPPRESSED_TOP, top)
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


def bounds(lower: float | None, upper: float | None) -> tuple[float, float]:
    """Return the bounds of a suppressed figure, from 0 where there is no lower, or open above.

    Whole numbers are integers, as files print them.
    """
    return _plain(lower or 0), math.inf if upper is None else _plain(upper)


def is_small(bottom: float, top: float) -> bool:
    """Return whether an interval is that of a hidden small count, 0 to 4 or 1 to 4."""
    return bottom <= 1 and top == SUPPRESSED_TOP


def interval_text(
    bottom: float, top: float, number: Callable[[float], str] = "{:.15g}".format
) -> str:
    """Print a suppressed figure: `<5`, `≤725`, `166–174` where its lower bound is known, or `≥10`.

    `<5` is what publishers print, whether it may be 0 or not. A figure hidden for the sake of
    others is bounded by their total.
    """
    if top == math.inf:
        return f"≥{number(bottom)}"
    if is_small(bottom, top):
        return _SMALL
    return f"{number(bottom)}–{number(top)}" if bottom else f"≤{number(top)}"


def text_in(cell: object) -> str:
    """Return the text of a cell; "" if it is empty."""
    return cell if isinstance(cell, str) else ""


def number_in(cell: object) -> float | None:
    """Return the number in a cell; None if it is empty."""
    return float(cell) if isinstance(cell, (int, float)) and not math.isnan(cell) else None


def _previous(row: Row) -> float | str | None:
    """Return the earlier figure: an interval for a small count, its text if it is no number.

    A figure with decimals is a rate, which counts nobody; a zero was printed as such.
    """
    previous = number_in(row["previous_value"])
    if previous is None:
        text = text_in(row["previous_value_raw"])
        return text if text and text != WITHHELD else None
    is_small_count = 0 < previous <= SUPPRESSED_TOP and previous.is_integer()
    return _SMALL if is_small_count else previous


def _plain(number: float) -> float:
    return int(number) if math.isfinite(number) and number == int(number) else number
