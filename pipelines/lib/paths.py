"""Paths of files and folders; `TIPSTAT_HOME` moves them all at once."""

import os
from pathlib import Path


def home() -> Path:
    """The project folder: `TIPSTAT_HOME`, or else the folder one stands in."""
    return Path(os.environ.get("TIPSTAT_HOME", "") or Path.cwd())


def raw() -> Path:
    """Committed figure tables, one folder a source, and their manifest."""
    return home() / "data" / "raw"


def manifest() -> Path:
    """The list of every raw file: release, publisher, address, licence, checksums."""
    return raw() / "manifest.csv"


def fetched() -> Path:
    """Files as publishers gave them to `tipstat fetch`, and what came of the last attempts."""
    return home() / "data" / "fetched"


def inbox() -> Path:
    """Folder for an authority's new files; what is not recognised goes to `set_aside` in it."""
    return home() / "data" / "inbox"


def corrections() -> Path:
    """Corrections of publishers' errors, each with its reason."""
    return home() / "data" / "corrections.csv"


def reviews() -> Path:
    """Decisions about releases that looked wrong, each with its reason."""
    return home() / "data" / "reviews.csv"


def recalls() -> Path:
    """Record of recalled figures: by whom and why, never the figures."""
    return home() / "data" / "recalls.csv"


def harmonised() -> Path:
    """Parquet files that satisfy the contract, one folder per source and release."""
    return home() / "data" / "harmonised"


def published() -> Path:
    """Published versions, and the link to the current one."""
    return home() / "data" / "published"


def versions() -> Path:
    """Every version that is kept, one folder each."""
    return published() / "versions"


def is_published(path: Path) -> bool:
    """Return whether a path leads into a version, which nobody writes into."""
    return path.resolve().is_relative_to(versions().resolve())


def refuse_published(path: Path) -> None:
    """Refuses to write a file among what is published.

    Raises:
        PermissionError: it would lie in a version.
    """
    if is_published(path):
        raise PermissionError(f"{path}: is among what is published; name a file elsewhere")


def next_version() -> Path:
    """The version that a run is making."""
    return published() / "next"


def current() -> Path:
    """The version that readers see: a link to its folder."""
    return published() / "current"


def rolled_back() -> Path:
    """The checksums of inputs whose version was taken back."""
    return published() / "rolled_back"


def warehouse() -> Path:
    """The DuckDB file that statisticians query: a link into the current version."""
    return home() / "data" / "warehouse" / "tipstat.duckdb"


def site() -> Path:
    """The pages for policymakers: a link into the current version."""
    return published() / "site"


def extracts() -> Path:
    """The figures in the forms that statisticians take away: a link into the current version."""
    return published() / "extracts"


def told_alerts() -> Path:
    """Record of alerts that were sent, and when."""
    return home() / "data" / "alerts" / "told.json"


def lock() -> Path:
    """Held by the run that is under way."""
    return home() / "data" / ".lock"


def source_lock(source: str) -> Path:
    """Held by the step that harmonises a source: Dagster may run several at once."""
    return home() / "data" / ".locks" / source


def dagster_home() -> Path:
    """Dagster's own storage: the history of runs that its web interface shows."""
    return home() / "data" / "dagster"
