"""Completeness of a version, and whether its inputs are those at hand; bytes are not compared.

A run asks this first, so nothing here imports what builds a version.
"""

from collections.abc import Iterator
from pathlib import Path

from pipelines.lib import paths
from pipelines.published import extracts
from pipelines.published.versions.version import (
    EXTRACTS,
    SITE,
    WAREHOUSE,
    Version,
    current,
    lacking,
)
from pipelines.raw import fingerprint
from pipelines.warehouse import stamp


def is_complete(version: Version, made_from: str) -> bool:
    """Return whether a version has all files, made from those inputs; bytes are not compared."""
    is_made = version.made_from == made_from and not lacking(version)
    return is_made and not any(missing(version.folder, made_from))


def place(made_from: str) -> Path:
    """Return the folder of what these inputs give: the current version if complete, else the next.

    Nothing is ever written into a version.
    """
    now = current()
    return now.folder if now and is_complete(now, made_from) else paths.next_version()


def missing(staged: Path, made_from: str) -> Iterator[str]:
    """Yield a line for each part of a version that is not there, or not made from those inputs."""
    for part, is_made in (
        (WAREHOUSE, stamp.is_current(paths.harmonised(), staged / WAREHOUSE)),
        (SITE, fingerprint.is_up_to_date(staged / SITE / "fingerprint", made_from)),
        (EXTRACTS, extracts.are_current(staged / EXTRACTS, made_from)),
    ):
        if not is_made:
            yield f"{staged / part}: not made from the inputs at hand; run 'tipstat run' again"
