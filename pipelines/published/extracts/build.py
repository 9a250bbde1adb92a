"""Makes the extracts from the warehouse, which is only read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
from xlsxwriter.exceptions import XlsxWriterException

from pipelines.lib import paths
from pipelines.published.extracts import (
    FORMS,
    ExportError,
    datapackage,
    delimited,
    edition,
    excel,
    forms_in,
    open_sdg,
    parquet,
    sdmx,
    stamp,
    stamped,
)
from pipelines.published.extracts.folder import held, whole
from pipelines.raw import fingerprint

Write = Callable[[duckdb.DuckDBPyConnection, Path], None]

_WRITERS: Final[dict[str, tuple[str, Write]]] = {
    "sdmx": ("sdmx", sdmx.write),
    "parquet": ("parquet", parquet.write),
    "csv": ("csv", delimited.write),
    "excel": ("excel", excel.write),
    "open-sdg": ("open_sdg", open_sdg.write),
    "datapackage": ("", datapackage.write),  # last, since it describes files that lie there
}
"""Form, its folder, and what writes it."""

_BESIDE: Final = ("README.md", "CITATION.cff", "releases.csv", "codelists", "datapackage.json")
_OURS: Final = {*_BESIDE, *(folder for folder, _ in _WRITERS.values()), "fingerprint"}
_OF_SYSTEMS: Final = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What file managers leave wherever they look; nobody's work."""


@dataclass(frozen=True)
class Extracts:
    """What there is after `build`: the forms, how many files, and whether they had to be made."""

    forms: tuple[str, ...]
    files: int
    unchanged: bool


def build_extracts(warehouse: Path, out: Path, forms: Sequence[str]) -> Extracts:
    """Makes a folder of extracts in the named forms, unless they are there already.

    Forms that the folder holds are made anew with the others, so that all are of one warehouse.

    Raises:
        ExportError: there is no warehouse or one of another age, the folder holds something else
            or is published without these forms, or it cannot be written. What was there stays.
    """
    if not warehouse.is_file():
        raise ExportError(f"{warehouse}: no such file; make it with 'tipstat run'")
    out = out.resolve()
    try:
        with _opened(warehouse) as connection:
            if paths.is_published(out):
                return _published(connection, out, forms)
            with held(out):
                return _held_build(connection, out, forms)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise ExportError(
            f"{warehouse}: of another age; make it again with 'tipstat run'"
        ) from error
    except (OSError, duckdb.IOException, XlsxWriterException) as error:
        raise ExportError(
            f"{out}: not written ({_reason(error)}); what was there stays: free some space, or "
            "name another folder with --out"
        ) from error


def _published(connection: duckdb.DuckDBPyConnection, out: Path, forms: Sequence[str]) -> Extracts:
    """Looks at extracts that are published: nothing is written there, not even who looks."""
    wanted = _with_needed({*forms, *forms_in(out)})
    if not _is_made(connection, out, wanted):
        raise ExportError(
            f"{out}: is published and stays as it is, made by another tipstat or without these "
            "forms; make it anew with 'tipstat run', or name a folder with --out"
        )
    return _extracts(out, wanted, unchanged=True)


def _is_made(connection: duckdb.DuckDBPyConnection, out: Path, wanted: tuple[str, ...]) -> bool:
    return fingerprint.is_up_to_date(stamp(out), stamped(_made_from(connection), wanted))


def _made_from(connection: duckdb.DuckDBPyConnection) -> str:
    [(made_from,)] = connection.execute("select fingerprint from main.build").fetchall()
    return str(made_from)


def _extracts(out: Path, wanted: tuple[str, ...], *, unchanged: bool) -> Extracts:
    return Extracts(wanted, sum(path.is_file() for path in out.rglob("*")), unchanged)


def _held_build(connection: duckdb.DuckDBPyConnection, out: Path, forms: Sequence[str]) -> Extracts:
    """Looks at the folder and makes it, in one hold: nobody adds a form in between."""
    _refuse_foreign(out)
    wanted = _with_needed({*forms, *forms_in(out)})
    unchanged = _is_made(connection, out, wanted)
    if not unchanged:
        _make(connection, out, wanted, stamped(_made_from(connection), wanted))
    return _extracts(out, wanted, unchanged=unchanged)


def _with_needed(forms: set[str]) -> tuple[str, ...]:
    """The forms in their order; a data package describes the CSV."""
    needed = {"csv"} if "datapackage" in forms else set()
    return tuple(form for form in FORMS if form in forms | needed)


def _opened(warehouse: Path) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(warehouse, read_only=True)
        # Else a table that is not there is looked for among the variables of this program.
        connection.execute("set python_enable_replacements = false")
    except duckdb.Error as error:
        raise ExportError(
            f"{warehouse}: cannot be read ({_reason(error)}); make it again with 'tipstat run'"
        ) from error
    return connection


def _refuse_foreign(out: Path) -> None:
    """Refuses a folder with anything else in it: the whole folder will be replaced."""
    there = {path.name for path in out.iterdir()} if out.exists() else set()
    foreign = there - _OF_SYSTEMS - (_OURS if stamp(out).is_file() else set())
    if foreign:
        raise ExportError(
            f"{out}: holds {min(foreign)}, which tipstat did not write; remove it, or name a new "
            "folder with --out"
        )


def _make(
    connection: duckdb.DuckDBPyConnection, out: Path, forms: tuple[str, ...], made_from: str
) -> None:
    with whole(out) as aside:
        edition.write(connection, aside, forms)
        for form, (name, write) in _WRITERS.items():
            if form in forms:
                (aside / name).mkdir(exist_ok=True)
                write(connection, aside / name)
        fingerprint.write_stamp(stamp(aside), made_from)


def _reason(error: Exception) -> str:
    """What the system says, without the place."""
    said = getattr(error, "strerror", None) or str(error)
    return " ".join(str(said).split("\n\n")[0].split())
