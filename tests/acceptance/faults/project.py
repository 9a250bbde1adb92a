"""A small project, and its runs by Dagster's graph."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import dagster as dg
import fsspec.implementations.local  # noqa: F401  # what a run imports late, every child has at once
import hypothesis.extra.pandas  # noqa: F401
import scipy.stats  # noqa: F401
import short_runs
import statsmodels.genmod.generalized_linear_model  # noqa: F401

from faults.laboratory import ROOT
from pipelines.definitions import defs
from pipelines.lib import paths
from pipelines.orchestration import failures, schedules
from pipelines.published.versions import checksum, status, version
from pipelines.published.versions.publish import KEEP
from pipelines.questionnaire import checks_as_data
from pipelines.raw import fingerprint, shipped
from pipelines.warehouse import declarations, sql_files
from pipelines.words import interface_text
from schemas import codelists

_QUIET: Final = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

# What is read once in each process; no DuckDB, whose threads no fork has.
fingerprint.of_code()
checks_as_data.data()
declarations.every()
for _code in codelists.LANGUAGES:
    interface_text.language(_code)
sql_files.folder("harmonised", "judged", "published")
sql_files.folder("harmonised")
sql_files.rules()
for _name in codelists.NAMES:
    codelists.whole(_name)
dg.DagsterInstance.ephemeral().dispose()
_JOB: Final = defs.resolve_job_def(schedules.publish_job.name)


def lay(home: Path, sources: tuple[str, ...]) -> None:
    """Give a project the shipped raw files of some sources, and no others."""
    raw = home / "data" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        shipped.copy_shipped(ROOT, Path(folder))
        whole = Path(folder) / "data" / "raw"
        lines = (whole / "manifest.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.split(",")[0] in ("source", *sources)]
        (raw / "manifest.csv").write_text("".join(kept), encoding="utf-8")
        for source in sources:
            shutil.copytree(whole / source, raw / source, dirs_exist_ok=True)


def enter(home: Path) -> None:
    """Make this process work in a project, alone, one page and one form of extract a run."""
    short_runs.shorten()
    os.environ["TIPSTAT_WORKERS"] = "1"  # faults are put into this process
    os.environ["TIPSTAT_HOME"] = str(home)


def run(*stages: str) -> str:
    """Run some stages, or all of them; return what failed, "" if nothing did.

    Sources without raw files are left out: their steps would find nothing to do.
    """
    keys = [
        key
        for key in _JOB.asset_layer.executable_asset_keys
        if (not stages or _stage(key) in stages) and _has_something_to_do(key)
    ]
    with dg.DagsterInstance.ephemeral() as history:
        result = _JOB.execute_in_process(
            instance=history, raise_on_error=False, asset_selection=keys, run_config=_QUIET
        )
    return "\n".join(failures.of_run(result))


def run_if_needed() -> str:
    """Run all stages as `tipstat run` does: not if nothing changed, or it was rolled back."""
    status.repair()
    return "" if status.nothing_changed() or status.is_rolled_back() else run()


def _has_something_to_do(key: dg.AssetKey) -> bool:
    return key.path[0] != "harmonised" or (paths.home() / "data" / "raw" / key.path[1]).is_dir()


def _stage(key: dg.AssetKey) -> str:
    return key.path[0] if key.path[0] == "harmonised" else key.path[1]


def age() -> None:
    """Add as many old versions as are kept, so that the next publication removes one."""
    for day in range(1, KEEP + 1):
        identity = f"2000-01-{day:02}T000000.000Z"
        old = version.Version(identity, "2000-01-01", identity, 0, {})
        (old.folder / "site").mkdir(parents=True)
        for name in ("index.html", "more.html"):
            (old.folder / "site" / name).write_text(f"{name} {day}", encoding="utf-8")
        files = checksum.of_files(old.folder)
        version.Version(identity, "2000-01-01", identity, 0, files).write(old.folder)


def published() -> str:
    """Return the id of the version that readers see; "" if there is none."""
    now = version.current()
    return now.id if now else ""
