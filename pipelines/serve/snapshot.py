"""One published version, opened to answer from."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from pipelines.lib.digest import sha256
from pipelines.published.extracts.sdmx.structure import Structures
from pipelines.published.versions import version
from pipelines.published.versions.version import MANIFEST, WAREHOUSE, VersionError
from pipelines.serve import sdmx

_QUERY_MIB: Final = 100
"""What queries may take beside the tables: all stays below 450 MiB, also while two are open."""

_SAFE: Final[dict[str, str | bool | int | float | list[str]]] = {
    "memory_limit": "2GB",  # until the tables are there, however many figures these hold
    "threads": "1",  # of each query: two run at a time
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}


@dataclass(frozen=True)
class Stamp:
    """The manifest of a version as it was when it was read, by which a recall is noticed."""

    file: Path
    state: tuple[int, ...]
    digest: str

    @classmethod
    def of(cls, folder: Path) -> "Stamp":
        """Return the stamp of a version's folder.

        Raises:
            OSError: there is no manifest.
        """
        file = folder / MANIFEST
        state = _state(file)  # before the bytes: a change in between is noticed at the next look
        return cls(file, state, sha256(file))

    def holds(self) -> bool:
        """Return whether the manifest is still there with the same content."""
        try:
            return _state(self.file) == self.state or sha256(self.file) == self.digest
        except OSError:
            return False


def _state(file: Path) -> tuple[int, ...]:
    known = os.stat(file)  # noqa: PTH116  # a Path takes twice as long, for each file asked
    return known.st_ino, known.st_size, known.st_mtime_ns, known.st_ctime_ns


@dataclass
class Tree:
    """The files of a version that may be asked for.

    Attributes:
        id: the id of the version.
        folder: its folder.
        files: SHA-256 of each file by its path below the folder.
        stamp: its manifest as it was read.
    """

    id: str
    folder: Path
    files: Mapping[str, str]
    stamp: Stamp


@dataclass
class Snapshot(Tree):
    """A version that answers queries; without any reference to it, its memory is free again.

    Attributes:
        published: the moment of its publication, ISO 8601.
        structures: what its SDMX flows are made of.
        connection: a DuckDB in memory with the flows; the warehouse is attached as `version`.
        is_recalled: whether nothing of it may be told any more.
    """

    published: str
    structures: Structures = field(repr=False)
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    is_recalled: bool = False


def tree_of(folder: Path) -> tuple[Tree, str]:
    """Return the files of a version, and the moment of its publication.

    Raises:
        VersionError: its manifest cannot be read.
    """
    try:
        stamp = Stamp.of(folder)
    except OSError as error:
        raise VersionError(f"{folder / MANIFEST}: cannot be read ({error.strerror})") from error
    read = version.read_version(folder)
    return Tree(read.id, folder, read.files, stamp), read.published


def open_version(folder: Path) -> Snapshot:
    """Open a version: its warehouse read-only, the flows in memory, all settings locked.

    Raises:
        VersionError: its manifest cannot be read.
        duckdb.Error, OSError, ValueError: so with another file of it.
    """
    tree, published = tree_of(folder)
    connection = duckdb.connect(":memory:", config=_SAFE)
    file = str(folder / WAREHOUSE).replace("'", "''")
    connection.execute(f"attach '{file}' as version (read_only)")
    structures = sdmx.load(connection, folder)
    used = "select (sum(memory_usage_bytes) / 1024 / 1024)::bigint from duckdb_memory()"
    [(mib,)] = connection.execute(used).fetchall()
    connection.execute(f"set memory_limit = '{mib + _QUERY_MIB} MiB'")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return Snapshot(tree.id, folder, tree.files, tree.stamp, published, structures, connection)
