"""The publish gate for counts from case records: none is published without its proof.

The printed tables are exported from the warehouse that is to be published, by SQL. So the proof is
about what readers get, and nothing that protected the figures has a say in it.
"""

import contextlib
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

from pipelines.cases import check, printed

SOURCES: Final = "%\\_case\\_records"
"""Pattern of the ids of sources that are counted from records of persons."""

_ROWS: Final = Path(__file__).with_name("printed_rows.sql")


def certificate_of(source: str, folder: Path) -> Path:
    """Return the file of a source's certificate in the folder of certificates."""
    return folder / f"{source}.csv.gz"


def unproven(warehouse: Path, folder: Path) -> list[str]:
    """Return a line for each source counted from records whose protection is not proven.

    Args:
        warehouse: DuckDB file with the figures to be published.
        folder: of the certificates.
    """
    with duckdb.connect(warehouse, read_only=True) as connection:
        found = connection.execute(
            "select distinct source from harmonised.observation where source like ? escape '\\' "
            "order by source",
            [SOURCES],
        ).fetchall()
        faults = {source: _fault(connection, source, folder) for (source,) in found}
    return [
        f"{source}: {fault}; make the certificate again with 'tipstat cases count', or leave the "
        "source out"
        for source, fault in faults.items()
        if fault
    ]


def export_printed(connection: duckdb.DuckDBPyConnection, source: str, file: Path) -> None:
    """Write the printed table of a source, all releases, from the rows of a warehouse."""
    rows = connection.execute(_ROWS.read_text(encoding="utf-8"), [source]).df()
    printed.write(rows, file)


def _fault(connection: duckdb.DuckDBPyConnection, source: str, folder: Path) -> str:
    """Return what is wrong with the proof of a source, or nothing."""
    certificate = certificate_of(source, folder)
    if not certificate.is_file():
        return f"{certificate}: no certificate of disclosure control"
    with TemporaryDirectory(prefix="tipstat-") as place:
        file = Path(place) / "printed.csv"
        export_printed(connection, source, file)
        with contextlib.redirect_stdout(io.StringIO()) as lines:
            code = check.main([str(file), str(certificate)])
    return f"{certificate}: {lines.getvalue().splitlines()[0]}" if code else ""
