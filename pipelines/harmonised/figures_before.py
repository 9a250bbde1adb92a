"""The figures of the releases in use, with which the guard compares a new release."""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.harmonised.guard.pairs import FIGURE
from pipelines.harmonised.release_files import Release


class FiguresBefore:
    """Cells and figures of releases; the file of each is read once for as long as it is in use."""

    def __init__(self) -> None:
        self._tables: dict[Release, pa.Table] = {}

    def of(self, releases: Sequence[Release], cell: Sequence[str]) -> pd.DataFrame:
        """Return the figures of releases below each other, in their order, as text and numbers."""
        self._tables = {
            release: self._tables[release] if release in self._tables else _read(release, cell)
            for release in releases
        }
        return pa.concat_tables(self._tables.values()).to_pandas(ignore_metadata=True)

    def forget(self, release: Release) -> None:
        """Read a release's file again next time, since it was rewritten."""
        self._tables.pop(release, None)


def _read(release: Release, cell: Sequence[str]) -> pa.Table:
    file = pq.ParquetFile(release.files.rows)
    figure = [name for name in FIGURE if name in file.schema_arrow.names]
    table = file.read(columns=["release", *cell, *figure])
    texts = [
        column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for column in table.columns
    ]
    return pa.table(texts, names=table.column_names)
