"""Causes of alerts, and whether they were sent already."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipelines.lib import paths
from pipelines.raw import manifest
from pipelines.sources import discover

_LATE: Final = 2
"""Times the usual interval between releases after which a source is stale."""


@dataclass(frozen=True)
class Cause:
    """One thing that went wrong.

    Attributes:
        text: what, where, what to do, in a line.
        period: the span within which it is told once: a day, or a week for what changes slowly.
    """

    text: str
    period: str

    @property
    def key(self) -> str:
        """Names it in the memory."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def of_failures(failures: Iterable[str], today: date) -> list[Cause]:
    """Return the failures of a run, each line once a day."""
    return [Cause(failure, today.isoformat()) for failure in dict.fromkeys(failures)]


def of_age(today: date) -> list[Cause]:
    """Sources that have had no release for twice the usual interval, each once a week."""
    year, week, _ = today.isocalendar()
    found = []
    for name, publication in discover().items():
        releases = [entry.release for entry in manifest.entries(name)]
        age = (today - date.fromisoformat(max(releases))).days if releases else 0
        if age > _LATE * publication.source.cadence_days:
            text = (
                f"{name}: no release since {max(releases)}, though a new one is usual every "
                f"{publication.source.cadence_days} days; try 'tipstat fetch {name}', or look at "
                f"{publication.source.page}"
            )
            found.append(Cause(text, f"{year}-W{week:02}"))
    return found


def untold(causes: Iterable[Cause]) -> list[Cause]:
    """Those that were not told in their period."""
    told = _told()
    return [each for each in causes if told.get(each.key) != each.period]


def note(causes: Iterable[Cause]) -> None:
    """Remembers that they were told; what is older than the newest period of each is forgotten."""
    file = paths.told_alerts()
    file.parent.mkdir(parents=True, exist_ok=True)
    told = _told() | {each.key: each.period for each in causes}
    aside = file.with_suffix(".new")
    aside.write_text(json.dumps(told, indent=1, sort_keys=True), encoding="utf-8")
    aside.replace(file)


def _told() -> dict[str, str]:
    try:
        return dict(json.loads(paths.told_alerts().read_text(encoding="utf-8")))
    except (
        OSError,
        ValueError,
        TypeError,
        RecursionError,
    ):  # the first time, or a damaged memory: better told twice
        return {}
