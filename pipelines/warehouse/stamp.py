"""The stamp in a warehouse: the checksum of the inputs from which it was built."""

from pathlib import Path

import duckdb

from pipelines.harmonised import release_files


def is_current(harmonised: Path, out: Path) -> bool:
    """Return whether the file was built from the current inputs."""
    if not out.is_file():
        return False
    try:
        with duckdb.connect(out, read_only=True) as connection:
            made_from = connection.execute("select fingerprint from main.build").fetchone()
    except duckdb.Error:  # damaged, or of another version of the code: to be rebuilt
        return False
    return made_from == (release_files.made_from(harmonised),)
