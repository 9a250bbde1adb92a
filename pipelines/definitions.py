"""Dagster: the only module that knows the order. It names, orders and reports; others do the work.

raw → harmonised, once per source → warehouse → pages, extracts → version. Sources are discovered.
The contract and the account of rows are blocking checks; cross-row rules are warnings with counts
and samples.
"""

import os
from pathlib import Path
from typing import Final

import dagster as dg
import pandas as pd

from pipelines import (
    automation,
    fingerprint,
    manifest,
    paths,
    sql_files,
    store,
    verdicts,
    warehouse,
)
from pipelines.exports import FORMS, ExportError
from pipelines.exports import build as exports
from pipelines.harmonise import ACCOUNT, adds_up, contract_errors
from pipelines.lock import alone
from pipelines.site import build as site
from pipelines.sources import Publication, discover
from pipelines.versions import version
from pipelines.versions.publish import publish
from pipelines.versions.version import EXTRACTS as EXTRACTS_FOLDER
from pipelines.versions.version import SITE
from pipelines.versions.version import WAREHOUSE as WAREHOUSE_FILE

WAREHOUSE: Final = dg.AssetKey(["published", "warehouse"])
PAGES: Final = dg.AssetKey(["published", "site"])
EXTRACTS: Final = dg.AssetKey(["published", "extracts"])
VERSION: Final = dg.AssetKey(["published", "version"])


def _raw_asset(publication: Publication) -> dg.AssetSpec:
    """What lies in data/raw: nothing makes it here, it comes by fetching or by hand."""
    source = publication.source
    return dg.AssetSpec(
        key=["raw", source.id],
        group_name="raw",
        kinds={"csv"},
        description=f"{source.title}. {source.publisher}.",
        metadata={"address": dg.MetadataValue.url(source.address), "licence": source.licence.en},
    )


def _check(name: str, faults: list[str]) -> dg.AssetCheckResult:
    """A check that fails with the words of its faults; the run ends with exit code 1."""
    return dg.AssetCheckResult(
        check_name=name, passed=not faults, description="\n".join(faults) or None
    )


def _harmonised_asset(publication: Publication) -> dg.AssetsDefinition:
    source = publication.source
    key = dg.AssetKey(["harmonised", source.id])

    @dg.asset(
        key=key,
        deps=[dg.AssetKey(["raw", source.id])],
        group_name="harmonised",
        kinds={"pandas", "parquet"},
        description=f"Rows of {source.id} that satisfy the contract `{source.contract}`; the "
        "others are in quarantine, with the rule and the place they came from.",
        check_specs=[
            dg.AssetCheckSpec("bytes", asset=key),
            dg.AssetCheckSpec("not_held_back", asset=key),
            dg.AssetCheckSpec("contract", asset=key, blocking=True),
            dg.AssetCheckSpec("account", asset=key, blocking=True),
        ],
    )
    def harmonised() -> dg.MaterializeResult:
        return _harmonise_releases(publication)

    return harmonised


def _harmonise_releases(publication: Publication) -> dg.MaterializeResult:
    """Harmonises the releases of a source, and checks what lies in their files.

    Rows made just now were validated as they were made.
    """
    source = publication.source
    releases = store.releases(paths.harmonised(), source.id)
    made = [release.release for release in releases if store.refresh(publication, release)]
    good = [release for release in releases if not release.held_back]
    accounts = [pd.read_parquet(release.files[2]) for release in good]
    broken = [
        error
        for release in good
        if release.release not in made
        for error in contract_errors(pd.read_parquet(release.files[0]), source.contract)
    ]
    account = pd.concat(accounts) if accounts else pd.DataFrame(columns=ACCOUNT)
    return dg.MaterializeResult(
        metadata={
            "work": f"harmonised {', '.join(made)}" if made else "unchanged, nothing done twice",
            "account": _table(account),
        },
        check_results=[
            _check("bytes", manifest.damaged(manifest.entries(source.id))),
            _check("not_held_back", [each.held_back for each in releases if each.held_back]),
            _check("contract", broken),
            _check(
                "account", [] if all(map(adds_up, accounts)) else [f"{source.id}: rows were lost"]
            ),
        ],
    )


def _table(frame: pd.DataFrame) -> dg.TableMetadataValue | str:
    """A frame as Dagster's interface shows it, which has no word for an empty one."""
    if frame.empty:
        return "none"
    return dg.MetadataValue.table(
        [dg.TableRecord(record) for record in frame.astype(str).to_dict(orient="records")]
    )


