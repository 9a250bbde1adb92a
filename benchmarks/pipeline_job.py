"""The pipeline's own functions without Dagster: `TIPSTAT_HOME`'s raw files to its warehouse."""

import duckdb

from pipelines import manifest, paths, warehouse
from pipelines.harmonise import files, harmonise, store
from pipelines.sources import discover


def main() -> None:
    """Harmonises each release of the manifest, stores it, fills a new warehouse."""
    for entry in manifest.entries():
        harmonised = harmonise(discover()[entry.source], entry.release, entry.path)
        store(harmonised, files(paths.harmonised(), entry.source, entry.release))
        del harmonised
    paths.warehouse().parent.mkdir(parents=True)
    with duckdb.connect(paths.warehouse()) as connection:
        warehouse.fill(connection, paths.harmonised())
        connection.execute("checkpoint")


if __name__ == "__main__":
    main()
