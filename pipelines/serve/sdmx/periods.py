"""Periods and days in requests: their first and last day, ISO 8601."""

import calendar
import re
from datetime import UTC, datetime
from typing import Final

from pipelines.serve.refusal import RefusedError, shown

_PERIOD: Final = re.compile(
    r"(?!0000)(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?"
)
_TIME_OF_DAY: Final = re.compile(r"T[\d:.]+Z?$")


def days_of(period: str) -> tuple[str, str]:
    """Return the first and the last day of a period, ISO 8601; a time of day is left out.

    Raises:
        RefusedError: it is no period (400).
    """
    found = _PERIOD.fullmatch(_TIME_OF_DAY.sub("", period))
    if not found:
        raise RefusedError(
            400, f"{shown(period)} is no period: 2020, 2020-Q1, 2020-01 or 2020-01-31"
        )
    year, quarter, month, day = found.groups()
    first = 3 * int(quarter) - 2 if quarter else int(month or 1)
    final = first + 2 if quarter else int(month or 12)
    length = calendar.monthrange(int(year), final)[1]
    if day:
        if int(day) > length:
            raise RefusedError(400, f"{shown(period)}: that month has {length} days")
        return period[:10], period[:10]
    return f"{year}-{first:02}-01", f"{year}-{final:02}-{length}"


def day(text: str) -> str:
    """Return the day of a date or time.

    Raises:
        RefusedError: it is none (400).
    """
    return moment(text)[:10]


def moment(text: str) -> str:
    """Return a moment in UTC, to the second; a day begins it.

    Raises:
        RefusedError: it is no date or time (400).
    """
    try:
        found = datetime.fromisoformat(text)
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError) as error:
        raise RefusedError(400, f"{shown(text)} is no date or time of ISO 8601") from error
