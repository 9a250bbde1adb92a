"""Assets: they name, order and report the stages; other folders do the work.

raw → releases → harmonised, once per source → warehouse → pages, extracts → version. Sources are
discovered. The contract and the account of rows are blocking checks; rules between rows are
warnings.

Releases are not partitions of the harmonised assets. A step makes all releases of its source whose
inputs changed: a past release that is added, corrected or accepted follows with the next run, and
the others are not touched. It reports them to the asset `releases/<source>`, where each release is
a partition.
"""

from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import dagster as dg
import duckdb
import pandas as pd

from pipelines.harmonised import refresh, release_files
from pipelines.harmonised.row_account import ACCOUNT
from pipelines.lib import error_place, paths, progress
from pipelines.lib.lock import alone
from pipelines.orchestration import (
    asset_metadata,
    checks,
    processes,
    raw_assets,
    release_assets,
)
from pipelines.orchestration.resources import Pages
from pipelines.published.extracts import FORMS, ExportError, are_current
from pipelines.published.extracts.build import build_extracts
from pipelines.published.images import cards
from pipelines.published.site.build import build_site
from pipelines.published.versions import complete, version
from pipelines.published.versions.publish import publish
from pipelines.published.versions.version import EXTRACTS as EXTRACTS_FOLDER
from pipelines.published.versions.version import SITE
from pipelines.published.versions.version import WAREHOUSE as WAREHOUSE_FILE
from pipelines.raw import fingerprint, manifest
from pipelines.sources import Publication, discover, refuse_without_module
from pipelines.warehouse import database, rule_results, stamp

WAREHOUSE: Final = dg.AssetKey(["published", "warehouse"])
PAGES: Final = dg.AssetKey(["published", "site"])
EXTRACTS: Final = dg.AssetKey(["published", "extracts"])
VERSION: Final = dg.AssetKey(["published", "version"])

PUBLISHED: Final = (WAREHOUSE, PAGES, EXTRACTS, VERSION)
"""The assets that are made of all sources."""

_log = dg.get_dagster_logger()


def harmonised_key(source: str) -> dg.AssetKey:
    """Return the key of the asset of a source's rows in our codes."""
    return dg.AssetKey(["harmonised", source])


def _harmonised_spec(publication: Publication) -> dg.AssetSpec:
    """Describe the asset of a source's rows in our codes."""
    source = publication.source
    return dg.AssetSpec(
        key=harmonised_key(source.id),
        deps=[release_assets.key(source.id)],
        group_name="harmonised",
        owners=asset_metadata.OWNERS,
        kinds={"pandas", "parquet"},
        tags=asset_metadata.tags(source),
        description=f"Rows of *{source.title}* that satisfy the contract `{source.contract}`. The "
        "others are in quarantine, each with the rule it breaks and its row in the publisher's "
        "file.",
        metadata={
            "page": dg.MetadataValue.url(source.page),
            "dagster/column_schema": asset_metadata.columns(source.contract),
        },
    )


@dg.multi_asset(
    specs=[_harmonised_spec(publication) for publication in discover().values()],
    check_specs=[
        spec for source in discover() for spec in checks.source_specs(harmonised_key(source))
    ],
    can_subset=True,
)
def harmonised(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    """Harmonise the releases whose inputs changed, of several sources at once."""
    selected = (
        source for source in discover() if harmonised_key(source) in context.selected_asset_keys
    )
    # The longest work first, or it would be left to one process in the end.
    sources = sorted(selected, key=lambda each: len(manifest.entries(each)), reverse=True)
    with _one_line_failures("harmonised"):
        refuse_without_module()
    changed = release_files.changed(paths.harmonised())
    with processes.executor(processes.count(changed)) as executor:
        made = {
            source: executor.submit(refresh.refresh_locked, discover()[source])
            for source in sources
        }
        for place, (source, days) in enumerate(made.items(), start=1):
            progress.report(f"{source}, {place} of {len(made)}")
            with _one_line_failures(f"harmonised/{source}"):
                yield _harmonised_result(context, discover()[source], days.result())


def _harmonised_result(
    context: dg.AssetExecutionContext, publication: Publication, made: list[str]
) -> dg.MaterializeResult:
    """Report and check the releases of a source, some of which this run made."""
    source = publication.source
    key = harmonised_key(source.id)
    releases = release_files.releases(paths.harmonised(), source.id)
    release_assets.report(context, releases, made)
    accounts = [
        pd.read_parquet(release.files.account) for release in releases if not release.held_back
    ]
    account = pd.concat(accounts) if accounts else pd.DataFrame(columns=ACCOUNT)
    return dg.MaterializeResult(
        asset_key=key,
        metadata={
            "work": f"harmonised {', '.join(made)}" if made else "unchanged, nothing to do",
            **asset_metadata.of_releases(releases, account),
        },
        check_results=checks.source_results(key, source, releases, accounts, made),
    )


@contextmanager
def _one_line_failures(stage: str) -> Iterator[None]:
    """Turn a refusal, or a disk that cannot be read or written, into a failure of one line."""
    try:
        yield
    except (database.WarehouseError, ExportError, version.VersionError) as refusal:
        raise dg.Failure(str(refusal), allow_retries=False) from refusal
    except (BrokenProcessPool, MemoryError) as error:
        raise dg.Failure(
            f"{stage}: a process was killed, or there was no memory left; readers keep what they "
            "see: free some memory, or set TIPSTAT_WORKERS=1, and run again",
            allow_retries=False,
        ) from error
    except (OSError, duckdb.OperationalError) as error:
        reason = " ".join(str(error).split())
        raise dg.Failure(
            f"{stage}: cannot read or write ({reason}); readers keep what they see: free some "
            f"space in {paths.home()}, or let tipstat write there, and run again",
            allow_retries=False,
        ) from error
    except dg.Failure:
        raise
    except Exception as error:
        reason, place = " ".join(str(error).split()), error_place.of(error)
        kind = type(error).__name__
        raise dg.Failure(f"{stage}: {kind}: {reason} ({place})", allow_retries=False) from error


@contextmanager
def _version_folder(stage: str) -> Iterator[Path]:
    """Lock and yield the folder of the version these inputs give: the current one or the next."""
    lock = paths.published() / ".lock"
    with _one_line_failures(f"published/{stage}"), alone(lock, _log.info):
        yield complete.place(release_files.made_from(paths.harmonised()))


@dg.asset(
    key=WAREHOUSE,
    deps=[harmonised_key(source) for source in discover()],
    group_name="published",
    owners=asset_metadata.OWNERS,
    kinds={"duckdb"},
    description="The DuckDB file for statisticians, with a description of every table, view and "
    "column. Each rule between rows is a check; `tipstat query` shows all its cases.",
    check_specs=[checks.answer_spec(WAREHOUSE), *checks.rule_specs(WAREHOUSE)],
)
def published_warehouse() -> dg.MaterializeResult:
    """Build the warehouse of the next version, unless nothing has changed."""
    with _version_folder("warehouse") as place:
        file = place / WAREHOUSE_FILE
        current = stamp.is_current(paths.harmonised(), file)
        if not current:
            with processes.executor(processes.count()) as executor:
                executor.submit(database.build, paths.harmonised(), file).result()
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(file),
                "unchanged": current,
                **asset_metadata.warehouse_metadata(file),
            },
            check_results=[
                checks.answer_result(file),
                *(checks.rule_result(verdict) for verdict in rule_results.read(file)),
            ],
        )


