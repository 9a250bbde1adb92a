"""The age of each source's newest release, beside the usual time between its releases.

A check and no freshness policy of Dagster: docs/decisions/orchestration.md says why.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pipelines.raw import manifest
from schemas import parameters
from schemas.source import Source

OVERDUE: Final = parameters.whole("intervals_until_overdue")
"""A source is overdue after this many times the usual interval between its releases."""


@dataclass(frozen=True)
class Age:
    """The age of a source's newest release."""

    source: Source
    newest: str  # day of the newest release; "" if there is none
    days: int  # its age in days

    @property
    def is_due(self) -> bool:
        """Return whether another release would be usual by now."""
        return self.days > self.source.cadence_days

    @property
    def is_overdue(self) -> bool:
        """Return whether a release is missing for so long that operators get an alert."""
        return self.days > OVERDUE * self.source.cadence_days

    @property
    def text(self) -> str:
        """Return a line that names the source, the day since which it is late, and the remedy."""
        return (
            f"{self.source.id}: no release since {self.newest}, though one is usual every "
            f"{self.source.cadence_days} days; try 'tipstat fetch {self.source.id}', or look at "
            f"{self.source.page}"
        )


def age_of(source: Source, today: date) -> Age:
    """Return the age of a source's newest release on a day."""
    newest = max((entry.release for entry in manifest.entries(source.id)), default="")
    return Age(source, newest, (today - date.fromisoformat(newest)).days if newest else 0)
