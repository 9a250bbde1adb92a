"""Assets: they name, order and report the stages; other folders do the work.

raw → releases → harmonised, once per source → warehouse → pages, extracts → version. Sources are
discovered. The contract and the account of rows are blocking checks; rules between rows are
warnings.

Releases are not partitions of the harmonised assets. A step makes all releases of its source whose
inputs changed: a past release that is added, corrected or accepted follows with the next run, and
the others are not touched. It reports them to the asset `releases/<source>`, where each release is
a partition.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import dagster as dg
import duckdb
import pandas as pd

from pipelines.harmonised import refresh, release_files
from pipelines.harmonised.row_account import ACCOUNT
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.orchestration import asset_metadata, checks, raw_assets, release_assets
from pipelines.orchestration.resources import Pages
from pipelines.published.extracts import FORMS, ExportError, are_current
from pipelines.published.extracts.build import build_extracts
from pipelines.published.site.build import build_site
from pipelines.published.versions import complete, version
from pipelines.published.versions.publish import publish
from pipelines.published.versions.version import EXTRACTS as EXTRACTS_FOLDER
from pipelines.published.versions.version import SITE
from pipelines.published.versions.version import WAREHOUSE as WAREHOUSE_FILE
from pipelines.raw import fingerprint
from pipelines.sources import Publication, discover
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


def _harmonised_asset(publication: Publication) -> dg.AssetsDefinition:
    """Return the asset of a source's rows in our codes."""
    source = publication.source
    key = harmonised_key(source.id)

    @dg.asset(
        key=key,
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
        check_specs=checks.source_specs(key),
    )
    def harmonised(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        lock = paths.source_lock(source.id)
        with _failing_in_a_line(f"harmonised/{source.id}"), alone(lock, _log.info):
            return _harmonise_releases(context, publication)

    return harmonised


def _harmonise_releases(
    context: dg.AssetExecutionContext, publication: Publication
) -> dg.MaterializeResult:
    """Harmonise the releases of a source whose inputs changed, and check all of them."""
    source = publication.source
    made = refresh.refresh_all(publication, paths.harmonised())
    releases = release_files.releases(paths.harmonised(), source.id)
    release_assets.report(context, releases, made)
    accounts = [pd.read_parquet(each.files[2]) for each in releases if not each.held_back]
    account = pd.concat(accounts) if accounts else pd.DataFrame(columns=ACCOUNT)
    return dg.MaterializeResult(
        metadata={
            "work": f"harmonised {', '.join(made)}" if made else "unchanged, nothing to do",
            **asset_metadata.of_releases(releases, account),
        },
        check_results=checks.source_results(source, releases, accounts, made),
    )


@contextmanager
def _failing_in_a_line(stage: str) -> Iterator[None]:
    """Turn a refusal, or a disk that cannot be read or written, into a failure of one line."""
    try:
        yield
    except (database.WarehouseError, ExportError, version.VersionError) as refusal:
        raise dg.Failure(str(refusal), allow_retries=False) from refusal
    except (OSError, duckdb.OperationalError) as error:
        reason = " ".join(str(error).split())
        raise dg.Failure(
            f"{stage}: cannot read or write ({reason}); readers keep what they see: free some "
            f"space in {paths.home()}, or let tipstat write there, and run again",
            allow_retries=False,
        ) from error


@contextmanager
def _version_folder(stage: str) -> Iterator[Path]:
    """Lock and yield the folder of the version these inputs give: the current one or the next."""
    lock = paths.published() / ".lock"
    with _failing_in_a_line(f"published/{stage}"), alone(lock, _log.info):
        yield complete.place(release_files.made_from(paths.harmonised()))


@dg.asset(
    key=WAREHOUSE,
    deps=[harmonised_key(source) for source in discover()],
    group_name="published",
    owners=asset_metadata.OWNERS,
    kinds={"duckdb"},
    description="The DuckDB file for statisticians, with a description of every table, view and "
    "column. Each rule between rows is a check; `tipstat query` shows all its cases.",
    check_specs=checks.rule_specs(WAREHOUSE),
)
def published_warehouse() -> dg.MaterializeResult:
    """Build the warehouse of the next version, unless nothing has changed."""
    with _version_folder("warehouse") as place:
        file = place / WAREHOUSE_FILE
        current = stamp.is_current(paths.harmonised(), file)
        if not current:
            database.build(paths.harmonised(), file)
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(file),
                "unchanged": current,
                **asset_metadata.warehouse_metadata(file),
            },
            check_results=[checks.rule_result(each) for each in rule_results.read(file)],
        )


@dg.asset(
    key=PAGES,
    deps=[WAREHOUSE],
    group_name="published",
    owners=asset_metadata.OWNERS,
    kinds={"html", "plotly"},
    description="The pages for policymakers in four languages; they open from disk, without "
    "a server.",
)
def published_site(pages: Pages) -> dg.MaterializeResult:
    """Build the pages of the next version, unless nothing has changed."""
    with _version_folder("site") as place:
        stamp, made_from = place / SITE / "fingerprint", release_files.made_from(paths.harmonised())
        current = fingerprint.is_up_to_date(stamp, made_from)
        if not current:
            build_site(place / WAREHOUSE_FILE, place / SITE, pages.base_url, version.earlier(SITE))
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
    description="The figures as SDMX, Parquet, CSV and Excel, as a data package and in the layout "
    "of Open SDG.",
)
def published_extracts() -> dg.MaterializeResult:
    """Write the extracts of the next version in every form, unless nothing has changed."""
    with _version_folder("extracts") as place:
        folder = place / EXTRACTS_FOLDER
        current = are_current(folder, release_files.made_from(paths.harmonised()))
        if not current:
            build_extracts(place / WAREHOUSE_FILE, folder, FORMS, version.earlier(EXTRACTS_FOLDER))
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
    *map(_harmonised_asset, discover().values()),
    published_warehouse,
    published_site,
    published_extracts,
    published_version,
)
