"""The releases of a project folder, harmonised, and a warehouse built of them."""

from pathlib import Path

import pytest

from pipelines.harmonised import harmonise, refresh, release_files
from pipelines.raw import manifest
from pipelines.sources import discover
from pipelines.warehouse import database

Releases = dict[tuple[str, str], harmonise.Harmonised]
"""By source and release."""


def harmonised_releases() -> Releases:
    """Harmonise the releases of the project folder."""
    return {
        key: refresh.harmonised(discover()[key[0]], entries) for key, entries in _entries().items()
    }


def build_of(home: Path, harmonised: Releases, folder: Path) -> None:
    for (source, release), each in harmonised.items():
        release_files.Release(folder / "harmonised", source, release).keep(each, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIPSTAT_HOME", str(home))
        database.build(folder / "harmonised", folder / "tipstat.duckdb")


def _entries() -> dict[tuple[str, str], list[manifest.RawFile]]:
    """The lines of the manifest by source and release."""
    found: dict[tuple[str, str], list[manifest.RawFile]] = {}
    for entry in manifest.entries():
        found.setdefault((entry.source, entry.release), []).append(entry)
    return found
