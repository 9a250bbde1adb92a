"""The proof that counts from case records give no small count away, for anybody to repeat.

For each source that is counted from case records there is a folder with the printed table, all
releases that readers have, and its certificate: `tipstat prove printed.csv certificate.csv.gz`.
"""

import shutil
from pathlib import Path

import duckdb

from pipelines.cases import gate
from pipelines.raw import stated_files


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the printed table and the certificate of each source; the gate misses an absent one."""
    for source, release in gate.newest_releases(connection).items():
        (folder / source).mkdir(parents=True)
        gate.export_printed(connection, source, folder / source / gate.PRINTED_FILE)
        certificate = stated_files.certificate(source, release)
        if certificate.is_file():
            shutil.copyfile(certificate, folder / source / gate.CERTIFICATE_FILE)
