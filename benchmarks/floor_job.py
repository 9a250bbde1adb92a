"""Do only what a run cannot do without, for the project of `TIPSTAT_HOME`, which a run has made.

Import the libraries, load the harmonised rows into a DuckDB file, and write and hash the bytes of
the version; workbooks are compressed again.
"""

import hashlib
import io
import tempfile
import zipfile
from pathlib import Path

import dagster  # noqa: F401
import duckdb
import jinja2  # noqa: F401
import pandas as pd  # noqa: F401
import pandera.pandas  # noqa: F401
import pyarrow  # noqa: F401
import rich  # noqa: F401
import scipy.stats  # noqa: F401
import statsmodels.genmod.generalized_linear_model  # noqa: F401
import typer  # noqa: F401
import xlsxwriter  # noqa: F401

from pipelines.lib import paths


def main() -> None:
    """Write into a new folder beside the versions."""
    out = Path(tempfile.mkdtemp(dir=paths.published()))
    rows = str(paths.harmonised() / "*" / "*" / "rows.parquet")
    with duckdb.connect(out / "rows.duckdb") as connection:
        connection.execute("create table row as from read_parquet(?, union_by_name = true)", [rows])
    version = paths.current().resolve()
    for file in (each for each in version.rglob("*") if each.is_file()):
        content = file.read_bytes()
        hashlib.sha256(content).digest()
        again = out / file.relative_to(version)
        again.parent.mkdir(parents=True, exist_ok=True)
        again.write_bytes(_compressed(content) if file.suffix == ".xlsx" else content)


def _compressed(workbook: bytes) -> bytes:
    again = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as parts,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in parts.namelist():
            new.writestr(name, parts.read(name))
    return again.getvalue()


if __name__ == "__main__":
    main()
