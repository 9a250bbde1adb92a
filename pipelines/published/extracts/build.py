"""Make the folder of extracts from the warehouse, which is only read."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import duckdb
from xlsxwriter.exceptions import XlsxWriterException

from pipelines.lib import paths, progress
from pipelines.published.extracts import (
    CERTIFICATES,
    FORMS,
    OPTIONS,
    ExportError,
    catalogue,
    certificates,
    datapackage,
    delimited,
    edition,
    excel,
    forms_in,
    open_sdg,
    parquet,
    stamp,
    stamped,
    state_json,
)
from pipelines.published.extracts.folder import held, whole
from pipelines.published.extracts.sdmx import extract, tree
from pipelines.published.kept import NOTHING, Earlier
from pipelines.raw import fingerprint

Write = Callable[[duckdb.DuckDBPyConnection, Path], None]

_WRITERS: Final[dict[str, tuple[str, Write]]] = {
    "sdmx": ("sdmx", extract.write),
    "sdmx-tree": ("sdmx_tree", tree.write),  # after that, whose files it lays out
    "parquet": ("parquet", parquet.write),
    "csv": ("csv", delimited.write),
    "json": ("json", state_json.write),
    "open-sdg": ("open_sdg", open_sdg.write),
    "datapackage": ("", datapackage.write),  # last, since it describes files that lie there
}
"""The folder of each format but workbooks, and its writer."""

_BESIDE: Final = (
    "README.md",
    "CITATION.cff",
    "releases.csv",
    "codelists",
    "standard",
    "datapackage.json",
    catalogue.JSON_LD,
    catalogue.TURTLE,
    CERTIFICATES,
)
_OURS: Final = {*_BESIDE, "excel", *(folder for folder, _ in _WRITERS.values()), "fingerprint"}
_LEFT_BY_SYSTEMS: Final = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""Files of file managers, which nobody misses."""


@dataclass(frozen=True)
class Extracts:
    """The formats in a folder of extracts, the count of files, and whether nothing was rebuilt."""

    forms: tuple[str, ...]
    files: int
    unchanged: bool


def build_extracts(
    warehouse: Path,
    out: Path,
    forms: Sequence[str],
    earlier: Earlier = NOTHING,
    base_url: str = "",
) -> Extracts:
    """Make a folder of extracts in the given formats, unless it is up to date.

    Other formats in the folder are rebuilt too, so that all are of one warehouse. Workbooks, and
    CSV in words, are taken from `earlier` extracts if they are made from the same. The catalogue
    has the address `base_url` of the site, if it has one.

    Raises:
        ExportError: there is no warehouse, or another version of tipstat built it; the folder has
            other files, is published without these formats, or cannot be written. Earlier extracts
            stay.
    """
    if not warehouse.is_file():
        raise ExportError(f"{warehouse}: no such file; make it with 'tipstat run'")
    out = out.resolve()
    is_published = paths.is_published(out)
    try:
        # Nothing is written into a published folder, not even a lock.
        with _opened(warehouse) as connection, nullcontext() if is_published else held(out):
            if not is_published:
                _refuse_foreign(out)
            wanted = _with_needed({*forms, *forms_in(out)})
            [(made_from,)] = connection.execute("select fingerprint from main.build").fetchall()
            text = stamped(made_from, wanted)
            unchanged = fingerprint.is_up_to_date(stamp(out), text)
            if not unchanged and is_published:
                raise ExportError(
                    f"{out}: is published, by another version of tipstat or without these forms, "
                    "and stays as it is; publish anew with 'tipstat run', or name another folder "
                    "with --out"
                )
            if not unchanged:
                with whole(out) as aside:
                    _write(connection, aside, wanted, earlier, base_url)
                    fingerprint.write_stamp(stamp(aside), text)
            return Extracts(wanted, sum(path.is_file() for path in out.rglob("*")), unchanged)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise ExportError(
            f"{warehouse}: built by another version of tipstat; rebuild it with 'tipstat run'"
        ) from error
    except (OSError, duckdb.IOException, XlsxWriterException) as error:
        raise ExportError(
            f"{out}: not written ({_reason(error)}); what was there stays: free some space, or "
            "name another folder with --out"
        ) from error


def _with_needed(forms: set[str]) -> tuple[str, ...]:
    """Return the formats in order; a data package needs the files that it describes."""
    needed = {"csv", "json"} if "datapackage" in forms else set()
    needed |= {"sdmx"} if "sdmx-tree" in forms else set()
    return tuple(form for form in (*FORMS, *OPTIONS) if form in forms | needed)


def _opened(warehouse: Path) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(warehouse, read_only=True)
        # Else DuckDB looks for a missing table among the variables of this program.
        connection.execute("set python_enable_replacements = false")
    except duckdb.Error as error:
        raise ExportError(
            f"{warehouse}: cannot be read ({_reason(error)}); rebuild it with 'tipstat run'"
        ) from error
    return connection


def _refuse_foreign(out: Path) -> None:
    """Refuse a folder with files of others: the whole folder will be replaced."""
    there = {path.name for path in out.iterdir()} if out.exists() else set()
    foreign = there - _LEFT_BY_SYSTEMS - (_OURS if stamp(out).is_file() else set())
    if foreign:
        raise ExportError(
            f"{out}: holds {min(foreign)}, which tipstat did not write; remove it, or name a new "
            "folder with --out"
        )


def _write(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    forms: tuple[str, ...],
    earlier: Earlier,
    base_url: str,
) -> None:
    """Write the formats into a new folder, and what lies beside all of them."""
    edition.write(connection, folder, forms)
    certificates.write(connection, folder / CERTIFICATES)
    in_csv: Write = partial(delimited.write, earlier=earlier.below("csv"))
    writers = _WRITERS | {"csv": ("csv", in_csv)}
    for form, (name, write) in writers.items():
        if form in forms:
            progress.report(form)
            (folder / name).mkdir(exist_ok=True)
            write(connection, folder / name)
    if "excel" in forms:
        progress.report("excel")
        (folder / "excel").mkdir()
        excel.write(connection, folder / "excel", earlier.below("excel"))
    catalogue.write(connection, folder, base_url)


def _reason(error: Exception) -> str:
    """Return the system's reason, without the path."""
    reason = getattr(error, "strerror", None) or str(error)
    return " ".join(str(reason).split("\n\n")[0].split())
