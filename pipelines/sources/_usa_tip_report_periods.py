"""Periods of the figures in the Trafficking in Persons Reports, typed as a first and a last day."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import numpy as np

from pipelines.reader.labels import UnknownLabelError

BASIS: Final = {("01-01", "12-31"): "CY", ("04-01", "03-31"): "TIPR"}
"""Time basis by the first and the last day of the year."""

UNREAD: Final = "the period was not read: look it up in the page, type it"


def days(starts: Iterable[str], ends: Iterable[str]) -> np.ndarray:
    """Return the length of each period in days; 0 where it cannot be read."""
    periods = (_period(*both) for both in zip(starts, ends, strict=True))
    return np.array([(both[1] - both[0]).days + 1 if both else 0 for both in periods])


def year(start: str, end: str) -> str:
    """Return the calendar year with most of a period's months, on a tie the later.

    Raises:
        UnknownLabelError: the period cannot be read.
    """
    period = _period(start, end)
    if period is None:
        raise UnknownLabelError(UNREAD, "labels_are_readable")
    first, last = period

    def months(year: int) -> int:
        begins = first.month if year == first.year else 1
        return (last.month if year == last.year else 12) - begins + 1

    return f"{max(range(first.year, last.year + 1), key=lambda year: (months(year), year))}"


def basis(label: str, start: str, end: str) -> str:
    """Return the code of a period's time basis, CY or TIPR.

    Raises:
        UnknownLabelError: the period cannot be read, or it is neither.
    """
    ends = (start[5:], end[5:])
    if _period(start, end) is None:
        raise UnknownLabelError(UNREAD, "labels_are_readable")
    if ends in BASIS and (BASIS[ends] == "TIPR") == label.startswith("reporting period"):
        return BASIS[ends]
    raise UnknownLabelError(
        f"unknown kind of period '{label}': add it to BASIS in "
        "pipelines/sources/_usa_tip_report_periods.py"
    )


def _period(start: str, end: str) -> tuple[date, date] | None:
    """Return the first and the last day of a period; None if it cannot be read or ends before."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return None
    return (first, last) if first <= last else None
