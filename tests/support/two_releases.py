"""Two invented releases under UNODC's name, and a warehouse of them."""

from functools import cache
from pathlib import Path

import pandas as pd

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.harmonised.release_files import Release
from pipelines.lib import paths
from pipelines.sources import File, discover
from pipelines.warehouse import database

QUARANTINE = ("source", "release", "locator", "rule", "column", "found", "message", "row")


def two_releases(
    folder: Path,
    early: pd.DataFrame,
    late: pd.DataFrame,
    kept_out: pd.DataFrame | None = None,
) -> Path:
    """A warehouse of two releases, the earlier one twice; some rows of the later were kept out."""
    releases = (
        ("2023-05-30", early, None),
        ("2025-04-14", early, None),
        ("2025-10-28", late, kept_out),
    )
    for release, rows, out in releases:
        stamped = rows.assign(
            source=pd.Categorical(["int_unodc_glotip"] * len(rows)),
            release=pd.Categorical([release] * len(rows)),
        )
        _store(folder, release, stamped, out)
    Release(folder, "ref_wpp", "2024-07-11").keep(_population(), "")
    return database.build(folder, folder / "tipstat.duckdb")


@cache
def _population() -> Harmonised:
    file = File(paths.raw() / "ref_wpp" / "2024-07-11.csv")
    return harmonise(discover()["ref_wpp"], "2024-07-11", file)


def _store(folder: Path, release: str, rows: pd.DataFrame, kept_out: pd.DataFrame | None) -> None:
    source = "int_unodc_glotip"
    if kept_out is None:
        kept_out = pd.DataFrame(columns=QUARANTINE, dtype="str")
    account = pd.DataFrame(
        [(source, release, outcome, "", len(rows)) for outcome in ("in", "published")],
        columns=["source", "release", "outcome", "reason", "rows"],
    )
    Release(folder, source, release).keep(Harmonised(rows, kept_out, account), "")
