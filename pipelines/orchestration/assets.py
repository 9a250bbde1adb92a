"""Dagster: the only module that knows the order. It names, orders and reports; others do the work.

raw → harmonised, once per source → warehouse → pages, extracts → version. Sources are discovered.
The contract and the account of rows are blocking checks; cross-row rules are warnings with counts
and samples.

Releases are no partitions of these assets. A step makes all releases of its source that were not
made from just these inputs: a past release that is added, corrected or accepted is filled in by the
next run, the others are not touched. They are partitions of a job that makes them again
(pipelines/orchestration/backfill.py).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import dagster as dg
import duckdb
import pandas as pd

from pipelines.harmonised import refresh, release_files
from pipelines.harmonised.contract_check import contract_errors
from pipelines.harmonised.row_account import ACCOUNT, adds_up
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.orchestration import asset_metadata, automation, backfill
from pipelines.published.extracts import FORMS, ExportError, are_current
from pipelines.published.extracts.build import build_extracts
from pipelines.published.site.build import build_site
from pipelines.published.versions import gate, version
from pipelines.published.versions.publish import publish
from pipelines.published.versions.version import EXTRACTS as EXTRACTS_FOLDER
from pipelines.published.versions.version import SITE
from pipelines.published.versions.version import WAREHOUSE as WAREHOUSE_FILE
from pipelines.raw import fingerprint, manifest
from pipelines.sources import Publication, discover
from pipelines.warehouse import database, rule_results, sql_files

WAREHOUSE: Final = dg.AssetKey(["published", "warehouse"])
PAGES: Final = dg.AssetKey(["published", "site"])
EXTRACTS: Final = dg.AssetKey(["published", "extracts"])
VERSION: Final = dg.AssetKey(["published", "version"])
_BLOCKING: Final = ("contract", "account")

_log = dg.get_dagster_logger()


def _raw_asset(publication: Publication) -> dg.AssetSpec:
    """Return the external asset of a source's files in data/raw."""
    source = publication.source
    return dg.AssetSpec(
        key=["raw", source.id],
        group_name="raw",
        owners=asset_metadata.OWNERS,
        kinds={"csv"},
        tags=asset_metadata.tags(source),
        description=asset_metadata.words(source),
        metadata={"page": dg.MetadataValue.url(source.page), "licence": source.licence.en},
        freshness_policy=asset_metadata.freshness(source),
    )


def _check(name: str, faults: list[str]) -> dg.AssetCheckResult:
    """A check that fails with the words of its faults; the run ends with exit code 1."""
    said = "\n".join(faults) or None
    return dg.AssetCheckResult(check_name=name, passed=not faults, description=said)


def _harmonised_asset(publication: Publication) -> dg.AssetsDefinition:
    source = publication.source
    key = dg.AssetKey(["harmonised", source.id])

    @dg.asset(
        key=key,
        deps=[dg.AssetKey(["raw", source.id])],
        group_name="harmonised",
        owners=asset_metadata.OWNERS,
        kinds={"pandas", "parquet"},
        tags=asset_metadata.tags(source),
        description=f"Rows of *{source.title}* that satisfy the contract `{source.contract}`; the "
        "others are in quarantine, with the rule and the place they came from.",
        metadata={
            "page": dg.MetadataValue.url(source.page),
            "dagster/column_schema": asset_metadata.columns(source.contract),
        },
        check_specs=[
            dg.AssetCheckSpec(name, asset=key, description=said, blocking=name in _BLOCKING)
            for name, said in asset_metadata.CHECKS.items()
        ],
    )
    def harmonised(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        asset_metadata.note_release(context.instance, source)
        backfill.note_releases(context.instance, source.id)
        with _in_a_line(f"harmonised/{source.id}"), alone(paths.source_lock(source.id), _log.info):
            return _harmonise_releases(publication)

    return harmonised


def _harmonise_releases(publication: Publication) -> dg.MaterializeResult:
    """Harmonises the releases of a source, and checks what lies in their files.

    Rows made just now were validated as they were made.
    """
    source = publication.source
    releases = release_files.releases(paths.harmonised(), source.id)
    made = [
        release.release
        for release in release_files.by_arrival(releases)
        if refresh.refresh(publication, release)
    ]
    good = [release for release in releases if not release.held_back]
    accounts = [pd.read_parquet(release.files[2]) for release in good]
    broken = [
        error
        for release in good
        if release.release not in made
        for error in contract_errors(pd.read_parquet(release.files[0]), source.contract)
    ]
    account = pd.concat(accounts) if accounts else pd.DataFrame(columns=ACCOUNT)
    lost = [] if all(map(adds_up, accounts)) else [f"{source.id}: rows were lost"]
    return dg.MaterializeResult(
        metadata={
            "work": f"harmonised {', '.join(made)}" if made else "unchanged, nothing done twice",
            **asset_metadata.of_releases(releases, account),
        },
        check_results=[
            _check("bytes", manifest.damaged(manifest.entries(source.id))),
            _check("not_held_back", [each.held_back for each in releases if each.held_back]),
            _check("contract", broken),
            _check("account", lost),
        ],
    )


@contextmanager
def _in_a_line(stage: str) -> Iterator[None]:
    """Ends a step that is refused, or cannot write, in a line that says more than a trace."""
    try:
        yield
    except (database.WarehouseError, ExportError, version.VersionError) as refusal:
        raise dg.Failure(str(refusal), allow_retries=False) from refusal
    except (OSError, duckdb.OperationalError) as error:
        said = " ".join(str(error).split())
        raise dg.Failure(
            f"{stage}: cannot read or write ({said}); readers keep what they see: free some space "
            f"in {paths.home()}, or let tipstat write there, and run again",
            allow_retries=False,
        ) from error


@contextmanager
def _place(stage: str) -> Iterator[Path]:
    """The folder of the version that the inputs give, the current one or the next, held alone."""
    with _in_a_line(f"published/{stage}"), alone(paths.published() / ".lock", _log.info):
        yield gate.place(release_files.made_from(paths.harmonised()))


@dg.asset(
    key=WAREHOUSE,
    deps=[dg.AssetKey(["harmonised", source]) for source in discover()],
    group_name="published",
    owners=asset_metadata.OWNERS,
    kinds={"duckdb"},
    description="The DuckDB file that statisticians query; every table, view and column is "
    "described in it. Each rule between rows is a check: `tipstat query` shows all its cases.",
    check_specs=[
        dg.AssetCheckSpec(rule.name, asset=WAREHOUSE, description=rule.fields["title"])
        for rule in sql_files.rules()
    ],
)
def published_warehouse() -> dg.MaterializeResult:
    """Builds the warehouse of the next version, unless nothing has changed."""
    with _place("warehouse") as place:
        file = place / WAREHOUSE_FILE
        current = database.is_current(paths.harmonised(), file)
        if not current:
            database.build(paths.harmonised(), file)
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(file),
                "unchanged": current,
                **asset_metadata.of_warehouse(file),
            },
            check_results=[_rule_result(verdicts) for verdicts in rule_results.read(file)],
        )


