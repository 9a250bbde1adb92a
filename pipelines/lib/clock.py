"""The present day and moment, in UTC, as records write them."""

from datetime import UTC, datetime


def today() -> str:
    """Return the day, ISO 8601."""
    return datetime.now(tz=UTC).date().isoformat()


def now() -> str:
    """Return the moment to the second, ISO 8601."""
    return datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
