"""The present day and moment, in UTC, as records write them."""

from contextlib import suppress
from datetime import UTC, date, datetime


def today() -> str:
    """Return the day, ISO 8601."""
    return datetime.now(tz=UTC).date().isoformat()


def is_past(day: str) -> bool:
    """Return whether a text is a day up to today, ISO 8601."""
    with suppress(ValueError):
        return date.fromisoformat(day).isoformat() <= today()
    return False


def now() -> str:
    """Return the moment to the second, ISO 8601."""
    return datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
