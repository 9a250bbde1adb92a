"""Whether a thing was already made from the very same inputs, and need not be made again."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipelines.raw import corrections, findings, manifest, reviews

_PACKAGES = ("pipelines", "schemas")
_LIBRARIES = (
    "babel", "duckdb", "jinja2", "orjson", "pandas", "pandera", "plotly", "pyarrow",
    "python-calamine", "pyyaml", "scipy", "statsmodels", "xlsxwriter",
)  # fmt: skip


@cache
def of_code() -> str:
    """Checksum of all that turns inputs into outputs: code, code lists, rules, templates."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library}=={version(library)};".encode())
    files = (file for name in _PACKAGES for file in (root / name).rglob("*") if file.is_file())
    for file in sorted(files):
        if "__pycache__" not in file.parts:
            digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def of_release(entries: Sequence[manifest.RawFile]) -> str:
    """Checksum of what a harmonised release is made from: its files, and what is corrected."""
    corrected = corrections.entries(entries[0].source, entries[0].release)
    files = (f"{entry.sha256} {entry.publisher_file}" for entry in entries)
    reviewed = reviews.last(entries[0].source, entries[0].release)
    decided = (*map(repr, corrected), repr(reviewed), *map(_of_findings, entries))
    return joined(of_code(), entries[0].release, *files, *decided)


def of_everything() -> str:
    """Checksum of what the warehouse, the pages and the extracts are made from."""
    decided = (manifest.entries(), corrections.entries(), reviews.entries())
    found = map(_of_findings, manifest.entries())
    return joined(of_code(), *(repr(line) for lines in decided for line in lines), *found)


def _of_findings(entry: manifest.RawFile) -> str:
    """Checksum of what was found in a raw file; "" if it was not examined."""
    path = findings.path_of(entry)
    return manifest.sha256(path) if path.is_file() else ""


def is_on(stamp: Path, made_from: str) -> bool:
    """Return whether a stamp says that what lies beside it was made from the same."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == made_from


def put_on(stamp: Path, made_from: str) -> None:
    """Says what the things beside the stamp were made from, once they are whole."""
    stamp.write_text(made_from, encoding="utf-8")


def joined(*parts: str) -> str:
    """Checksum of several texts."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
