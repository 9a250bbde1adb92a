"""Paths of files and folders; `TIPSTAT_HOME` moves them all at once."""

from pathlib import Path

from pipelines.lib import settings


def home() -> Path:
    """Return the project folder: `TIPSTAT_HOME`, or else the current folder."""
    return settings.home()


def raw() -> Path:
    """Return the folder of shipped figure tables, one folder per source, with their manifest."""
    return home() / "data" / "raw"


def manifest() -> Path:
    """Return the list of raw files: release, publisher, address, licence, checksums."""
    return raw() / "manifest.csv"


def known_cases() -> Path:
    """Return the table of failing cases of rules that somebody has looked at."""
    return home() / "data" / "known_cases.csv"


def fetched() -> Path:
    """Return the folder of `tipstat fetch`: files as downloaded, and the state of each source."""
    return home() / "data" / "fetched"


def inbox() -> Path:
    """Return the folder for new files; those that no source recognises go to its `set_aside`."""
    return home() / "data" / "inbox"


def corrections() -> Path:
    """Return the table of corrections of publishers' errors, each with its reason."""
    return home() / "data" / "corrections.csv"


def reviews() -> Path:
    """Return the table of decisions about releases that looked wrong, each with its reason."""
    return home() / "data" / "reviews.csv"


def questionnaires() -> Path:
    """Return the table of the states that were asked to fill in a questionnaire, kept by hand."""
    return home() / "data" / "questionnaires.csv"


def recalls() -> Path:
    """Return the record of recalled figures: by whom and why, never the figures."""
    return home() / "data" / "recalls.csv"


def harmonised() -> Path:
    """Return the folder of Parquet files that satisfy the contract, by source and release."""
    return home() / "data" / "harmonised"


def published() -> Path:
    """Return the folder of published versions and the link to the current one."""
    return home() / "data" / "published"


def versions() -> Path:
    """Return the folder of all published versions, one folder each."""
    return published() / "versions"


def is_published(path: Path) -> bool:
    """Return whether a path is inside a published version; these are never written to."""
    return path.resolve().is_relative_to(versions().resolve())


def refuse_published(path: Path) -> None:
    """Refuse a path inside a published version."""
    if is_published(path):
        raise PermissionError(f"{path}: is inside a published version; name a file elsewhere")


def refuse_existing(path: Path) -> None:
    """Refuse a path for something new at which there is a file or folder."""
    if path.exists():
        raise FileExistsError(f"{path}: exists; name a new {'folder' if path.is_dir() else 'file'}")


def next_version() -> Path:
    """Return the folder of the version that a run is building."""
    return published() / "next"


def current() -> Path:
    """Return the link to the version that readers see."""
    return published() / "current"


def rolled_back() -> Path:
    """Return the list of input checksums whose version was rolled back."""
    return published() / "rolled_back"


def warehouse() -> Path:
    """Return the DuckDB file for statisticians: a link into the current version."""
    return home() / "data" / "warehouse" / "tipstat.duckdb"


def site() -> Path:
    """Return the pages for policymakers: a link into the current version."""
    return published() / "site"


def extracts() -> Path:
    """Return the figures as files for statisticians: a link into the current version."""
    return published() / "extracts"


def sent_alerts() -> Path:
    """Return the record of alerts that were sent, and when."""
    return home() / "data" / "alerts" / "sent.json"


def lock() -> Path:
    """Return the lock held by the run in progress."""
    return home() / "data" / ".lock"


def source_lock(source: str) -> Path:
    """Return the lock held by the step that harmonises a source; several may run at once."""
    return home() / "data" / ".locks" / source


def case_spill() -> Path:
    """Return the folder for what counting case records spills; it is empty between two counts."""
    return home() / "data" / ".case_spill"


def case_lock() -> Path:
    """Return the lock held by the count of case records in progress."""
    return home() / "data" / ".locks" / "cases"


def dagster_home() -> Path:
    """Return Dagster's own storage: the history of runs that its web interface shows."""
    return home() / "data" / "dagster"
