"""Assets: they name, order and report the stages; other folders do the work.

raw → releases → harmonised, once per source → warehouse → pages, extracts → version. Sources are
discovered. Rules between rows are warnings. The gate refuses what breaks the contract, loses rows
or discloses a figure: a release that causes this is held back, and the others are published.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import dagster as dg

from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.orchestration import (
    asset_metadata,
    checks,
    failures,
    harmonised_assets,
    processes,
    raw_assets,
    release_assets,
)
from pipelines.orchestration.resources import Pages
from pipelines.published.extracts import FORMS, are_current
from pipelines.published.extracts.build import build_extracts
from pipelines.published.images import cards, printing
from pipelines.published.site.build import build_site
from pipelines.published.versions import complete, sound, version
from pipelines.published.versions.publish import publish
from pipelines.published.versions.version import EXTRACTS as EXTRACTS_FOLDER
from pipelines.published.versions.version import SITE
from pipelines.published.versions.version import WAREHOUSE as WAREHOUSE_FILE
from pipelines.questionnaire import checks_as_data
from pipelines.raw import fingerprint
from pipelines.sources import discover
from pipelines.warehouse import rule_results, stamp
from schemas import standard

WAREHOUSE: Final = dg.AssetKey(["published", "warehouse"])
PAGES: Final = dg.AssetKey(["published", "site"])
EXTRACTS: Final = dg.AssetKey(["published", "extracts"])
VERSION: Final = dg.AssetKey(["published", "version"])

STANDARD: Final = dg.AssetKey(["standard"])
"""The common standard, which people write: no step makes it."""

PUBLISHED: Final = (WAREHOUSE, PAGES, EXTRACTS, VERSION)
"""The assets that are made of all sources."""

_log = dg.get_dagster_logger()


@contextmanager
def _version_folder(stage: str) -> Iterator[Path]:
    """Lock and yield the folder of the version these inputs give: the current one or the next."""
    lock = paths.published() / ".lock"
    with failures.one_line(f"published/{stage}"), alone(lock, _log.info):
        yield complete.place(release_files.made_from(paths.harmonised()))


@dg.asset(
    key=WAREHOUSE,
    deps=[harmonised_assets.key(source) for source in discover()],
    group_name="published",
    owners=asset_metadata.OWNERS,
    kinds={"duckdb"},
    description="The DuckDB file for statisticians, with a description of every table, view and "
    "column. Each rule between rows is a check; `tipstat query` shows all its cases.",
    check_specs=[*checks.warehouse_specs(WAREHOUSE), *checks.rule_specs(WAREHOUSE)],
)
def published_warehouse(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Build the warehouse of the next version, unless nothing has changed."""
    with _version_folder("warehouse") as place:
        current = stamp.is_current(paths.harmonised(), place / WAREHOUSE_FILE)
        if not current:
            with processes.executor(processes.count()) as executor:
                building = executor.submit(sound.build_warehouse, paths.harmonised())
                release_assets.report(context, building.result())
        made_from = release_files.made_from(paths.harmonised())
        file = complete.place(made_from) / WAREHOUSE_FILE
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(file),
                "unchanged": current,
                **asset_metadata.warehouse_metadata(file),
            },
            check_results=[
                checks.gate_result(release_files.releases(paths.harmonised())),
                checks.answer_result(file),
                *(checks.rule_result(verdict) for verdict in rule_results.read_rule_results(file)),
            ],
        )


def _of_standard() -> dg.AssetSpec:
    """Describe the common standard: its version, its status, and which sheets it has."""
    whole = standard.standard()
    return dg.AssetSpec(
        STANDARD,
        group_name="standard",
        owners=asset_metadata.OWNERS,
        kinds={"yaml"},
        code_version=whole.version,
        description=f"{whole.title['en']}: `schemas/standard`, a sheet for each indicator and "
        "variable. Pages, tables and SDMX structure are made of it.",
        metadata={
            "version": whole.version,
            "status": whole.status,
            "adopted_by": "; ".join(whole.adopted_by) or "nobody",
            "used_by": "; ".join(whole.used_by) or "nobody",
            "indicators": " ".join(whole.indicators),
            "variables": " ".join(whole.variables),
        },
    )


def _published(key: dg.AssetKey, kinds: set[str], description: str) -> dg.AssetSpec:
    """Describe an asset that is made of the warehouse and the common standard."""
    return dg.AssetSpec(
        key,
        deps=[WAREHOUSE, STANDARD],
        group_name="published",
        owners=asset_metadata.OWNERS,
        kinds=kinds,
        description=description,
    )


@dg.multi_asset(
    name="site_and_extracts",
    specs=[
        _published(
            PAGES,
            {"html", "plotly"},
            "The pages for policymakers in four languages; they open from disk, without a server.",
        ),
        _published(
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
    with _version_folder("site") as place, processes.beside() as executor:
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
                printing.printer(pages.base_url),
                checks_as_data.data(),
            ),
            EXTRACTS: partial(build_extracts, file, extracts, FORMS, earlier, pages.base_url),
        }
        making = [key for key in chosen if not current[key]]
        if EXTRACTS in making:
            work[EXTRACTS] = executor.submit(work[EXTRACTS]).result
        for key in making:
            with failures.one_line(key.to_user_string()):
                work[key]()
                if key == PAGES:
                    fingerprint.write_stamp(site / "fingerprint", made_from)
        metadata: dict[dg.AssetKey, asset_metadata.Metadata] = {
            PAGES: {
                "index": dg.MetadataValue.path(site / "index.html"),
                "pages": sum(1 for _ in site.rglob("*.html")),
            },
            EXTRACTS: {
                "folder": dg.MetadataValue.path(extracts),
                "files": sum(file.is_file() for file in extracts.rglob("*")),
            },
        }
        for key in chosen:
            found = {**metadata[key], "unchanged": current[key]}
            yield dg.MaterializeResult(asset_key=key, metadata=found)


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
    *harmonised_assets.ASSETS,
    published_warehouse,
    published_site_and_extracts,
    published_version,
    _of_standard(),
)
