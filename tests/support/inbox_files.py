"""Files in the inbox of a project."""

import os
import time
from pathlib import Path

from pipelines.lib import paths


def lay(name: str, content: bytes, *, fresh: bool = False) -> Path:
    """Put a file into the inbox, as if it had been there for a while."""
    file = paths.inbox() / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    changed = time.time() + 600 if fresh else 1_700_000_000  # however long the test takes
    os.utime(file, (changed, changed))
    return file
