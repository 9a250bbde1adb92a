"""Causes of alerts, and the record of those that were sent."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipelines.lib import paths
from pipelines.lib.atomic import replace_text
from pipelines.lib.digest import sha256_of
from pipelines.orchestration import release_age
from pipelines.sources import discover


@dataclass(frozen=True)
class Cause:
    """One thing that went wrong."""

    text: str  # what, where, what to do, on one line
    period: str  # the day or ISO week in which the alert is sent at most once

    @property
    def key(self) -> str:
        """Identifier in the record of sent alerts."""
        return sha256_of(self.text)[:16]


def of_failures(failures: Iterable[str], today: date) -> list[Cause]:
    """Return a cause for each failure of a run, to be sent once a day."""
    return [Cause(failure, today.isoformat()) for failure in dict.fromkeys(failures)]


def of_age(today: date) -> list[Cause]:
    """Return a cause for each overdue source, to be sent once a week."""
    year, week, _ = today.isocalendar()
    ages = (release_age.age_of(known.source, today) for known in discover().values())
    return [Cause(age.text, f"{year}-W{week:02}") for age in ages if age.is_overdue]


def unsent(causes: Iterable[Cause]) -> list[Cause]:
    """Return the causes that were not sent in their period."""
    sent = _sent()
    return [cause for cause in causes if sent.get(cause.key) != cause.period]


def record(causes: Iterable[Cause]) -> None:
    """Record that causes were sent; only the latest period of each is kept."""
    file = paths.sent_alerts()
    file.parent.mkdir(parents=True, exist_ok=True)
    sent = _sent() | {cause.key: cause.period for cause in causes}
    replace_text(file, json.dumps(sent, indent=1, sort_keys=True))


def _sent() -> dict[str, str]:
    """Return the latest period in which each cause was sent, by key."""
    try:
        return dict(json.loads(paths.sent_alerts().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        # None was sent yet, or the record is damaged: send them again.
        return {}
