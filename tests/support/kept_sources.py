"""A project folder of a test's own, with all shipped figures or some of them only."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import short_runs

from pipelines.lib import paths

SMALL = ("arg_linea145", "can_sdg", "jam_statin", "usa_sdg")
"""Small sources: figures that we hide, two releases, rates, counts."""


def own_project(shipped_home: Path, folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """Lay all shipped figures into a folder, and make it the project of what follows."""
    shutil.copytree(shipped_home / "data", folder / "data")
    patch.setenv("TIPSTAT_HOME", str(folder))
    short_runs.shorten(patch.setattr)
    short_runs.without_child(patch.setattr)
    return folder


def keep_only(*sources: str) -> None:
    """Strike all other sources off the tables of a test's own project folder."""
    keep(lambda source, _: source in ("source", *sources))


def keep_unodc() -> None:
    """Keep UNODC's releases and the populations."""
    keep_only("int_unodc_glotip", "ref_wpp")


def keep(is_kept: Callable[[str, str], bool]) -> None:
    """Keep some lines of manifest, corrections and reviews, by source and release; headers stay."""
    for path, column in ((paths.manifest(), 0), (paths.corrections(), 1), (paths.reviews(), 0)):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if is_kept(*line.split(",")[column : column + 2])]
        path.write_text("".join(kept), encoding="utf-8")
