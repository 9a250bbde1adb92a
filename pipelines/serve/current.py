"""The version that readers see: looked for twice a second, and switched without a pause.

The next version is opened in a thread; then one reference changes, and requests under way keep the
version that they began with. A version whose manifest is gone or was changed in place is recalled:
nothing of it is told any more. What cannot be read leaves the version before, if that is still
there.
"""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import duckdb

from pipelines.lib import paths
from pipelines.lib.errors import TipstatError
from pipelines.serve.answers import Answers
from pipelines.serve.snapshot import Snapshot, open_version

LOOK_SECONDS: Final = 0.5
"""Time between two looks at where `current` leads."""
_AGAIN_SECONDS: Final = 10.0
"""Time after which a version that could not be read is tried again."""


class Current:
    """The snapshot to answer from.

    Attributes:
        snapshot: that of the current version; None where there is none.
        problem: why a newer version is not shown; "" if there is none.
    """

    def __init__(self, say: Callable[[str], None], answers: Answers) -> None:
        """Take what tells the operator, and the answers to drop when the version changes."""
        self.snapshot: Snapshot | None = None
        self.problem = ""
        self._say, self._answers = say, answers
        self._opening: asyncio.Task[None] | None = None
        self._failed: tuple[str, float] = ("", 0.0)

    async def start(self) -> None:
        """Open the version that `current` leads to, and wait for it."""
        self.look()
        if self._opening:
            await self._opening

    async def watch(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.look()

    def look(self) -> None:
        """Drop what was recalled; begin to open the version that `current` leads to."""
        folder, now = _leads_to(), self.snapshot
        if now and (folder is None or not now.stamp.holds()):
            now.is_recalled = True
            self.snapshot = None
            self._answers.give_up()
            self._say(f"{now.id} is gone or was changed: nothing is served")
        if folder is None:
            self.problem = "nothing is published"
        elif self.snapshot and self.snapshot.id == folder.name:
            self.problem = ""
        elif self._opening is None or self._opening.done():
            failed, moment = self._failed
            if failed != folder.name or time.monotonic() - moment >= _AGAIN_SECONDS:
                self._opening = asyncio.create_task(self._open(folder))

    async def _open(self, folder: Path) -> None:
        """Open a version aside, and serve it if it is still the one to serve."""
        try:
            opened = await asyncio.to_thread(open_version, folder)
        except (TipstatError, duckdb.Error, OSError, ValueError, KeyError) as error:
            self._failed = (folder.name, time.monotonic())
            self.problem = f"version {folder.name} cannot be read"
            self._say(f"{folder.name} cannot be read ({' '.join(str(error).split())})")
            return
        if _leads_to() == folder and opened.stamp.holds():
            self.snapshot, self.problem = opened, ""
            self._answers.forget()
            self._say(f"serving {opened.id}")


def _leads_to() -> Path | None:
    """Return the folder that `current` leads to; None if it leads nowhere."""
    try:
        folder = paths.current().resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return folder if folder.is_dir() else None