def _rule_result(verdicts: rule_results.Verdicts) -> dg.AssetCheckResult:
    """A warning where a case fails the rule, with counts and samples.

    Dagster has no severity below a warning, and "passed" is what its lists and alerts go by: a rule
    that is for reading has not passed either where it found something, and its words say so.
    """
    sample = {"sample": asset_metadata.table(verdicts.sample)} if len(verdicts.sample) else {}
    return dg.AssetCheckResult(
        check_name=verdicts.rule,
        passed=not verdicts.found,
        severity=dg.AssetCheckSeverity.WARN,
        description=verdicts.summary,
        metadata={"severity": verdicts.severity, **verdicts.counts, **sample},
    )


@dg.asset(
    key=PAGES,
    deps=[WAREHOUSE],
    group_name="published",
    owners=asset_metadata.OWNERS,
    kinds={"html", "plotly"},
    description="The pages for policymakers, in each language, to be opened from disk.",
)
def published_site() -> dg.MaterializeResult:
    """Builds the pages of the next version, unless nothing has changed."""
    with _place("site") as place:
        stamp, made_from = place / SITE / "fingerprint", release_files.made_from(paths.harmonised())
        current = fingerprint.is_up_to_date(stamp, made_from)
        if not current:
            build_site(place / WAREHOUSE_FILE, place / SITE)
            fingerprint.write_stamp(stamp, made_from)
        return dg.MaterializeResult(
            metadata={
                "index": dg.MetadataValue.path(place / SITE / "index.html"),
                "pages": sum(1 for _ in (place / SITE).rglob("*.html")),
                "unchanged": current,
            }
        )


@dg.asset(
    key=EXTRACTS,
    deps=[WAREHOUSE],
    group_name="published",
    owners=asset_metadata.OWNERS,
    kinds={"excel", "parquet"},
    description="SDMX, Parquet, CSV, Excel, a data package and the layout of Open SDG.",
)
def published_extracts() -> dg.MaterializeResult:
    """Makes the extracts of every form of the next version, unless nothing has changed."""
    with _place("extracts") as place:
        folder = place / EXTRACTS_FOLDER
        current = are_current(folder, release_files.made_from(paths.harmonised()))
        if not current:
            build_extracts(place / WAREHOUSE_FILE, folder, FORMS)
        return dg.MaterializeResult(
            metadata={
                "folder": dg.MetadataValue.path(folder),
                "files": sum(file.is_file() for file in folder.rglob("*")),
                "unchanged": current,
            }
        )


@dg.asset(
    key=VERSION,
    deps=[WAREHOUSE, PAGES, EXTRACTS],
    group_name="published",
    owners=asset_metadata.OWNERS,
    kinds={"json"},
    description="Warehouse, pages and extracts as one immutable version, which readers see from "
    "the moment it is whole. The gate refuses what breaks a contract, an account or a secret.",
)
def published_version(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Publishes the next version, unless nothing has changed."""
    with _place("version"):
        made = publish(release_files.made_from(paths.harmonised()))
    context.instance.add_run_tags(context.run.run_id, {"tipstat/version": made.id})
    return dg.MaterializeResult(
        metadata={
            "version": made.id,
            "published": made.published,
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
    fork = {"forkserver": {"preload_modules": ["pipelines.orchestration.assets"]}}
    return dg.multiprocess_executor.configured({"max_concurrent": workers, "start_method": fork})


defs = dg.Definitions(
    assets=[
        *map(_raw_asset, discover().values()),
        *map(_harmonised_asset, discover().values()),
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
