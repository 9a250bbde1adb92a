"""The pipeline's own functions without Dagster: `TIPSTAT_HOME`'s raw files to its warehouse."""

import duckdb

from pipelines import manifest, paths, store, warehouse
from pipelines.sources import discover


def main() -> None:
    """Harmonises each release of the manifest, stores it, fills a new warehouse."""
    for release in store.releases(paths.harmonised()):
        entries = manifest.entries(release.source, release.release)
        release.keep(store.harmonised(discover()[release.source], entries), "")
    paths.warehouse().parent.mkdir(parents=True)
    with duckdb.connect(paths.warehouse()) as connection:
        warehouse.fill(connection, paths.harmonised())
        connection.execute("checkpoint")


if __name__ == "__main__":
    main()
