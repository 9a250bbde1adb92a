"""One publication each: `<id>.yml` describes it and says how its tables become our codes.

Only where rows are counted or judged there is a module `<id>.py` beside it, with the functions that
`pipelines/reader/declared.py` calls, or with `tidy(source, file)` that reads all. A module is a
leaf: it imports the reader and the schemas, and no other source. Further files: tables of labels in
`<id>_*.csv`, private modules `_<id>_*.py`. Sources are discovered by their names; there is no list
to keep. A project may have further ones in its folder `sources`, with other names, whose modules
are imported as modules of this package. Two kinds of sources, of which each state may have one,
share a description each, `_case_records.yml` and `_national_report.yml`; they are discovered by the
releases in data/raw.
"""

import importlib
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from inspect import isfunction
from pathlib import Path

from pipelines.lib import error_place, paths
from pipelines.raw import manifest, source_files, stated_files
from pipelines.reader import declared, table_checks
from pipelines.reader.files import File
from pipelines.reader.refusal import FileRefusedError, added_column, too_short
from pipelines.reader.rows import Tidy
from pipelines.reader.source_metadata import read_source, read_stated_source
from pipelines.reader.yaml_fields import MetadataError
from schemas import codelists
from schemas.source import Source

__all__ = [
    "File",
    "FileRefusedError",
    "MetadataError",
    "Publication",
    "Tidy",
    "added_column",
    "discover",
    "forget",
    "refuse_without_metadata",
    "stated_publication",
    "stated_source",
    "too_short",
]


@dataclass(frozen=True)
class Publication:
    """A discovered source: its metadata and the function that reads its files."""

    source: Source
    tidy: Callable[[File], Tidy]

    def entered(self, entry: manifest.RawFile) -> Tidy:
        """Return the rows of a file in the manifest, before its corrections and findings."""
        return self.tidy(File(entry.path, entry.publisher_file))


def discover() -> dict[str, Publication]:
    """Return all sources by id, in alphabetical order.

    Raises:
        MetadataError: a metadata file has an error, or a module has none. A module that cannot be
            imported fails when its files are read.
        ManifestError: the manifest, which names the sources that share a description, is unsound.
    """
    ids = dict.fromkeys(entry.source for entry in manifest.known())
    files = [stated_files.metadata(each) for each in ids if each.endswith(stated_files.ENDINGS)]
    changed = [file.stat().st_mtime_ns if file.is_file() else 0 for file in files]
    sources = _stated_in(tuple(zip(files, changed, strict=True)))
    stated = {source.id: stated_publication(source) for source in sources}
    described = _of_metadata(paths.own_sources().absolute())
    return dict(sorted((described | stated).items()))


def refuse_without_metadata() -> None:
    """Refuse a manifest that names a source whose metadata was removed.

    Raises:
        ManifestError: there is such a source.
    """
    known = discover()
    for entry in manifest.known():
        if entry.source not in known:
            raise manifest.ManifestError(
                f"{paths.manifest()} names {entry.source}, which has no metadata in tipstat or in "
                f"{paths.own_sources()}: restore it, or remove its lines and "
                f"data/raw/{entry.source}"
            )


def stated_source(stated: Path) -> Source:
    """Return a source that shares a description, as its authority states it in `<id>.yml`.

    Raises:
        MetadataError: the file is missing or unsound.
    """
    return read_stated_source(stated, source_files.SHIPPED / f"{_shared(stated.stem)}.yml")


def stated_publication(source: Source) -> Publication:
    """Return the publication of a source that shares a description."""
    return _publication(source, _shared(source.id))


def _shared(source: str) -> str:
    """Return the name of the files that a source shares with other states: the end of its id."""
    return next(ending for ending in stated_files.ENDINGS if source.endswith(ending))


@lru_cache(maxsize=1)
def _stated_in(changed: tuple[tuple[Path, int], ...]) -> list[Source]:
    """Return the sources that authorities state in files; each file with when it was changed."""
    return [stated_source(file) for file, _ in changed]


def forget() -> None:
    """Forget what was discovered, after one was written."""
    _of_metadata.cache_clear()


@cache
def _of_metadata(own: Path) -> dict[str, Publication]:
    """Return the sources that have a metadata file: those of tipstat, and those in a folder."""
    for file in source_files.own():
        _refuse_unfit(file)
    _import_from(own)
    folders = (source_files.SHIPPED, own)
    for path in (path for folder in folders for path in sorted(folder.glob("[!_]*.py"))):
        if not path.with_suffix(".yml").is_file():
            read_source(path.with_suffix(".yml"))  # which says what is missing
    files = (path for folder in folders for path in sorted(folder.glob("[!_]*.yml")))
    return {path.stem: _publication(read_source(path)) for path in files}


def _refuse_unfit(file: Path) -> None:
    """Refuse a file of a project's own whose name is one of ours, or no source could have.

    Raises:
        MetadataError: the file has such a name.
    """
    if (source_files.SHIPPED / file.name).exists():
        raise MetadataError(f"{source_files.shown(file)}: tipstat has this source: take another id")
    areas = "|".join(["int", *(area.lower() for area in codelists.oas_states())])
    is_id = re.fullmatch(rf"_?({areas})_[a-z0-9_]+", file.stem)
    if file.suffix != ".csv" and (not is_id or file.stem.endswith(stated_files.ENDINGS)):
        raise MetadataError(
            f"{source_files.shown(file)}: its name is no id of a source: write <alpha-3 code of a "
            "state of the Americas>_<publisher>, or int_<publisher>, in lower case"
        )


def _import_from(own: Path) -> None:
    """Import modules of a project's own sources from its folder, and none of another project."""
    for name, module in [*sys.modules.items()]:
        file = Path(getattr(module, "__file__", None) or "")
        if name.startswith(f"{__name__}.") and file.parent != source_files.SHIPPED:
            del sys.modules[name]
    __path__[:] = [str(source_files.SHIPPED), str(own)]
    importlib.invalidate_caches()


def _publication(source: Source, name: str = "") -> Publication:
    """Return a source with what reads its files: its module's `tidy`, or its tables."""
    name = name or source.id
    path = source_files.folder(name) / f"{name}.py"
    try:
        members = vars(importlib.import_module(f"{__name__}.{name}")) if path.is_file() else {}
    except Exception as error:  # it stops no other source
        error.add_note(error_place.of(error))
        return Publication(source, partial(_fail, error))
    functions = {name: each for name, each in members.items() if isfunction(each)}
    if "tidy" in functions:
        return Publication(source, partial(functions["tidy"], source))
    mistakes = [*table_checks.missing_functions(source, functions)]
    if not source.tables:
        mistakes = ["field 'tables' is missing: say how the file is read"]
    if mistakes:
        raise MetadataError(f"{source_files.place(name)}: {mistakes[0]}")
    return Publication(source, partial(declared.tidy, source, functions))


def _fail(error: Exception, _: File) -> Tidy:
    """Fail with each file, as the import of the module did."""
    raise error
