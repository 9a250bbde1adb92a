"""Resources: what an installation sets, built from the settings that the command line reads too.

`pipelines/lib/settings.py` lists the environment variables. A run's own configuration, in the
launchpad, takes precedence.
"""

from typing import Final

import dagster as dg

from pipelines.lib import settings
from pipelines.raw.download import Limits


class Fetching(dg.ConfigurableResource):
    """Limits of downloads, for each source."""

    attempts: int = Limits().attempts
    total_seconds: float = Limits().total_seconds
    largest_bytes: int = Limits().largest_bytes

    def limits(self) -> Limits:
        """Return the limits of a download."""
        return Limits(
            attempts=self.attempts,
            total_seconds=self.total_seconds,
            largest_bytes=self.largest_bytes,
        )


class Pages(dg.ConfigurableResource):
    """Public address of the pages, for absolute links, and contact address; "" for none."""

    base_url: str = ""
    contact: str = ""


RESOURCES: Final = {
    "fetching": Fetching(),
    "pages": Pages(base_url=settings.base_url(), contact=settings.contact()),
}
