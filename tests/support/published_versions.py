"""What readers see of versions, damage to their files, and a publication that is killed."""

import os
import signal
from pathlib import Path

import duckdb

from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.published.versions import gate
from pipelines.published.versions.publish import publish
from pipelines.raw import fingerprint


def served() -> tuple[str, str]:
    """Return the inputs of the pages and of the warehouse that readers see."""
    page = (paths.site() / "index.html").read_text(encoding="utf-8")
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        [(made_from,)] = connection.execute("select fingerprint from main.build").fetchall()
    return fingerprint.of_texts(page), made_from


def overwrite(file: Path, content: bytes) -> None:
    """Change a published file, which is read-only."""
    file.chmod(0o644)
    file.write_bytes(content)


def cut(file: Path, size: int) -> None:
    """Truncate a published file, which is read-only."""
    file.chmod(0o644)
    os.truncate(file, size)


def publish_and_be_killed(home: Path, made_from: str, last: int) -> None:
    """Publish what is staged, and kill this process at that step on the disk.

    The gate changes nothing on it, and has tests of its own.
    """
    os.environ["TIPSTAT_HOME"] = str(home)
    gate.reasons = lambda *_: []
    release_files.made_from = lambda _: made_from
    steps = iter(range(last))

    def counted(real):
        def step(*arguments, **named):
            if next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        return step

    for name in ("rename", "replace", "symlink_to"):
        setattr(Path, name, counted(getattr(Path, name)))
    publish(made_from)
