"""Metadata of assets in Dagster's catalogue: descriptions, tags, columns, counts, a preview."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Final

import dagster as dg
import duckdb
import pandas as pd

from pipelines.harmonised import quarantine, release_files
from pipelines.orchestration import review
from pipelines.raw.manifest import RawFile
from pipelines.warehouse import sql_files
from schemas.contract import CONTRACTS
from schemas.source import Source

OWNERS: Final = ["team:statistics"]

_PREVIEW: Final = 5
_QUARANTINED: Final = 20
_NEW: Final = 100
_BAR: Final = 30

Metadata = Mapping[str, dg.MetadataValue | str | int]


def tags(source: Source) -> dict[str, str]:
    """Return the tags by which sources are found: area, contract, how their files are obtained."""
    return {
        "area": source.id.split("_")[0],
        "contract": source.contract,
        "comes": "by_hand" if source.by_hand else "fetched",
    }


def description(source: Source) -> str:
    """Describe a source in Markdown: what it counts, where it is published, its caveats."""
    lines = [
        f"**{source.title}**. {source.publisher}.",
        f"{source.counted.en}.",
        f"Published {source.cadence}: [page]({source.page}), [file]({source.address}). "
        f"Terms: {source.licence.en}.",
        f"Fetch it by hand. {source.by_hand}" if source.by_hand else "",
        "\n".join(f"- {caveat}" for caveat in source.caveats),
    ]
    return "\n\n".join(filter(None, lines))


def columns(contract: str) -> dg.TableSchema:
    """Return the columns of a contract."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name, str(column.dtype), escape(column.description)
            )  # Dagster shows it as Markdown
            for name, column in CONTRACTS[contract].schema.columns.items()
        ]
    )


def of_raw_files(files: Sequence[RawFile]) -> Metadata:
    """Return the metadata of the raw files of a release."""
    return {
        "release": files[0].release,
        "release_day": _moment(files[0].release),
        "retrieved": files[0].retrieved,
        "citation": files[0].citation,
        "dagster/row_count": sum(int(file.rows) for file in files),
        "files": table(
            pd.DataFrame({"file": f.file, "rows": f.rows, "sha256": f.sha256} for f in files)
        ),
    }


def _moment(day: str) -> dg.MetadataValue:
    return dg.MetadataValue.timestamp(datetime.fromisoformat(day).replace(tzinfo=UTC))


def of_release(release: release_files.Release) -> Metadata:
    """Return the metadata of a release: its account of rows."""
    account = pd.read_parquet(release.files.account)
    counts = account.groupby("outcome")["rows"].sum()
    return {
        "dagster/row_count": int(counts.get("published", 0)),
        "release_day": _moment(release.release),
        "quarantined": int(counts.get("quarantined", 0)),
        "account": table(account.drop(columns=["source", "release"])),
        **_of_quarantine([release]),
    }


def of_held_back(release: release_files.Release) -> Metadata:
    """Return the metadata of a release that is held back: why, and how to decide about it.

    That is the proof sheet, the configuration of the job `review_release`, and the command.
    """
    sheet, name = release.proof_sheet, f"{release.source} {release.release}"
    new = pd.read_parquet(sheet) if sheet.is_file() else pd.DataFrame()
    return {
        "held_back": release.held_back,
        "proof_sheet": table(new.head(_NEW)),
        "new_figures": len(new),
        "review_release": dg.MetadataValue.md(
            f"```yaml\n{review.ready(release.source, release.release)}```"
        ),
        "terminal": f"tipstat review {name} --accept --reason '' --by ''",
    }


def _of_quarantine(releases: Sequence[release_files.Release]) -> Metadata:
    """Return the metadata of quarantined rows: counts by rule, the first rows, files of all."""
    found = quarantine.read_quarantine(release_files.quarantine_files(releases))
    files = [release.quarantine_csv for release in releases if release.quarantine_csv.is_file()]
    return {
        "quarantined_by_rule": table(quarantine.by_rule(found).drop(columns="source")),
        "quarantine": table(found.drop(columns="source").head(_QUARANTINED)),
        **{f"quarantine_{file.parent.name}": dg.MetadataValue.path(file) for file in files},
    }


def of_releases(releases: Sequence[release_files.Release], account: pd.DataFrame) -> Metadata:
    """Return the metadata of a source: releases, account of rows, and a preview of the newest."""
    good = [release for release in releases if not release.held_back]
    newest = pd.read_parquet(good[-1].files.rows) if good else pd.DataFrame()
    counts = account.groupby("outcome")["rows"].sum()
    by_release = account.groupby(["release", "outcome"])["rows"].sum().to_dict()
    outcomes = ("in", "published", "quarantined", "set_aside")
    lines = [
        {
            "release": each.release,
            "state": f"held back: {each.held_back}" if each.held_back else "taken",
            **{outcome: by_release.get((each.release, outcome), 0) for outcome in outcomes},
        }
        for each in sorted(releases, key=lambda release: release.release, reverse=True)
    ]
    return {
        "releases": table(pd.DataFrame(lines)),
        "held_back": len(releases) - len(good),
        "quarantined": int(counts.get("quarantined", 0)),
        "account": table(account.drop(columns="source")),
        **_of_quarantine(releases),
        "dagster/row_count": int(counts.get("published", 0)),
        "rows_by_year": dg.MetadataValue.md(_bars(newest)),
        "preview": table(newest.head(_PREVIEW)),
    }


def _bars(rows: pd.DataFrame) -> str:
    """Return the number of rows of each year as a table with bars; Dagster shows no images."""
    if rows.empty:
        return "none"
    years = rows["time_period"].astype(str).str[:4].value_counts().sort_index()
    lines = [
        f"| {year} | {count:,} | {'█' * max(1, round(_BAR * count / years.max()))} |"
        for year, count in years.items()
    ]
    return "\n".join(["| year | rows | |", "|---|--:|:--|", *lines])


def warehouse_metadata(file: Path) -> Metadata:
    """Return the tables of the warehouse with their numbers of rows, and how much it has to tell.

    That is the numbers of views, answers, sentences, and remarks by severity.
    """
    with duckdb.connect(file, read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name as \"table\", estimated_size as rows "
            "from duckdb_tables() order by all"
        ).df()
        [(views,)] = connection.execute(
            "select count(*) from duckdb_views() where not internal"
        ).fetchall()
        told = dict(connection.execute(sql_files.query("told")).fetchall())
    return {"tables": table(tables), "views": views, **told}


def table(frame: pd.DataFrame) -> dg.TableMetadataValue | str:
    """Return a frame as a table of Dagster's interface, or "none" if it is empty."""
    if frame.empty:
        return "none"
    return dg.MetadataValue.table(
        [
            dg.TableRecord({name: "" if pd.isna(cell) else str(cell) for name, cell in row.items()})
            for row in frame.to_dict(orient="records")
        ]
    )
