"""Resources: what an installation sets, and processes that the steps of a run share.

Settings are those that the command line reads too.

`pipelines/lib/settings.py` lists the environment variables. A run's own configuration, in the
launchpad, takes precedence.
"""

from collections.abc import Collection, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from typing import Final

import dagster as dg
from pydantic import PrivateAttr

from pipelines.harmonised import refresh, release_files
from pipelines.lib import paths, settings
from pipelines.lib.errors import TipstatError
from pipelines.orchestration import processes
from pipelines.raw import manifest
from pipelines.raw.download import Limits
from pipelines.sources import discover, refuse_without_metadata


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


class Harmonising(dg.ConfigurableResource):
    """Processes that harmonise several sources at once, shared by the steps of a run."""

    _work: dict[str, Future[list[str]]] = PrivateAttr(default_factory=dict)
    _processes: ExitStack = PrivateAttr(default_factory=ExitStack)

    def made(self, source: str, sources: Collection[str]) -> list[str]:
        """Harmonise a source; return the days of the releases that were made.

        The first call begins with all sources of the run.

        Raises:
            BrokenProcessPool, MemoryError, OSError, TipstatError: no source can be harmonised.
        """
        if not self._work:
            self._begin(sources)
        with processes.ended_by_ctrl_c():
            try:
                made = self._work[source].result()
            except (BrokenProcessPool, MemoryError, OSError, TipstatError) as error:
                for each, work in self._work.items():  # steps that follow fail with the same error
                    work.cancel()
                    self._work[each] = Future()
                    self._work[each].set_exception(error)
                raise
        if all(work.done() for work in self._work.values()):
            self._processes.close()
        return made

    def _begin(self, sources: Collection[str]) -> None:
        refuse_without_metadata()
        changed = release_files.changed(paths.harmonised())
        executor = self._processes.enter_context(processes.executor(processes.count(changed)))
        # The longest work first, or it would be left to one process in the end.
        for each in sorted(sources, key=lambda each: len(manifest.entries(each)), reverse=True):
            self._work[each] = executor.submit(refresh.refresh_locked, discover()[each])

    @contextmanager
    def yield_for_execution(self, _: dg.InitResourceContext) -> Iterator["Harmonising"]:
        """Yield the resource of a run; end its processes."""
        try:
            yield self
        finally:
            self._processes.close()


RESOURCES: Final = {
    "fetching": Fetching(),
    "harmonising": Harmonising(),
    "pages": Pages(base_url=settings.base_url(), contact=settings.contact()),
}