@dg.asset(
    key=WAREHOUSE,
    deps=[dg.AssetKey(["harmonised", source]) for source in discover()],
    group_name="published",
    kinds={"duckdb"},
    description="The DuckDB file that statisticians query; every table, view and column is "
    "described in it.",
    check_specs=[
        dg.AssetCheckSpec(rule.fields["id"], asset=WAREHOUSE, description=rule.fields["title"])
        for rule in sql_files.rules()
    ],
)
def published_warehouse() -> dg.MaterializeResult:
    """Builds the warehouse of the next version, unless nothing has changed."""
    file = _place() / WAREHOUSE_FILE
    with alone(paths.published() / ".lock"):
        current = warehouse.is_current(paths.harmonised(), file)
        if not current:
            try:
                warehouse.build(paths.harmonised(), file)
            except warehouse.WarehouseError as refusal:  # its own words say more than a trace
                raise dg.Failure(str(refusal), allow_retries=False) from refusal
    return dg.MaterializeResult(
        metadata={"path": dg.MetadataValue.path(file), "unchanged": current},
        check_results=[_rule_result(said) for said in verdicts.read(file)],
    )


def _place() -> Path:
    """The folder of the version that the inputs give: the current one, or the next."""
    return version.place(store.made_from(paths.harmonised()))


def _rule_result(said: verdicts.Verdicts) -> dg.AssetCheckResult:
    """A warning where a case fails the rule, with counts and samples."""
    sample = {"sample": _table(said.sample)} if len(said.sample) else {}
    return dg.AssetCheckResult(
        check_name=said.rule,
        passed=said.is_fine,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={**said.counts, **sample},
    )


@dg.asset(
    key=PAGES,
    deps=[WAREHOUSE],
    group_name="published",
    kinds={"html", "plotly"},
    description="A page per state and language, to be opened from disk.",
)
def published_site() -> dg.MaterializeResult:
    """Builds the pages of the next version, unless nothing has changed."""
    place, made_from = _place(), store.made_from(paths.harmonised())
    stamp = place / SITE / "fingerprint"
    with alone(paths.published() / ".lock"):
        current = fingerprint.is_on(stamp, made_from)
        if not current:
            site.build(place / WAREHOUSE_FILE, place / SITE)
            fingerprint.put_on(stamp, made_from)
    index = place / SITE / "index.html"
    return dg.MaterializeResult(
        metadata={"index": dg.MetadataValue.path(index), "unchanged": current}
    )


@dg.asset(
    key=EXTRACTS,
    deps=[WAREHOUSE],
    group_name="published",
    kinds={"excel", "parquet"},
    description="SDMX, Parquet, CSV, Excel, a data package and the layout of Open SDG.",
)
def published_extracts() -> dg.MaterializeResult:
    """Makes the extracts of every form of the next version, unless nothing has changed."""
    place = _place()
    try:
        with alone(paths.published() / ".lock"):
            made = exports.build(place / WAREHOUSE_FILE, place / EXTRACTS_FOLDER, FORMS)
    except ExportError as refusal:  # its own words say more than a trace
        raise dg.Failure(str(refusal), allow_retries=False) from refusal
    return dg.MaterializeResult(
        metadata={
            "folder": dg.MetadataValue.path(place / EXTRACTS_FOLDER),
            "files": made.files,
            "unchanged": made.unchanged,
        }
    )


@dg.asset(
    key=VERSION,
    deps=[WAREHOUSE, PAGES, EXTRACTS],
    group_name="published",
    kinds={"json"},
    description="Warehouse, pages and extracts as one immutable version, which readers see from "
    "the moment it is whole. The gate refuses what breaks a contract, an account or a secret.",
)
def published_version() -> dg.MaterializeResult:
    """Publishes the next version, unless nothing has changed."""
    try:
        with alone(paths.published() / ".lock"):
            made = publish(store.made_from(paths.harmonised()))
    except version.VersionError as refusal:
        raise dg.Failure(str(refusal), allow_retries=False) from refusal
    return dg.MaterializeResult(
        metadata={
            "version": made.id,
            "folder": dg.MetadataValue.path(made.folder),
            "figures": made.figures,
            "files": len(made.files),
        }
    )


def _executor() -> dg.ExecutorDefinition:
    """In one process, or in as many as `TIPSTAT_WORKERS` says: each costs the libraries again."""
    workers = int(os.environ.get("TIPSTAT_WORKERS", "1"))
    if workers == 1:
        return dg.in_process_executor
    return dg.multiprocess_executor.configured({"max_concurrent": workers})


defs = dg.Definitions(
    assets=[
        *(_raw_asset(publication) for publication in discover().values()),
        *(_harmonised_asset(publication) for publication in discover().values()),
        published_warehouse,
        published_site,
        published_extracts,
        published_version,
    ],
    jobs=automation.JOBS,
    schedules=automation.SCHEDULES,
    sensors=automation.SENSORS,
    executor=_executor(),
)
