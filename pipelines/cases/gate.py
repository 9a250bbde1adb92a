"""The publish gate for counts from case records: none is published without its proof.

The printed tables are exported from the warehouse that is to be published, by SQL. So the proof is
about what readers get, and nothing that protected the figures has a say in it. Readers get the same
table and the certificate, to repeat the proof.
"""

import contextlib
import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import duckdb

from pipelines.cases import check, printed
from pipelines.raw import stated_files

if TYPE_CHECKING:  # who exports what is proven needs no pandas
    import pandas as pd

PRINTED_FILE: Final = "printed.csv"
CERTIFICATE_FILE: Final = "certificate.csv.gz"

REMEDY: Final = (
    "add the folder that 'tipstat cases count' wrote with 'tipstat cases add', or take the release "
    "out of data/raw/manifest.csv; then 'tipstat run'"
)

_ROWS: Final = Path(__file__).with_name("printed_rows.sql")


def newest_releases(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the newest release in a warehouse of each source counted from case records."""
    found = connection.execute(
        "select source, max(release) from harmonised.observation where ends_with(source, ?) "
        "group by all order by all",
        [stated_files.CASE_RECORDS],
    ).fetchall()
    return dict(found)


def unproven(warehouse: Path, folder: Path) -> list[str]:
    """Return a line for each source counted from records whose protection is not proven.

    Args:
        warehouse: DuckDB file with the figures to be published.
        folder: of the proofs, a folder for each source.
    """
    found = []
    with (
        duckdb.connect(warehouse, read_only=True) as connection,
        TemporaryDirectory(prefix="tipstat-") as place,
    ):
        for source in newest_releases(connection):
            table, file = folder / source / PRINTED_FILE, Path(place) / PRINTED_FILE
            export_printed(connection, source, file)
            if table.is_file() and table.read_bytes() == file.read_bytes():
                wrong = fault(table, folder / source / CERTIFICATE_FILE)
            else:
                wrong = f"{table}: not the figures of the warehouse"
            if wrong:
                found.append(f"{source}: {wrong}; {REMEDY}")
    return found


def export_printed(connection: duckdb.DuckDBPyConnection, source: str, file: Path) -> None:
    """Write the printed table of a source, all releases, from the rows of a warehouse."""
    answer = connection.execute(_ROWS.read_text(encoding="utf-8"), [source])
    names = [column[0] for column in answer.description or ()]
    places = [names.index(name) for name in printed.COLUMNS]
    rows = [[row[place] for place in places] for row in answer.fetchall()]
    rows.sort(key=lambda row: row[: len(printed.KEY)])
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([printed.COLUMNS, *rows])


def fault(figures: Path, certificate: Path) -> str:
    """Return why a certificate does not prove the figures of a printed table; "" if it does."""
    if not certificate.is_file():
        return f"{certificate}: no certificate of disclosure control"
    with contextlib.redirect_stdout(io.StringIO()) as lines:
        code = check.main([str(figures), str(certificate)])
    return f"{certificate}: {lines.getvalue().splitlines()[0]}" if code else ""


def fault_of_rows(figures: "pd.DataFrame", certificate: Path) -> str:
    """Return why a certificate does not prove a printed table in memory; "" if it does."""
    with TemporaryDirectory(prefix="tipstat-") as place:
        file = Path(place) / PRINTED_FILE
        printed.write(figures, file)
        return fault(file, certificate)
