"""Harmonise the figures of `million_rows.py`, or build their warehouse, in `TIPSTAT_HOME`."""

import shutil
import sys

import pyarrow.parquet as pq
from glotip_shaped import SHIPPED

from pipelines.harmonised import refresh, release_files
from pipelines.lib import paths
from pipelines.raw import manifest, reviews
from pipelines.sources import discover
from pipelines.warehouse import database


def main() -> None:
    """Run one of the two."""
    {"harmonise": _harmonise, "build": _build}[sys.argv[1]]()


def _harmonise() -> None:
    """Put the shipped figures beside the large release and harmonise all of them."""
    large = manifest.entries("int_unodc_glotip")
    shutil.copytree(SHIPPED, paths.raw(), dirs_exist_ok=True)
    shutil.copy(SHIPPED.parent / "corrections.csv", paths.corrections())
    for entry in large:
        manifest.enter(entry)
        # Its figures are drawn anew, so that it looks wrong beside the release before it.
        reviews.enter(entry.source, entry.release, reviews.ACCEPT, "of a benchmark", "nobody")
    rows = 0
    for publication in discover().values():
        refresh.refresh_all(publication, paths.harmonised())
    for release in release_files.releases(paths.harmonised()):
        rows += pq.read_metadata(release.files[0]).num_rows
    print(f"{rows:,} harmonised rows of all sources, in Parquet")


def _build() -> None:
    database.build(paths.harmonised(), paths.warehouse())


if __name__ == "__main__":
    main()
