"""Metadata of assets in Dagster's catalogue: words, tags, links, columns, counts, a preview."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Final

import dagster as dg
import duckdb
import pandas as pd
from dagster._core.events import StepMaterializationData

from pipelines.harmonised import release_files
from pipelines.raw import manifest
from pipelines.raw.manifest import RawFile
from schemas.contract import CONTRACTS
from schemas.source import Source

OWNERS: Final = ["team:statistics"]

CHECKS: Final = {
    "bytes": "Each raw file has the bytes that its line in the manifest says.",
    "not_held_back": "No release is held back; of one that is, the earlier release stands.",
    "contract": "Every row satisfies the common schema (docs/data-dictionary.md).",
    "account": "Rows in = published + quarantined + set aside by a named filter.",
}
"""What is checked of a harmonised source, by name."""

_PREVIEW: Final = 5
_BAR: Final = 30

Metadata = Mapping[str, dg.MetadataValue | str | int]


def tags(source: Source) -> dict[str, str]:
    """By what sources are found: whose they are, what they hold, how they come."""
    return {
        "area": source.id.split("_")[0],
        "contract": source.contract,
        "comes": "by_hand" if source.by_hand else "fetched",
    }


def words(source: Source) -> str:
    """A source in markdown: what it counts, where it comes from, what a reader must know."""
    lines = [
        f"**{source.title}**. {source.publisher}.",
        f"{source.counted.en}.",
        f"Published {source.cadence}: [page]({source.page}), [file]({source.address}). "
        f"Terms: {source.licence.en}.",
        f"To be fetched by hand. {source.by_hand}" if source.by_hand else "",
        "\n".join(f"- {caveat}" for caveat in source.caveats),
    ]
    return "\n\n".join(filter(None, lines))


def freshness(source: Source) -> dg.FreshnessPolicy:
    """A warning once a newer release is usual, a failure after twice that time."""
    usual = timedelta(days=source.cadence_days)
    return dg.FreshnessPolicy.time_window(warn_window=usual, fail_window=2 * usual)


def columns(contract: str) -> dg.TableSchema:
    """The columns that a contract asks for."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name, str(column.dtype), escape(column.description))  # it is markdown
            for name, column in CONTRACTS[contract].schema.columns.items()
        ]
    )


def note_release(instance: dg.DagsterInstance, source: Source) -> None:
    """Enters the newest release in the history of the raw files, at the day it is of.

    Freshness counts from there. Dagster's own way of reporting an asset knows no day but today,
    on which each source of a new installation would be fresh.
    """
    key, entries = dg.AssetKey(["raw", source.id]), manifest.entries(source.id)
    if not entries:
        return
    newest = [entry for entry in entries if entry.release == entries[-1].release]
    moment = datetime.fromisoformat(newest[0].release).replace(tzinfo=UTC).timestamp()
    known = instance.get_latest_materialization_event(key)
    if known is None or known.timestamp != moment:
        entered = dg.AssetMaterialization(key, metadata=_raw_files(newest))
        event = dg.DagsterEvent(
            dg.DagsterEventType.ASSET_MATERIALIZATION.value,
            job_name="",
            event_specific_data=StepMaterializationData(entered),
        )
        instance.report_dagster_event(event, run_id="", timestamp=moment)


def _raw_files(files: Sequence[RawFile]) -> Metadata:
    return {
        "release": files[0].release,
        "retrieved": files[0].retrieved,
        "citation": files[0].citation,
        "dagster/row_count": sum(int(file.rows) for file in files),
        "files": table(
            pd.DataFrame({"file": f.file, "rows": f.rows, "sha256": f.sha256} for f in files)
        ),
    }


def of_releases(releases: Sequence[release_files.Release], account: pd.DataFrame) -> Metadata:
    """Return the metadata of a source: its releases, its account, and a look at the newest rows."""
    good = [release for release in releases if not release.held_back]
    counts = account.groupby("outcome")["rows"].sum()
    newest = pd.read_parquet(good[-1].files[0]) if good else pd.DataFrame()
    return {
        "releases": table(pd.DataFrame(_releases(releases, account))),
        "held_back": len(releases) - len(good),
        "quarantined": int(counts.get("quarantined", 0)),
        "account": table(account),
        "dagster/row_count": len(newest),
        "rows_by_year": dg.MetadataValue.md(_bars(newest)),
        "preview": table(newest.head(_PREVIEW)),
    }


def _releases(
    releases: Iterable[release_files.Release], account: pd.DataFrame
) -> Iterator[dict[str, object]]:
    """A line per release, the newest first."""
    counts = account.groupby(["release", "outcome"])["rows"].sum().to_dict()
    for each in sorted(releases, key=lambda release: release.release, reverse=True):
        outcomes = ("in", "published", "quarantined", "set_aside")
        yield {
            "release": each.release,
            "state": f"held back: {each.held_back}" if each.held_back else "taken",
            **{outcome: counts.get((each.release, outcome), 0) for outcome in outcomes},
        }


def _bars(rows: pd.DataFrame) -> str:
    """Count how many rows each year has, as a table with bars: Dagster shows no drawn image."""
    if rows.empty:
        return "none"
    years = rows["time_period"].astype(str).str[:4].value_counts().sort_index()
    lines = [
        f"| {year} | {count:,} | {'█' * max(1, round(_BAR * count / years.max()))} |"
        for year, count in years.items()
    ]
    return "\n".join(["| year | rows | |", "|---|--:|:--|", *lines])


def of_warehouse(file: Path) -> Metadata:
    """Return the number of rows of each table of the warehouse."""
    with duckdb.connect(file, read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name as \"table\", estimated_size as rows "
            "from duckdb_tables() order by all"
        ).df()
        [(views,)] = connection.execute(
            "select count(*) from duckdb_views() where not internal"
        ).fetchall()
    return {"tables": table(tables), "views": views}


def table(frame: pd.DataFrame) -> dg.TableMetadataValue | str:
    """A frame as Dagster's interface shows it, which has no word for an empty one."""
    if frame.empty:
        return "none"
    shown = frame.astype(object).where(frame.notna(), "").astype(str)
    return dg.MetadataValue.table(
        [dg.TableRecord(record) for record in shown.to_dict(orient="records")]
    )
