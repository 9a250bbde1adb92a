"""Paths of files and folders; `TIPSTAT_HOME` moves them all at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pipelines.lib import settings


def home() -> Path:
    """Return the project folder: `TIPSTAT_HOME`, or else the current folder."""
    return settings.home()


def _below(place: str) -> Callable[[], Path]:
    """Return a function that finds a path below the project folder of the moment."""
    return lambda: home() / place


raw: Final = _below("data/raw")
"""Folder of shipped figure tables, one folder per source, with their manifest."""

manifest: Final = _below("data/raw/manifest.csv")
"""List of raw files: release, publisher, address, licence, checksums."""

known_cases: Final = _below("data/known_cases.csv")
"""Table of failing cases of rules that somebody has looked at."""

own_sources: Final = _below("sources")
"""Folder of the sources that a project has beside those of tipstat."""

fetched: Final = _below("data/fetched")
"""Folder of `tipstat fetch`: files as downloaded, and the state of each source."""

inbox: Final = _below("data/inbox")
"""Folder for new files; those that no source recognises go to its `set_aside`."""

corrections: Final = _below("data/corrections.csv")
"""Table of corrections of publishers' errors, each with its reason."""

reviews: Final = _below("data/reviews.csv")
"""Table of decisions about releases that looked wrong, each with its reason."""

questionnaires: Final = _below("data/questionnaires.csv")
"""Table of the states that were asked to fill in a questionnaire, kept by hand."""

objections: Final = _below("data/objections.csv")
"""Table of what states answer to statements about them, kept by hand."""

kept: Final = _below("data/kept.csv")
"""Table of published versions that are kept for good, each with its reason."""

recalls: Final = _below("data/recalls.csv")
"""Record of recalled figures: by whom and why, never the figures."""

harmonised: Final = _below("data/harmonised")
"""Folder of Parquet files that satisfy the contract, by source and release."""

published: Final = _below("data/published")
"""Folder of published versions and the link to the current one."""

versions: Final = _below("data/published/versions")
"""Folder of all published versions, one folder each."""

next_version: Final = _below("data/published/next")
"""Folder of the version that a run is building."""

current: Final = _below("data/published/current")
"""Link to the version that readers see."""

rolled_back: Final = _below("data/published/rolled_back")
"""List of input checksums whose version was rolled back."""

warehouse: Final = _below("data/warehouse/tipstat.duckdb")
"""DuckDB file for statisticians: a link into the current version."""

site: Final = _below("data/published/site")
"""Pages for policymakers: a link into the current version."""

extracts: Final = _below("data/published/extracts")
"""Figures as files for statisticians: a link into the current version."""

sent_alerts: Final = _below("data/alerts/sent.json")
"""Record of alerts that were sent, and when."""

lock: Final = _below("data/.lock")
"""Lock held by the run in progress."""

case_spill: Final = _below("data/.case_spill")
"""Folder for what counting case records spills; it is empty between two counts."""

case_lock: Final = _below("data/.locks/cases")
"""Lock held by the count of case records in progress."""

dagster_home: Final = _below("data/dagster")
"""Dagster's own storage: the history of runs that its web interface shows."""


def refuse_no_project() -> None:
    """Refuse a current folder that is no project, unless `TIPSTAT_HOME` names one.

    Raises:
        SettingError: the folder has no `data/raw/manifest.csv`.
    """
    if not settings.names_home() and not manifest().is_file():
        raise settings.SettingError(
            f"{home()}: this folder is no tipstat project: go to one, set TIPSTAT_HOME to it, or "
            "make one with 'tipstat init FOLDER'"
        )


def source_lock(source: str) -> Path:
    """Return the lock held by the step that harmonises a source; several may run at once."""
    return home() / "data" / ".locks" / source


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
