"""The pipeline's own functions without Dagster: `TIPSTAT_HOME`'s raw files to its warehouse."""

from pipelines.harmonised import refresh, release_files
from pipelines.lib import paths
from pipelines.raw import manifest
from pipelines.sources import discover
from pipelines.warehouse import database


def main() -> None:
    """Harmonises each release of the manifest, stores it, builds a new warehouse."""
    for release in release_files.releases(paths.harmonised()):
        entries = manifest.entries(release.source, release.release)
        release.keep(refresh.harmonised(discover()[release.source], entries), "")
    database.build(paths.harmonised(), paths.warehouse())


if __name__ == "__main__":
    main()
