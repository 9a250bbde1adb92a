"""Checksums of inputs, and stamps that show whether outputs are up to date."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipelines.lib import settings
from pipelines.lib.digest import sha256, sha256_of
from pipelines.raw import (
    corrections,
    findings,
    manifest,
    objections,
    questionnaires,
    reviews,
    shipped,
    source_files,
    stated_files,
)

_PACKAGES = ("pipelines", "schemas")
_LIBRARIES = (
    "babel", "duckdb", "jinja2", "orjson", "pandas", "pandera", "pyarrow",
    "python-calamine", "pyyaml", "scipy", "statsmodels", "xlsxwriter",
)  # fmt: skip


def of_code() -> str:
    """Return the checksum of everything that turns inputs into outputs: code, lists, templates."""
    own = (f"{file.name} {sha256(file)}" for file in source_files.own())
    return of_texts(_of_ours(), *own)


@cache
def _of_ours() -> str:
    """Return the checksum of tipstat's own files and of the libraries that figures depend on."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library}=={version(library)};".encode())
    files = (file for name in _PACKAGES for file in (root / name).rglob("*") if file.is_file())
    for file in sorted(files):
        if "__pycache__" not in file.parts and not file.is_relative_to(shipped.IN_WHEEL):
            digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def of_release(entries: Sequence[manifest.RawFile]) -> str:
    """Return two checksums of a release's inputs: of the code, and of what is recorded of it.

    The latter are its files, corrections, review, findings and proof.
    """
    corrected = corrections.entries(entries[0].source, entries[0].release)
    files = (f"{entry.sha256} {entry.publisher_file} {entry.by}" for entry in entries)
    reviewed = reviews.last(entries[0].source, entries[0].release)
    recorded = (*map(repr, corrected), repr(reviewed), *map(_of_files_beside, entries))
    return f"{of_code()} {of_texts(entries[0].release, *files, *recorded)}"


def of_everything() -> str:
    """Return the checksum of the inputs of the warehouse, the pages and the extracts.

    So are the two settings that pages, catalogue and sitemap print: their address and a contact.
    """
    recorded = (
        manifest.entries(),
        corrections.entries(),
        reviews.entries(),
        questionnaires.asked(),
        objections.entries(),
    )
    found = map(_of_files_beside, manifest.entries())
    printed = (settings.base_url(), settings.contact())
    lines = (repr(line) for lines in recorded for line in lines)
    return of_texts(of_code(), *printed, *lines, *found)


def _of_files_beside(entry: manifest.RawFile) -> str:
    """Return the checksums of findings, of an authority's description, and of a certificate."""
    files = (findings.path_of(entry), *stated_files.beside(entry.source, entry.release))
    return " ".join(sha256(file) if file.is_file() else "none" for file in files)


def is_up_to_date(stamp: Path, made_from: str) -> bool:
    """Return whether the outputs beside a stamp were made from inputs with this checksum."""
    return stamp.is_file() and stamp.read_bytes() == made_from.encode()


def write_stamp(stamp: Path, made_from: str) -> None:
    """Write the checksum of the inputs of the outputs beside the stamp, once these are complete."""
    stamp.write_text(made_from, encoding="utf-8")


def of_texts(*parts: str) -> str:
    """Return the checksum of several texts."""
    return sha256_of("\n".join(parts))