def _made_of_warehouse(key: dg.AssetKey, kinds: set[str], description: str) -> dg.AssetSpec:
    """Describe an asset that is made of the warehouse alone."""
    return dg.AssetSpec(
        key,
        deps=[WAREHOUSE],
        group_name="published",
        owners=asset_metadata.OWNERS,
        kinds=kinds,
        description=description,
    )


@dg.multi_asset(
    name="site_and_extracts",
    specs=[
        _made_of_warehouse(
            PAGES,
            {"html", "plotly"},
            "The pages for policymakers in four languages; they open from disk, without a server.",
        ),
        _made_of_warehouse(
            EXTRACTS,
            {"excel", "parquet"},
            "The figures as SDMX, Parquet, CSV, JSON and Excel, as a data package and in the layout"
            " of Open SDG.",
        ),
    ],
    can_subset=True,
)
def published_site_and_extracts(
    context: dg.AssetExecutionContext, pages: Pages
) -> Iterator[dg.MaterializeResult]:
    """Make pages and extracts of the next version at once, unless nothing has changed."""
    chosen = [key for key in (PAGES, EXTRACTS) if key in context.selected_asset_keys]
    with _version_folder("site") as place, processes.executor(processes.count()) as executor:
        site, extracts = place / SITE, place / EXTRACTS_FOLDER
        made_from = release_files.made_from(paths.harmonised())
        current = {
            PAGES: fingerprint.is_up_to_date(site / "fingerprint", made_from),
            EXTRACTS: are_current(extracts, made_from),
        }
        file = place / WAREHOUSE_FILE
        earlier_site, earlier = map(version.earlier, (SITE, EXTRACTS_FOLDER))
        work: dict[dg.AssetKey, Callable[[], object]] = {
            PAGES: partial(
                build_site,
                file,
                site,
                pages.base_url,
                earlier_site,
                pages.contact,
                cards.drawer(pages.base_url),
            ),
            EXTRACTS: partial(build_extracts, file, extracts, FORMS, earlier),
        }
        making = {key: executor.submit(work[key]) for key in chosen if not current[key]}
        for key, made in making.items():
            with _one_line_failures(key.to_user_string()):
                made.result()
                if key == PAGES:
                    fingerprint.write_stamp(site / "fingerprint", made_from)
        metadata = {PAGES: _of_site(site), EXTRACTS: _of_extracts(extracts)}
        for key in chosen:
            found = {**metadata[key], "unchanged": current[key]}
            yield dg.MaterializeResult(asset_key=key, metadata=found)


def _of_site(folder: Path) -> asset_metadata.Metadata:
    return {
        "index": dg.MetadataValue.path(folder / "index.html"),
        "pages": sum(1 for _ in folder.rglob("*.html")),
    }


def _of_extracts(folder: Path) -> asset_metadata.Metadata:
    return {
        "folder": dg.MetadataValue.path(folder),
        "files": sum(file.is_file() for file in folder.rglob("*")),
    }


@dg.asset(
    key=VERSION,
    deps=[WAREHOUSE, PAGES, EXTRACTS],
    group_name="published",
    owners=asset_metadata.OWNERS,
    kinds={"json"},
    description="Warehouse, pages and extracts as one immutable version, visible to readers once "
    "it is complete. The gate refuses a version that breaks the contract or an account of rows, or "
    "discloses a suppressed figure.",
)
def published_version() -> dg.MaterializeResult:
    """Publish the next version, unless nothing has changed."""
    with _version_folder("version"):
        made = publish(release_files.made_from(paths.harmonised()))
    return dg.MaterializeResult(
        metadata={
            "version": made.id,
            "published": made.published,
            "folder": dg.MetadataValue.path(made.folder),
            "figures": made.figures,
            "files": len(made.files),
        }
    )


ASSETS: Final[tuple[dg.AssetsDefinition | dg.AssetSpec, ...]] = (
    *raw_assets.ASSETS,
    *release_assets.ASSETS,
    harmonised,
    published_warehouse,
    published_site_and_extracts,
    published_version,
)
