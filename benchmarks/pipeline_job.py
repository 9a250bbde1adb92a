"""The pipeline's own functions without Dagster: `TIPSTAT_HOME`'s raw files to its warehouse."""

from pipelines import manifest, paths, store, warehouse
from pipelines.sources import discover


def main() -> None:
    """Harmonises each release of the manifest, stores it, builds a new warehouse."""
    for release in store.releases(paths.harmonised()):
        entries = manifest.entries(release.source, release.release)
        release.keep(store.harmonised(discover()[release.source], entries), "")
    warehouse.build(paths.harmonised(), paths.warehouse())


if __name__ == "__main__":
    main()
